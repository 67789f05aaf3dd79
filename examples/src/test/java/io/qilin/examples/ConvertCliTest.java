package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.data.csv.CsvBarReader;
import io.qilin.data.qlib.QlibStore;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCliTest {
  private static final String BARS = """
      datetime,instrument,open,high,low,close,volume
      2024-01-03,SZ000001,5,5.5,5,5.25,700
      2024-01-02,SH600519,10,11,9,10.1,1000
      2024-01-03,SH600519,10.5,11,10,10.6,1200
      """;

  @TempDir
  private Path folder;

  private Path at(String name) {
    return folder.resolve(name);
  }

  private Cli convert(Path from, Path to, String... more) {
    String[] args = new String[5 + more.length];
    System.arraycopy(
        new String[] {"convert", "--from", from.toString(), "--to", to.toString()}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return Cli.run(args);
  }

  private void done(Path from, Path to, String... messages) {
    Cli run = convert(from, to);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("written to");
    for (String message : messages) {
      assertThat(run.err()).contains(message);
    }
  }

  private static Panel csv(Path file) {
    return CsvBarReader.builder(file).generic().build().read(BarQuery.ALL).panel();
  }

  private static Panel floats(Panel panel) {
    Panel rounded = panel;
    for (Field field : panel.fields()) {
      rounded = rounded.with(field, (i, day) -> (float) panel.value(field, i, day));
    }
    return rounded;
  }

  @Test
  void whenDaysAreAppendedToAStore_thenItIsTheStoreOfAllDays() throws IOException {
    Path first = Files.writeString(at("first.csv"), BARS);
    Path all = Files.writeString(
        at("all.csv"),
        BARS + "2024-01-04,SH600519,10.5,11,10,10.7,900\n"
            + "2024-01-04,SH600000,7,7.5,7,7.25,500\n");
    done(first, at("store"));
    done(all, at("whole"));
    Cli run = convert(all, at("store"), "--append");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("1 days with 10 values of 2 instruments, 1 of them new");
    assertThat(Panels.difference(
            QlibStore.open(at("whole")).read(BarQuery.ALL).panel(),
            QlibStore.open(at("store")).read(BarQuery.ALL).panel()))
        .isEmpty();
    assertThat(convert(all, at("nothing"), "--append").code()).isEqualTo(2);
    assertThat(convert(all, at("store"), "--append", "--force").code()).isEqualTo(2);
    Path other = Files.writeString(at("other.csv"), BARS.replace("10.6", "10.9"));
    Cli refused = convert(other, at("store"), "--append");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("close of 600519.SH on 2024-01-03");
  }

  @Test
  void whenRealBarsGoThroughAStore_thenTheyComeBackAsFloats() throws IOException {
    for (String name : new String[] {"edge_input.csv.gz", "us_input.csv.gz"}) {
      Path from = SharedFiles.golden(name);
      Path store = at("store" + name.charAt(0));
      Path back = at(name.charAt(0) + ".csv.gz");
      done(from, store, "float32", "rounded to about seven digits");
      done(store, back);
      Panel expected = floats(csv(from));
      assertThat(Panels.difference(
              expected, QlibStore.open(store).read(BarQuery.ALL).panel()))
          .isEmpty();
      Panel read = CsvBarReader.builder(back)
          .generic()
          .adjustment(expected.adjustment())
          .build()
          .read(BarQuery.ALL)
          .panel();
      assertThat(Panels.difference(expected, read)).isEmpty();
    }
  }

  @Test
  void whenRealBarsGoThroughAllFormats_thenOnlyTheStoreRoundsThem() {
    Path from = SharedFiles.golden("mini/input.csv.gz");
    Panel panel = csv(from);
    done(from, at("a.arrow"));
    done(at("a.arrow"), at("b.parquet"), "rows written");
    done(at("b.parquet"), at("c.csv"), "CSV cannot say so");
    Panel exact = CsvBarReader.builder(at("c.csv"))
        .generic()
        .adjustment(panel.adjustment())
        .build()
        .read(BarQuery.ALL)
        .panel();
    assertThat(Panels.difference(panel, exact)).isEmpty();

    done(at("b.parquet"), at("store"), "float32");
    done(at("store"), at("d.arrows"));
    done(at("d.arrows"), at("e"), "0 of");
    assertThat(Panels.difference(
            floats(panel), QlibStore.open(at("e")).read(BarQuery.ALL).panel()))
        .isEmpty();
  }

  @Test
  void whenAFolderHasArrowFiles_thenTheyAreReadAsOne() throws IOException {
    Path folder = Files.createDirectory(at("folder"));
    done(Files.writeString(at("bars.csv"), BARS), folder.resolve("a.arrow"));
    done(
        Files.writeString(at("more.csv"), BARS.replace("2024-01-0", "2024-02-0")),
        folder.resolve("b.arrow"));
    done(folder, at("all.csv"));
    assertThat(csv(at("all.csv")).days()).hasSize(4);
    Files.writeString(folder.resolve("c.csv"), BARS);
    Cli mixed = convert(folder, at("mixed.csv"));
    assertThat(mixed.code()).isEqualTo(ExitCode.ERROR);
    assertThat(mixed.err()).contains("two formats", "c.csv", "a.arrow").hasLineCount(1);
  }

  @Test
  void whenAnArrowFileIsGiven_thenQualityAndFactorsSayWhatTheySayOfTheCsv() throws IOException {
    Path csv = SharedFiles.golden("mini/input.csv.gz");
    Path arrow = at("a.arrow");
    done(csv, arrow);
    String[] quality = {"quality", "--policy", "mark", "--bars"};
    Cli ofCsv = Cli.run(quality[0], quality[1], quality[2], quality[3], csv.toString());
    Cli ofArrow = Cli.run(quality[0], quality[1], quality[2], quality[3], arrow.toString());
    assertThat(ofArrow.code()).as(ofArrow.err()).isEqualTo(ofCsv.code());
    assertThat(scores(ofArrow)).isEqualTo(scores(ofCsv)).isNotEmpty();
    for (Path bars : new Path[] {csv, arrow}) {
      Cli factors = Cli.run(
          "factors",
          "--bars",
          bars.toString(),
          "--set",
          "alpha158",
          "--out",
          at(bars.getFileName() + ".factors").toString());
      assertThat(factors.code()).as(factors.err()).isZero();
    }
    assertThat(at("a.arrow.factors")).hasSameBinaryContentAs(at("input.csv.gz.factors"));
  }

  private static List<String> scores(Cli quality) {
    return quality
        .out()
        .lines()
        .filter(line -> line.matches(" *\"(overall|completeness|accuracy|validity)\".*"))
        .toList();
  }

  @Test
  void whenTheStoreOfQlibIsGiven_thenFactorsAndQualityReadIt() {
    String store = SharedFiles.golden("qlib_bin").toString();
    Cli quality = Cli.run("quality", "--bars", store, "--policy", "mark");
    assertThat(quality.code()).as(quality.err()).isZero();
    assertThat(quality.out()).contains("\"overall\"");
    Cli calendar = Cli.run("quality", "--bars", store, "--calendar", "day.txt");
    assertThat(calendar.code()).isEqualTo(ExitCode.ERROR);
    assertThat(calendar.err()).contains("has its own calendar").hasLineCount(1);
  }

  @Test
  void whenTheTargetIsThere_thenItIsKeptWithoutForce() throws IOException {
    Path from = Files.writeString(at("bars.csv"), BARS);
    Path to = Files.writeString(at("out.csv"), "mine");
    Cli run = convert(from, to);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--force");
    assertThat(to).hasContent("mine");
    assertThat(convert(from, to, "--force").code()).isZero();
    assertThat(to).hasContent(BARS);

    Path store = at("store");
    done(from, store);
    assertThat(convert(from, store).code()).isEqualTo(ExitCode.USAGE);
    assertThat(convert(from, store, "--force").code()).isZero();
    Path home = Files.createDirectories(at("home/inner")).getParent();
    Cli refused = convert(from, home, "--force");
    assertThat(refused.code()).isEqualTo(ExitCode.ERROR);
    assertThat(refused.err()).contains("no Qlib store").hasLineCount(1);
    assertThat(home.resolve("inner")).isDirectory();
    assertThat(convert(from, from, "--force").err()).contains("--to names what is read");
  }

  @Test
  void whenTheVolumeOfAStoreIsAdjusted_thenSharesComeBack() throws IOException {
    Path from = Files.writeString(at("bars.csv"), """
        datetime,instrument,close,volume,factor
        2024-01-02,SH600519,10,1000,0.5
        2024-01-03,SH600519,11,1000,1
        """);
    Path store = at("store");
    Cli run = convert(from, store, "--qlib-volume", "adjusted");
    assertThat(run.code()).as(run.err()).isZero();
    done(store, at("back.csv"));
    Panel back = csv(at("back.csv"));
    int maotai = back.indexOf(Symbol.parse("600519.SH"));
    assertThat(back.values(Field.VOLUME, maotai)).containsExactly(1000, 1000);
    Cli asShares = convert(store, at("adjusted.csv"), "--qlib-volume", "shares");
    assertThat(asShares.code()).isZero();
    assertThat(csv(at("adjusted.csv")).values(Field.VOLUME, maotai)).containsExactly(2000, 1000);
  }

  @Test
  void whenTheInputIsBad_thenOneLineAndNoOutput() throws IOException {
    Path bad = Files.writeString(at("bad.csv"), BARS.replace("10.6", "ten"));
    Path store = at("store");
    Cli run = convert(bad, store);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-2003 ").contains("bad.csv, line 4").hasLineCount(1);
    assertThat(store).doesNotExist();
    Cli unknown = convert(bad, at("bars.xlsx"));
    assertThat(unknown.code()).isEqualTo(ExitCode.ERROR);
    assertThat(unknown.err()).startsWith("QILIN-1003 ").contains("bars.xlsx").hasLineCount(1);
    Cli nothing = convert(at("nothing.csv"), store);
    assertThat(nothing.err()).startsWith("QILIN-2002 ").hasLineCount(1);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(bad);
    }
  }
}
