package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is typed or read, the command line ends with a code of its own and never with a stack trace. */
class HostileInputCliTest {
  private static final String BARS = """
      datetime,instrument,open,high,low,close,volume
      2024-01-02,SH600519,10,11,9,10.5,1000
      2024-01-03,SH600519,10.5,11,10,10.6,1200
      """;

  @TempDir
  private Path folder;

  private Path bars;

  @BeforeEach
  void writeBars() throws IOException {
    bars = Files.writeString(folder.resolve("bars.csv"), BARS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(",
        ")",
        "$",
        "$close[0]",
        "Mean($close,0.5.5)",
        "Mean($close)",
        "Mean($close,$open)",
        "Nope($close,5)",
        "__import__('os').system('id')",
        "Mean($close,2147483648)",
        "-",
        "1",
        "Mean($close,-3)",
        "'; DROP TABLE bars; --",
        "$close\u0000",
        "\uD83D\uDE00",
        "Ref($close,1e400)",
        "$close+",
        "\u202E$close",
        "${jndi:ldap://127.0.0.1/x}",
      })
  void whenAnExpressionIsHostile_thenATypedErrorThatNamesIt(String expression) throws IOException {
    Cli run = factors(expression);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-2");
    assertNoTrace(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "$",
        "Nope($close,5)",
        "$close\u0000",
        "Ref($close,-1)",
        "\u202E$close",
        "$nope"
      })
  void whenAHostileExpressionIsStudied_thenATypedErrorAndNoFile(String expression) {
    Path out = folder.resolve("study");
    Cli run = Cli.run(
        "study",
        "--bars",
        bars.toString(),
        "--groups",
        "2",
        "--factor",
        expression,
        "--out",
        out.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-");
    assertThat(run.out()).isEmpty();
    assertThat(out).doesNotExist();
    assertNoTrace(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\0", "a\0b"})
  void whenAPathIsNone_thenUsageInPlainWords(String path) {
    for (String option : List.of("--bars", "--out", "--calendar", "--instruments")) {
      Cli run = Cli.run("factors", "--bars", bars.toString(), "--set", "alpha158", option, path);
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(option).doesNotContain("java.", "Exception");
    }
  }

  @Test
  void whenTheOutputIsAnInput_thenRefusedAndTheInputIsKept() throws IOException {
    Cli run = Cli.run(
        "factors", "--bars", bars.toString(), "--set", "alpha158", "--out", bars.toString());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--out names a file that is read");
    assertThat(bars).hasContent(BARS);
  }

  @Test
  void whenAFolderIsToBeWritten_thenItIsKeptAndNothingIsLeftBeside() throws IOException {
    Path target = Files.createDirectory(folder.resolve("record.json"));
    assertThatThrownBy(() -> WholeFile.write(target, new byte[1]))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("is a folder; name a file");
    assertThat(target).isEmptyDirectory();
    assertThatThrownBy(() -> WholeFile.write(folder.resolve("no/such.json"), new byte[1]))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("there is no such folder");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".partial"));
  }

  @Test
  void whenAnExpressionIsDeepOrLong_thenATypedError() throws IOException {
    for (String expression : List.of(
        "(".repeat(50_000) + "$close" + ")".repeat(50_000),
        "-".repeat(100_000) + "$close",
        "$close" + "+$close".repeat(20_000),
        "Abs(".repeat(30_000) + "$close" + ")".repeat(30_000))) {
      Cli run = factors(expression);
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.ERROR);
      assertThat(run.err()).startsWith("QILIN-21");
      assertNoTrace(run);
    }
  }

  @Test
  void whenTheExpressionsOfTheCorpusAreComputed_thenNoTrace() throws IOException {
    for (String line :
        SharedFiles.lines(SharedFiles.corpus("expr-hostile").resolve("cases.jsonl"))) {
      String expect = text(line, "expect");
      Cli run = factors(expression(line));
      assertThat(run.code()).as(line + "\n" + run.err()).isIn(ExitCode.DONE, ExitCode.ERROR);
      if (expect.equals("typed-error")) {
        assertThat(run.code()).as(line).isEqualTo(ExitCode.ERROR);
      }
      assertNoTrace(run);
    }
  }

  @Test
  void whenNaughtyStringsAreTyped_thenUsageOrATypedError() throws IOException {
    int turn = 0;
    for (String line :
        SharedFiles.lines(SharedFiles.corpus("naughty-strings").resolve("cases.jsonl"))) {
      List<List<String>> all = commands(text(line, "s"));
      // Each string meets three of the commands, each command three tenths of the strings.
      for (int i = 0; i < 3; i++) {
        List<String> command = all.get(turn++ % all.size());
        Cli run = Cli.run(command.toArray(String[]::new));
        assertThat(run.code())
            .as(line + "\n" + run.err())
            .isIn(ExitCode.DONE, ExitCode.USAGE, ExitCode.ERROR);
        assertNoTrace(run);
      }
    }
  }

  /** The commands with a text in each place that takes one. */
  private List<List<String>> commands(String naughty) throws IOException {
    String file = bars.toString();
    String out = folder.resolve("o.csv").toString();
    String expressions = Files.writeString(
            folder.resolve("naughty.tsv"), "id\texpression\nx\t" + wellFormed(naughty) + "\n")
        .toString();
    return List.of(
        List.of(naughty),
        List.of("factors", "--bars", naughty, "--set", "alpha158", "--out", out),
        List.of("factors", "--bars", file, "--set", naughty, "--out", out),
        List.of("factors", "--bars", file, "--expressions", expressions, "--out", out),
        List.of("quality", "--bars", naughty),
        List.of("recommend", "--bars", file, "--date", naughty),
        List.of("study", "--bars", file, "--factor", naughty),
        List.of("study", "--bars", naughty, "--set", "alpha158"),
        List.of("replay", "--record", naughty, "--bars", file),
        List.of("demo", "--symbols", naughty, "--years", "x"));
  }

  @Test
  void whenTheFilesOfTheCorpusAreRead_thenNoTrace() throws IOException {
    Path file = folder.resolve("hostile.csv");
    for (String line :
        SharedFiles.lines(SharedFiles.corpus("csv-hostile").resolve("cases.jsonl"))) {
      if (text(line, "kind").equals("market-file")) {
        Files.write(file, Base64.getDecoder().decode(text(line, "b64")));
        for (Cli run : List.of(
            Cli.run("quality", "--bars", file.toString()),
            Cli.run("recommend", "--bars", file.toString(), "--date", "2024-01-03"),
            Cli.run("study", "--bars", file.toString(), "--factor", "$close"),
            Cli.run(
                "factors",
                "--bars",
                file.toString(),
                "--set",
                "alpha158",
                "--out",
                folder.resolve("o").toString()))) {
          assertThat(run.code()).as(line + "\n" + run.err()).isNotIn(1, ExitCode.USAGE);
          assertNoTrace(run);
        }
      }
    }
  }

  @Test
  void whenAFailureIsReported_thenNoOutputIsLeftBehind() throws IOException {
    factors("Nope($close)");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("bars.csv", "e.tsv");
    }
  }

