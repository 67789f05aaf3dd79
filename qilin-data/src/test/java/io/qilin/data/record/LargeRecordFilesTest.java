package io.qilin.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Tick;
import io.qilin.api.source.RecordQuery;
import io.qilin.data.csv.CsvLimits;
import io.qilin.data.csv.CsvTextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of records that are too large to be kept in memory. */
class LargeRecordFilesTest {
  private static final Instant MORNING = Instant.parse("2024-01-02T01:30:00Z");
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final List<String> CODES = List.of("600000.SH", "600519.SH", "000001.SZ");
  private static final int ROWS = 600;

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      Instant event = MORNING.plusSeconds(random.nextInt(10_000));
      text.append("{\"symbol\":\"").append(CODES.get(random.nextInt(3)));
      text.append("\",\"eventTime\":\"").append(event);
      text.append("\",\"asOf\":\"").append(event.plusSeconds(random.nextInt(60)));
      text.append("\",\"sequence\":").append(i).append(",\"price\":7.1,\"volume\":300,");
      text.append("\"phase\":\"CONTINUOUS\"}\n");
    }
    file = Files.writeString(folder.resolve("ticks.jsonl"), text);
  }

  private RecordFiles open(RecordLimits limits) {
    return RecordFiles.builder(folder).limits(limits).open();
  }

  /** Enough for a tenth of the rows. */
  private static RecordLimits small() {
    return RecordLimits.DEFAULT.withKeptBytes(ROWS / 10 * 900L);
  }

  @Test
  void whenAFileIsNotKept_thenEveryQueryIsAnsweredAsIfItWere() {
    SplittableRandom random = new SplittableRandom(5);
    try (RecordFiles kept = open(RecordLimits.DEFAULT);
        RecordFiles scanned = open(small())) {
      int answered = 0;
      for (int k = 0; k < 10; k++) {
        Instant from = MORNING.plusSeconds(random.nextInt(10_000));
        RecordQuery<Tick> query = RecordQuery.of(
                Tick.class, from.plusSeconds(600 + random.nextInt(300)))
            .withSymbols(Set.of(Symbol.parse(CODES.get(random.nextInt(3)))))
            .between(from, from.plusSeconds(600));
        List<Tick> rows = kept.records(query).rows();
        assertThat(scanned.records(query).rows()).isEqualTo(rows);
        answered += rows.size();
      }
      assertThat(answered).isGreaterThan(50);
    }
  }

  @Test
  void whenAnAnswerIsTooLarge_thenItIsRefusedWithWhatToDo() {
    try (RecordFiles scanned = open(small())) {
      assertThatThrownBy(() -> scanned.records(RecordQuery.of(Tick.class, LATER)))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
          .hasMessageContaining("ticks.jsonl, line ")
          .hasMessageContaining("ask for fewer instruments or a shorter span, or raise keptBytes");
    }
  }

  @Test
  void whenTheFileChangesBetweenTwoQueries_thenItIsRefused() throws IOException {
    RecordQuery<Tick> query =
        RecordQuery.of(Tick.class, LATER).between(MORNING, MORNING.plusSeconds(60));
    try (RecordFiles scanned = open(small())) {
      assertThat(scanned.records(query).rows()).isNotEmpty();
      Files.setLastModifiedTime(file, FileTime.from(MORNING));
      assertThatThrownBy(() -> scanned.records(query))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT))
          .hasMessageContaining("ticks.jsonl");
    }
  }

  @Test
  void whenAFileIsBeyondTheLimit_thenItsSizeIsSaidBeforeItIsRead() throws IOException {
    long size = Files.size(file);
    Files.write(file, new byte[(int) size]);
    try (RecordFiles files = open(RecordLimits.DEFAULT.withFileBytes(1_000))) {
      assertThatThrownBy(() -> files.records(RecordQuery.of(Tick.class, LATER)))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
          .hasMessageContaining("has " + size + " bytes, larger than 1000 bytes")
          .hasMessageContaining("raise fileBytes");
    }
    assertThatThrownBy(() -> new RecordProvider()
            .open(Map.of("path", folder.toString(), "maxBytes", "1000"))
            .records(RecordQuery.of(Tick.class, LATER)))
        .hasMessageContaining("larger than 1000 bytes");
  }

  @Test
  void whenTheMemoryIsTaken_thenNothingIsKeptAnyMore() {
    RecordHeap heap = new RecordHeap(500);
    try (RecordFiles files = open(RecordLimits.DEFAULT)) {
      Tick tick = files.records(RecordQuery.of(Tick.class, LATER)).rows().get(0);
      assertThat(heap.add(tick, 100)).isTrue();
      assertThat(heap.add(tick, 100)).isFalse();
      assertThat(heap.add(tick, 0)).as("once full, always full").isFalse();
    }
    assertThat(heap.isFull()).isTrue();
    assertThat(heap.rows()).isEmpty();
  }

  @Test
  void whenMemoryRunsOutInTheMiddleOfATable_thenTheFileIsNotBlamed() throws IOException {
    Path table = Files.writeString(folder.resolve("ticks.csv"), "symbol,price\n600000.SH,7.1\n");
    assertThatThrownBy(
            () -> CsvTextTable.scan(table, CsvLimits.DEFAULT, header -> (cells, line) -> {
              throw new OutOfMemoryError("as if");
            }))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("as if");
  }
}
