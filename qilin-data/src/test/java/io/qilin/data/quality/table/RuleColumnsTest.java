package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.arrow.ArrowFormat;
import io.qilin.data.csv.CsvFormat;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which columns are read to judge a table. */
class RuleColumnsTest {
  private static final TableRules RULES = TableRules.parse("""
      key instrument,date
      complete close 0.9
      critical unique instrument,date
      warning where board = 'STAR' range pct -0.2 0.2 as star-limits
      """);

  private static final String TABLE = """
      date,instrument,open,close,volume,pct,board,note
      2024-01-02,600519.SH,10,10,100,0.01,MAIN,a
      2024-01-02,688001.SH,10,,100,0.30,STAR,b
      2024-01-03,600519.SH,10,11,100,0.50,MAIN,c
      2024-01-03,600519.SH,10,11,100,0.50,MAIN,d
      """;

  @TempDir
  private Path folder;

  private static TableReport judge(TableReader reader) {
    Clock clock = Clock.fixed(Instant.parse("2024-01-04T08:00:00Z"), ZoneOffset.UTC);
    JudgeOptions options = JudgeOptions.builder().build();
    return TableJudge.of(RULES, options, clock).judge("table", reader);
  }

  private void reportsTheSame(TableFormat format, Path file) {
    try (TableReader whole = format.open(file, TableScan.ALL);
        TableReader named = format.open(file, RULES.scan())) {
      assertThat(whole.schema().names()).hasSize(8);
      assertThat(named.schema().names())
          .containsExactly("date", "instrument", "close", "pct", "board");
      TableReport report = judge(named);
      assertThat(TableReportJson.pretty(report)).isEqualTo(TableReportJson.pretty(judge(whole)));
      assertThat(report.passed()).as("two rows of one key").isFalse();
    }
  }

  @Test
  void whenRulesNameFiveOfEightColumns_thenFiveAreReadAndTheReportIsTheSame() throws IOException {
    Path csv = Files.writeString(folder.resolve("bars.csv"), TABLE);
    Path arrow = folder.resolve("bars.arrow");
    try (TableReader from = new CsvFormat().open(csv, TableScan.ALL);
        TableWriter to = new ArrowFormat().create(arrow, from.schema())) {
      for (Optional<TableBatch> batch = from.next(); batch.isPresent(); batch = from.next()) {
        to.write(batch.get());
      }
      to.commit();
    }

    reportsTheSame(new CsvFormat(), csv);
    reportsTheSame(new ArrowFormat(), arrow);
  }

  @Test
  void whenARuleNamesAColumnThatIsNotThere_thenTheNearestIsSaid() throws IOException {
    Path csv = Files.writeString(folder.resolve("bars.csv"), TABLE);
    TableRules rules = TableRules.parse("complete clos 1");

    assertThatThrownBy(() -> new CsvFormat().open(csv, rules.scan()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("'close'");
  }

  @Test
  void whenEveryCheckIsAsked_thenItNamesEachColumnOfItsText() {
    TableRules all = TableRules.parse("""
        increasing a by b
        compare c <= d
        fresh e by f
        every-session g by h
        price-limits i j k l m
        tick n o p
        average-price q r s t
        previous-close u v w factor x
        suspended y z
        """);

    assertThat(String.join("", all.columns())).isEqualTo("abcdefghijklmnopqrstuvwxyz");
    assertThat(TableRules.parse("rows 1 9").scan()).isEqualTo(TableScan.ALL);
    assertThat(List.copyOf(RULES.columns()))
        .containsExactly("board", "close", "date", "instrument", "pct");
  }
}
