package io.qilin.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.Tick;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.RecordQuery;
import io.qilin.data.DamagedInputs;
import io.qilin.testkit.SampleRecords;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a file holds, reading it ends with records or with a typed error that names the file. */
class HostileRecordsTest {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Provenance SOURCE = new Provenance("vendor", "hostile", true);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<ErrorCode> TYPED =
      Set.of(ErrorCode.DATA_FORMAT, ErrorCode.LIMIT_EXCEEDED);

  @TempDir
  Path folder;

  /** Reads a file of the folder; a typed error counts as an answer. */
  private Optional<List<? extends MarketRecord>> read(Class<? extends MarketRecord> type) {
    try (RecordFiles files = RecordFiles.builder(folder).open()) {
      return Optional.of(rows(files, type));
    } catch (QilinException e) {
      assertThat(e.code()).as(e.getMessage()).isIn(TYPED);
      assertThat(e.getMessage()).contains(RecordFolder.stem(DataCapability.of(type)));
      assertThat(e.getMessage().chars()).as("control characters").noneMatch(c -> c < ' ');
      return Optional.empty();
    }
  }

  private static <R extends MarketRecord> List<R> rows(RecordFiles files, Class<R> type) {
    return files.records(RecordQuery.of(type, LATER)).rows();
  }

  private static List<JsonNode> corpus(String name) {
    return SharedFiles.lines(SharedFiles.corpus(name).resolve("cases.jsonl")).stream()
        .map(MAPPER::readTree)
        .toList();
  }

  private static byte[] bytes(JsonNode node) {
    if (!node.has("repeat")) {
      return Base64.getDecoder().decode(node.get("b64").asString());
    }
    JsonNode repeat = node.get("repeat");
    byte[] unit = Base64.getDecoder().decode(repeat.get("unit_b64").asString());
    byte[] suffix = Base64.getDecoder().decode(repeat.get("suffix_b64").asString());
    int times = repeat.get("times").asInt();
    byte[] all = new byte[unit.length * times + suffix.length];
    for (int i = 0; i < times; i++) {
      System.arraycopy(unit, 0, all, i * unit.length, unit.length);
    }
    System.arraycopy(suffix, 0, all, unit.length * times, suffix.length);
    return all;
  }

  @Test
  void whenJsonTortures_thenNoneOfItIsARecord() throws IOException {
    Path file = folder.resolve("ticks.jsonl");
    for (JsonNode node : corpus("json-torture")) {
      Files.write(file, bytes(node));
      assertThat(read(Tick.class).filter(rows -> !rows.isEmpty()))
          .as(node.get("id").asString())
          .isEmpty();
    }
  }

  @Test
  void whenJsonTorturesInsideAField_thenItIsRefusedOrText() throws IOException {
    Path file = folder.resolve("news.jsonl");
    byte[] before = "{\"eventTime\":\"2024-01-02T09:30:00Z\",\"sourceTier\":\"MEDIA\",\"title\":"
        .getBytes(StandardCharsets.UTF_8);
    for (JsonNode node : corpus("json-torture")) {
      byte[] value = bytes(node);
      byte[] line = Arrays.copyOf(before, before.length + value.length + 1);
      System.arraycopy(value, 0, line, before.length, value.length);
      line[line.length - 1] = '}';
      Files.write(file, line);
      read(NewsItem.class)
          .ifPresent(rows -> assertThat(rows)
              .allSatisfy(row -> assertThat(((NewsItem) row).title()).isNotEmpty()));
    }
  }

  @Test
  void whenTextsAreNaughty_thenTheyComeBackAsTheyWere() throws IOException {
    List<NewsItem> items = new ArrayList<>();
    for (JsonNode node : corpus("naughty-strings")) {
      String text = node.get("s").asString();
      boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
      if (!text.isEmpty() && whole) {
        items.add(new NewsItem(
            Instant.EPOCH.plusSeconds(items.size() + 1),
            LATER,
            SOURCE,
            text,
            text,
            SourceTier.SOCIAL,
            Optional.of(text).filter(t -> t.length() <= 256),
            List.of()));
      }
    }
    assertThat(items).hasSizeGreaterThan(100);
    RecordFileWriter.write(folder, RecordFormat.JSON_LINES, items);
    assertThat(read(NewsItem.class)).contains(items);
  }

  @Test
  void whenTextsStandWhereValuesBelong_thenTheyAreRefused() throws IOException {
    Path file = folder.resolve("ticks.jsonl");
    String tick = "{\"symbol\":\"600000.SH\",\"eventTime\":\"2024-01-02T09:30:00Z\",\"price\":7.1,"
        + "\"volume\":300,\"phase\":\"CONTINUOUS\"}";
    List<String> values = List.of("\"600000.SH\"", "\"2024-01-02T09:30:00Z\"", "7.1", "300");
    int turn = 0;
    for (JsonNode node : corpus("naughty-strings")) {
      String text = MAPPER.writeValueAsString(node.get("s").asString());
      String value = values.get(turn++ % values.size());
      Files.writeString(file, tick.replace(value, text) + "\n");
      assertThat(read(Tick.class)).as("%s for %s", text, value).isEmpty();
    }
  }

