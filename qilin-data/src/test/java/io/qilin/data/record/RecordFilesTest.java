package io.qilin.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.record.Tick;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFilesTest {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Provenance SOURCE = new Provenance("vendor", "a \"file\", v1", true);

  private static final String TICK =
      "{\"symbol\":\"600000.SH\",\"eventTime\":\"2024-01-02T09:30:00+08:00\",\"price\":7.1,"
          + "\"volume\":300,\"phase\":\"CONTINUOUS\"}";

  @TempDir
  Path folder;

  private List<MarketRecord> read(Collection<DataCapability> kinds) {
    try (RecordFiles files = RecordFiles.builder(folder).open()) {
      List<MarketRecord> all = new ArrayList<>();
      kinds.forEach(kind -> all.addAll(rows(files, kind.recordType().orElseThrow())));
      return all;
    }
  }

  private static List<? extends MarketRecord> rows(
      RecordFiles files, Class<? extends MarketRecord> type) {
    return files.records(RecordQuery.of(type, LATER)).rows();
  }

  private <R extends MarketRecord> Records<R> read(Class<R> type) {
    try (RecordFiles files = RecordFiles.builder(folder).open()) {
      return files.records(RecordQuery.of(type, LATER));
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(
      String file, String text, Class<? extends MarketRecord> type, String... parts) {
    write(file, text);
    assertThatThrownBy(() -> read(type))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContainingAll(parts);
  }

  @Test
  void whenWrittenAsJsonLines_thenEqualRecordsAreReadBack() {
    List<MarketRecord> records = SampleRecords.all(SOURCE);
    RecordFileWriter.write(folder, RecordFormat.JSON_LINES, records);
    List<DataCapability> kinds = Arrays.stream(DataCapability.values())
        .filter(k -> k.recordType().isPresent())
        .toList();
    assertThat(read(kinds)).containsExactlyInAnyOrderElementsOf(records);
  }

  @Test
  void whenWrittenAsTables_thenEqualRecordsAreReadBack() {
    List<DataCapability> lists = List.of(
        DataCapability.BOOK_SNAPSHOTS,
        DataCapability.NEWS,
        DataCapability.SOCIAL_POSTS,
        DataCapability.MARKET_BREADTH);
    List<MarketRecord> flat = SampleRecords.all(SOURCE).stream()
        .filter(record -> !lists.contains(DataCapability.of(record.getClass())))
        .toList();
    RecordFileWriter.write(folder, RecordFormat.CSV, flat);
    List<DataCapability> kinds = Arrays.stream(DataCapability.values())
        .filter(k -> k.recordType().isPresent() && !lists.contains(k))
        .toList();
    assertThat(kinds).hasSize(10);
    assertThat(read(kinds)).containsExactlyInAnyOrderElementsOf(flat);
  }

  @Test
  void whenAKindWithListsIsToBeATable_thenNothingIsWritten() throws IOException {
    assertThatThrownBy(
            () -> RecordFileWriter.write(folder, RecordFormat.CSV, SampleRecords.all(SOURCE)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whenALineIsWrong_thenFileLineAndFieldAreSaid() {
    assertRefused(
        "ticks.jsonl",
        TICK + "\n" + TICK.replace("7.1", "\"x\"") + "\n",
        Tick.class,
        "ticks.jsonl, line 2, field 'price': this is a finite number, was a text");
    assertRefused(
        "ticks.jsonl",
        TICK.replace("price", "prise"),
        Tick.class,
        "line 1",
        "no field 'prise'; did you mean 'price'?");
    assertRefused("ticks.jsonl", TICK.replace("\"volume\":300,", ""), Tick.class, "volume", "NaN");
    assertRefused(
        "ticks.jsonl", TICK.replace("\"phase\"", "\"price\""), Tick.class, "not JSON", "price");
    assertRefused(
        "ticks.jsonl",
        TICK.replace(",\"phase\":\"CONTINUOUS\"", ""),
        Tick.class,
        "field 'phase'",
        "missing");
    assertRefused(
        "ticks.jsonl",
        TICK.replace("CONTINUOUS", "LUNCH"),
        Tick.class,
        "one of [AUCTION_OPEN",
        "'LUNCH'");
    assertRefused("ticks.jsonl", TICK.replace("7.1", "1e999"), Tick.class, "'1e999'");
    assertRefused(
        "ticks.jsonl",
        TICK.replace("2024-01-02T", "2024-02-30T"),
        Tick.class,
        "field 'eventTime'",
        "moment");
    assertRefused(
        "ticks.jsonl", TICK.replace("600000.SH", "60000.SH"), Tick.class, "field 'symbol'");
    assertRefused("ticks.jsonl", TICK + "x\n", Tick.class, "line 1");
    assertRefused("ticks.jsonl", TICK + TICK + "\n", Tick.class, "one object a line");
    assertRefused("ticks.jsonl", TICK + "\n\n", Tick.class, "line 2", "there is nothing");
    assertRefused("ticks.jsonl", "[1]\n", Tick.class, "this is an object, was a list");
  }

  @Test
  void whenTheLastRowIsHalf_thenItsLineIsSaid() {
    assertRefused(
        "ticks.jsonl", TICK + "\n" + TICK.substring(0, 60), Tick.class, "ticks.jsonl, line 2");
    assertRefused(
        "lhb-seats.csv",
        "symbol,date\n600000.SH,2024-01-0",
        LhbSeatRow.class,
        "lhb-seats.csv",
        "cut short");
    assertRefused("lhb-seats.csv", "symbol,date\n600000.SH\n", LhbSeatRow.class, "line 2");
  }

  @Test
  void whenATableIsWrong_thenFileLineAndFieldAreSaid() {
    String header = "symbol,date,reasonCode,windowDays,side,seatName,buy\n";
    assertRefused(
        "lhb-seats.csv",
        header.replace("buy", "bay"),
        LhbSeatRow.class,
        "line 1",
        "did you mean 'buy'?");
    assertRefused("lhb-seats.csv", header.replace("buy", "date"), LhbSeatRow.class, "twice");
    assertRefused(
        "lhb-seats.csv",
        header + "600000.SH,2024-01-02,a,2,BUY5,x,1\n",
        LhbSeatRow.class,
        "line 2",
        "windowDays is 1 or 3, was 2");
    assertRefused(
        "lhb-seats.csv",
        header + "600000.SH,2024-01-02,a,1.5,BUY5,x,1\n",
        LhbSeatRow.class,
        "line 2, field 'windowDays'",
        "whole number");
    assertRefused(
        "lhb-seats.csv",
        header + "600000.SH,2024-01-02,a,\u0661,BUY5,x,1\n",
        LhbSeatRow.class,
        "line 2, field 'windowDays'",
        "whole number");
    write("lhb-seats.csv", header + "600000.SH,2024-01-02,a,1,BUY5,x,\n");
    LhbSeatRow row = read(LhbSeatRow.class).rows().get(0);
    assertThat(row.buy()).isNaN();
    assertThat(row.asOf()).isEqualTo(PublicationTimes.ofLhb(LocalDate.of(2024, 1, 2)));
  }

  @Test
  void whenTheFolderIsOdd_thenThatIsSaid() {
    assertThatThrownBy(() -> RecordFiles.builder(folder.resolve("none")).open())
        .hasMessageContaining("no such folder");
    write("README.md", "hello");
    write(".hidden.csv", "hello");
    write("tick.jsonl", TICK);
    assertThatThrownBy(() -> RecordFiles.builder(folder).open())
        .hasMessageContaining("did you mean 'ticks'?");
  }

  @Test
  void whenAKindHasTwoFiles_thenTheyAreInConflict() {
    write("ticks.jsonl", TICK);
    write("ticks.csv", "symbol\n");
    assertThatThrownBy(() -> RecordFiles.builder(folder).open())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
  }

  @Test
  void whenARecordIsFromTheFuture_thenItIsLeftOutWithAFinding() {
    String tomorrow = TICK.replace("2024-01-02", "2024-01-03");
    write("ticks.jsonl", TICK + "\n" + (tomorrow + "\n").repeat(150));
    Clock clock = Clock.fixed(Instant.parse("2024-01-02T09:00:00Z"), ZoneOffset.UTC);
    try (RecordFiles files = RecordFiles.builder(folder).clock(clock).open()) {
      Records<Tick> answer = files.records(RecordQuery.of(Tick.class, LATER));
      assertThat(answer.rows()).hasSize(1);
      assertThat(answer.findings())
          .hasSize(101)
          .extracting(QualityFinding::rule)
          .containsOnly("record-from-the-future");
      assertThat(answer.findings().get(0).message()).contains("line 2");
      assertThat(answer.findings().get(100).message()).startsWith("50 more");
    }
    assertRefused(
        "ticks.jsonl",
        TICK.replace("\"price\"", "\"asOf\":\"2024-01-02T09:29:59+08:00\",\"price\""),
        Tick.class,
        "cannot be public before");
  }

  @Test
  void whenAsOfCannotBeGuessed_thenItMustBeStated() {
    assertRefused("status-notices.csv", """
            status.symbol,status.from,status.board,status.name,status.riskWarning
            600000.SH,2024-01-02,SSE_MAIN,a,NONE
            """, StatusNotice.class, "line 2, field 'asOf'");
    write(
        "fundamentals.csv",
        "symbol,announceDate,periodEnd,revenue\n600000.SH,2024-04-26,2024-03-31,1e9\n");
    FundamentalSnapshot report = read(FundamentalSnapshot.class).rows().get(0);
    assertThat(report.asOf()).isEqualTo(Instant.parse("2024-04-26T16:00:00Z"));
    assertThat(report.netProfit()).isNaN();
  }

  @Test
  void whenAFileHasTooManyRows_thenItIsRefused() {
    write("ticks.jsonl", (TICK + "\n").repeat(3));
    try (RecordFiles files =
        RecordFiles.builder(folder).limits(RecordLimits.DEFAULT.withRows(2)).open()) {
      assertThatThrownBy(() -> files.records(RecordQuery.of(Tick.class, LATER)))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
          .hasMessageContaining("line 3");
    }
  }
}
