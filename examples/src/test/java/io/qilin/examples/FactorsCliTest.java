package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TextColumn;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactorsCliTest {
  private static final String BARS = """
      instrument,datetime,close,mood
      MSFT,2024-01-02,10,1
      MSFT,2024-01-03,12,inf
      MSFT,2024-01-05,15,
      SH600000,2024-01-03,4,2
      SH600000,2024-01-04,5,3
      """;

  @TempDir
  private Path folder;

  private Path out;

  private Cli factors(String expressions, String... more) throws IOException {
    out = folder.resolve("out.csv");
    Path bars = Files.writeString(folder.resolve("bars.csv"), BARS);
    Path tsv = Files.writeString(folder.resolve("e.tsv"), "id\texpression\n" + expressions);
    List<String> args = new ArrayList<>(List.of(
        "factors",
        "--bars",
        bars.toString(),
        "--expressions",
        tsv.toString(),
        "--out",
        out.toString()));
    args.addAll(Arrays.asList(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void whenComputed_thenEveryCalendarDayOfAnInstrumentHasARow() throws IOException {
    Cli run = factors("c\t$close\nm\t$mood\nd\tDelta($close,1)\nup\t$close>10\n");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(out).hasContent("""
        datetime,instrument,c,m,d,up
        2024-01-02,MSFT,10,1,,0
        2024-01-03,MSFT,12,inf,2,1
        2024-01-04,MSFT,,,,0
        2024-01-05,MSFT,15,,,1
        2024-01-03,SH600000,4,2,,0
        2024-01-04,SH600000,5,3,1,0
        """);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whenAnExpressionReadsTheFuture_thenItIsNamedAsALabelAndKeepsItsPlace() throws IOException {
    Cli run = factors("y\tRef($close,-1)/$close-1\nc\t$close\n");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("labels, not factors: y");
    assertThat(out)
        .content()
        .startsWith("datetime,instrument,y,c\n2024-01-02,MSFT,0.19999999999999996,10\n");
  }

  @Test
  void whenAFieldIsMissing_thenNaNAndOneWarning() throws IOException {
    Cli run = factors("a\t$vwap\nb\tMean($vwap,5)+$close\n");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()
            .lines()
            .filter(line -> line.startsWith("warning: ") && line.contains("$vwap")))
        .hasSize(1);
    assertThat(out).content().contains("2024-01-02,MSFT,,\n");
  }

  @Test
  void whenAnExpressionIsWrong_thenFileLineIdAndPlaceAreShown() throws IOException {
    Cli run = factors("a\t$close\nbad\tMeen($close,5)\n");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err())
        .startsWith("QILIN-2")
        .contains("e.tsv, line 3", "'bad'", "Meen($close,5)", "^", "Mean");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "7"})
  void whenThreadsDiffer_thenTheBytesDoNot(String threads) throws IOException {
    factors("c\tMean($close,3)\n", "--threads", "1");
    byte[] alone = Files.readAllBytes(out);
    factors("c\tMean($close,3)\n", "--threads", threads);
    assertThat(out).hasBinaryContent(alone);
  }

  @Test
  void whenTheModeIsCorrected_thenWmaIsTheWeightedMean() throws IOException {
    factors("w\tWMA($close,2)\n", "--mode", "corrected");
    assertThat(out).content().contains("2024-01-04,SH600000,4.666666666666667\n");
  }

  @Test
  void whenATableIsNotThere_thenItIsNamed() throws IOException {
    out = folder.resolve("out.csv");
    Cli run =
        Cli.run("factors", "--set", "alpha158", "--bars", "bars.parquet", "--out", out.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-2002 ").contains("bars.parquet").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.arrow", "out.parquet"})
  void whenTheOutputIsNamedLikeATable_thenItHoldsTheSameRows(String name) throws IOException {
    String expressions = "c\t$close\nm\t$mood\nd\tDelta($close,1)\n";
    factors(expressions);
    String csv = Files.readString(out);
    Path table = folder.resolve(name);
    Cli made = Cli.run(
        "factors",
        "--bars",
        folder.resolve("bars.csv").toString(),
        "--expressions",
        folder.resolve("e.tsv").toString(),
        "--out",
        table.toString());
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.err()).contains("3 columns of 2 instruments over 4 days written to " + table);
    assertThat(lines(table)).isEqualTo(csv);
  }

  /** A table of another format as the CSV that holds the same. */
  private static String lines(Path table) {
    StringBuilder text = new StringBuilder();
    try (TableReader in = TableFormats.discover().of(table).open(table, TableScan.ALL)) {
      text.append(String.join(",", in.schema().names())).append('\n');
      for (Optional<TableBatch> next = in.next(); next.isPresent(); next = in.next()) {
        TableBatch batch = next.get();
        for (int row = 0; row < batch.rows(); row++) {
          int day = ((IntColumn) batch.columns().get(0)).value(row);
          text.append(LocalDate.ofEpochDay(day));
          text.append(',')
              .append(((TextColumn) batch.columns().get(1)).value(row).orElseThrow());
          for (Column column : batch.columns().subList(2, batch.columns().size())) {
            text.append(',').append(cell(((DoubleColumn) column).value(row)));
          }
          text.append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String cell(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value)
        ? "inf"
        : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  @Test
  void whenTheFolderOfTheOutputIsMissing_thenItSaysSo() throws IOException {
    factors("c\t$close\n");
    Cli run = Cli.run(
        "factors",
        "--bars",
        folder.resolve("bars.csv").toString(),
        "--set",
        "alpha158",
        "--out",
        folder.resolve("no/such/out.csv").toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-5004 ");
  }
}