  /** 12,000 files with bytes changed, lost, doubled, swapped or cut off, of all kinds in both forms. */
  @Test
  void whenFilesAreDamaged_thenTheyAreReadOrRefused() throws IOException {
    Random random = new Random(20240102);
    List<MarketRecord> all = SampleRecords.all(SOURCE);
    int read = 0;
    int refused = 0;
    for (DataCapability kind : DataCapability.values()) {
      if (kind.recordType().isEmpty()) {
        continue;
      }
      Class<? extends MarketRecord> type = kind.recordType().get();
      List<MarketRecord> rows = all.stream().filter(type::isInstance).toList();
      for (RecordFormat format : RecordFormat.values()) {
        if (format == RecordFormat.CSV && RecordShapes.of(type).columns().isEmpty()) {
          continue;
        }
        RecordFileWriter.write(folder, format, rows);
        Path file = folder.resolve(RecordFolder.stem(kind) + format.ending());
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < 500; i++) {
          Files.write(file, damaged(good, random));
          boolean whole = read(type).isPresent();
          read += whole ? 1 : 0;
          refused += whole ? 0 : 1;
        }
        Files.delete(file);
      }
    }
    assertThat(read + refused).isEqualTo(12_000);
    assertThat(refused).isGreaterThan(4_000);
    assertThat(read).isGreaterThan(100);
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenJsonLinesHaveFaultsOfAllKinds_thenTheyAreReadOrRefused() throws IOException {
    RecordMutants mutants = new RecordMutants(folder);
    int count = DamagedInputs.read("records", 300, mutants::run);
    assertThat(mutants.read()).isBetween(count / 300, count * 59 / 60);
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenAReaderTrustsAByte_thenTheMutantsFindIt() throws IOException {
    RecordMutants trusting = new RecordMutants(folder) {
      @Override
      void read(Path file, Class<? extends MarketRecord> type) throws IOException {
        DamagedInputs.trust(Files.readAllBytes(file), 0);
      }
    };
    assertThatThrownBy(() -> DamagedInputs.read("planted", 100_000, trusting::run))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("mutant ")
        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 1; times--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> System.arraycopy(bytes, at, bytes, 0, bytes.length - at);
        default ->
          bytes[at] = "{}[]\",:0-9eE.\n\\ ".getBytes(StandardCharsets.UTF_8)[random.nextInt(16)];
      }
    }
    return bytes;
  }

  @Test
  void whenAFileIsTenGigabytesOfNothing_thenItIsRefusedAtOnce() throws IOException {
    for (String name : List.of("ticks.jsonl", "ticks.csv")) {
      Path file = folder.resolve(name);
      try (FileChannel channel = FileChannel.open(
          file,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          StandardOpenOption.SPARSE)) {
        channel.write(StandardCharsets.UTF_8.encode("\n"), 10L << 30);
      }
      assertThat(read(Tick.class)).isEmpty();
      Files.delete(file);
    }
  }

  @Test
  void whenALineOrAFileIsTooLong_thenTheLimitIsSaid() throws IOException {
    Path file = folder.resolve("ticks.jsonl");
    Files.writeString(file, "[".repeat(100_000));
    assertThat(read(Tick.class)).isEmpty();
    Files.writeString(file, " ".repeat((1 << 23) + 1));
    assertLimit(RecordLimits.DEFAULT, "line 1", "longer than 8388608 bytes");
    Files.writeString(file, "{}\n".repeat(100));
    assertLimit(RecordLimits.DEFAULT.withFileBytes(2), "larger than 2 bytes");
  }

  private void assertLimit(RecordLimits limits, String... parts) {
    try (RecordFiles files = RecordFiles.builder(folder).limits(limits).open()) {
      assertThatThrownBy(() -> rows(files, Tick.class))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
          .hasMessageContainingAll(parts);
    }
  }

  @Test
  void whenAReadFails_thenTheNextOneFailsAlike() throws IOException {
    Files.writeString(folder.resolve("ticks.jsonl"), "{}\n");
    try (RecordFiles files = RecordFiles.builder(folder).open();
        Stream<Integer> tries = Stream.of(1, 2)) {
      List<String> messages = tries
          .map(i -> {
            try {
              return "read " + rows(files, Tick.class);
            } catch (QilinException e) {
              return String.valueOf(e.getMessage());
            }
          })
          .toList();
      assertThat(messages.get(0)).contains("line 1").isEqualTo(messages.get(1));
    }
  }
}