  private Cli factors(String expression) throws IOException {
    Path tsv = Files.writeString(
        folder.resolve("e.tsv"), "id\texpression\nhostile\t" + wellFormed(expression) + "\n");
    return Cli.run(
        "factors",
        "--bars",
        bars.toString(),
        "--expressions",
        tsv.toString(),
        "--out",
        folder.resolve("out.csv").toString());
  }

  private static String wellFormed(String text) {
    return text.codePoints()
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void assertNoTrace(Cli run) {
    assertThat(run.err()).doesNotContain("\tat ", "Exception in thread", "QILIN-1000");
    assertThat(run.out()).doesNotContain("\tat ");
  }

  private static String expression(String line) {
    if (!line.contains("\"build\"")) {
      return text(line, "expr");
    }
    List<String> pieces = new ArrayList<>();
    Matcher times = Pattern.compile("\"times\": (\\d+)").matcher(line);
    int repeats = times.find() ? Integer.parseInt(times.group(1)) : 0;
    pieces.add(text(line, "pre").repeat(repeats));
    pieces.add(text(line, "mid"));
    pieces.add(text(line, "post").repeat(repeats));
    return String.join("", pieces);
  }

  /** A string member of a JSON object on one line. */
  private static String text(String line, String name) {
    Matcher member =
        Pattern.compile("\"" + name + "\": \"((?:[^\"\\\\]++|\\\\.)*+)\"").matcher(line);
    if (!member.find()) {
      return "";
    }
    String raw = member.group(1);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = raw.charAt(++i);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          out.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }
}
