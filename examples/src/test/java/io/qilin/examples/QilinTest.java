package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QilinTest {
  @Test
  void whenAskedForHelp_thenTheCommandsAreListed() {
    Cli run = Cli.run("--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "bench",
            "config",
            "convert",
            "demo",
            "factors",
            "quality",
            "recommend",
            "replay",
            "study",
            "java -jar");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "config",
        "convert",
        "demo",
        "factors",
        "quality",
        "recommend",
        "replay",
        "study"
      })
  void whenACommandIsAskedForHelp_thenItGivesAnExample(String command) {
    Cli run = Cli.run(command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("Usage: qilin " + command)
        .contains("Example: qilin " + command, "--debug");
    assertThat(run.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void whenNoCommandIsGiven_thenUsage() {
    Cli run = Cli.run();
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("which command?", "qilin --help");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fators|did you mean 'factors'?",
        "Recommend|did you mean 'recommend'?",
        "--hlp|did you mean '--help'?",
        "factors --brs x|did you mean '--bars'?",
        "quality --bars x --polcy stop|did you mean '--policy'?",
        "factors --bars x --set alpha185 --out y|did you mean 'alpha158'?",
        "factors --bars x --set alpha158|--out",
        "factors --bars x --out y|--set",
        "factors --bars x --set alpha158 --expressions z --out y|mutually exclusive",
        "factors --bars x --set alpha158 --mode exact --out y|QLIB",
        "factors --bars x --set alpha158 --threads 0 --out y|--threads",
        "factors --bars x --set alpha158 --threads many --out y|--threads",
        "demo --symbols 3.5|--symbols",
        "demo --seed 99999999999999999999|--seed",
        "recommend --bars x --date 2020-02-30|2020-02-30",
        "recommend --bars x --date yesterday|--date",
        "recommend --bars x --date 2020-02-28 --top 0|--top",
        "recommend --bars x|--date",
        "replay --bars x|--record",
        "study --bars x|--factor",
        "study --factor $close|--bars",
        "study --bars x --set alpha185|did you mean 'alpha158'?",
        "study --bars x --factor $close --horizons 0|--horizons",
        "study --bars x --factor $close --horizons 1,x|--horizons",
        "study --bars x --factor $close --horizons 5,5|different",
        "study --bars x --factor $close --groups 1|--groups",
        "study --bars x --factor $close --threads 0|--threads",
        "study --bars x --factor $close $open --trials 1|--trials",
        "study --bars x --factor $close --out pom.xml|--out",
        "quality|--bars",
        "bench --set alpha185|did you mean 'alpha158'?",
        "bench --symbols 0|--symbols",
        "bench --symbols 1000001|--symbols",
        "bench --days 0|--days",
        "bench --nan 1.5|--nan",
        "bench --nan NaN|--nan",
        "bench --threads 257|--threads",
        "bench --warmup -1|--warmup",
        "bench --runs 0|--runs",
        "bench --driver both|STREAM",
        "bench --driver stream --threads 2|--threads",
        "quality --bars x y|'y'",
        "config|check",
        "config chek|did you mean 'check'?",
        "config check|FILE",
        "config check x --profile ../y|--profile",
        "config seal --key k1|--path",
        "config seal --path a|--key",
        "config seal --path a --key k1 secret|'secret'",
        "config rekey --key k1|FILE",
        "config rekey x|--key",
      })
  void whenTheCommandLineIsWrong_thenExitCode2AndAHint(String line, String hint) {
    Cli run = Cli.run(line.split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(hint).contains("--help").doesNotContain("\tat ", "Exception");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whenAnArgumentCommandsTheTerminal_thenItIsShownInstead() {
    Cli run = Cli.run("\u001B[2J\u202E");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("\\u001B[2J\\u202E").doesNotContain("\u001B");
  }

  @Test
  void whenDebugging_thenTheTraceIsAdded() {
    Cli plain = Cli.run("quality", "--bars", "no-such-file.csv");
    Cli debug = Cli.run("quality", "--bars", "no-such-file.csv", "--debug");
    assertThat(plain.code()).isEqualTo(ExitCode.ERROR);
    assertThat(plain.err()).startsWith("QILIN-2002 ").hasLineCount(1).contains("no-such-file.csv");
    assertThat(debug.code()).isEqualTo(ExitCode.ERROR);
    assertThat(debug.err()).startsWith(plain.err()).contains("\tat io.qilin");
  }

  @Test
  void whenTheDefaultLocaleIsForeign_thenNothingChanges() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(Cli.run("QUALITY").err()).isEqualTo(Cli.run("QUALITY").err());
      assertThat(
              Cli.run("factors", "--bars", "x", "--set", "alpha158", "--mode", "qlib", "--out", "y")
                  .code())
          .isEqualTo(ExitCode.ERROR);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whenTheOutputCannotBeWritten_thenItSaysSo() {
    OutputStream full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("no space left");
      }
    };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Qilin.run(
        new PrintStream(full, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        "--help");
    assertThat(code).isEqualTo(ExitCode.ERROR);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("QILIN-5004 ");
  }
}
