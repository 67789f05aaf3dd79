package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Symbol;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.testkit.SharedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are no ticks: each is set aside, none stops the stream, none takes a good one with it. */
class HostileMessagesTest {
  private static final String GOOD =
      "{\"symbol\":\"600519.SH\",\"eventTime\":\"2024-01-02T02:00:00Z\","
          + "\"asOf\":\"2024-01-02T02:00:00.2Z\",\"sequence\":17,\"price\":1685.01,\"volume\":300,"
          + "\"amount\":505503,\"phase\":\"CONTINUOUS\"}";

  private final JsonTicks json = new JsonTicks(Ticks.SOURCE);

  @TempDir
  Path folder;

  private Tick parse(String text) {
    return json.parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whenATickIsWritten_thenItReadsBack() {
    Tick tick = parse(GOOD);
    assertThat(tick)
        .isEqualTo(new Tick(
            Symbol.parse("600519.SH"),
            Instant.parse("2024-01-02T02:00:00Z"),
            Instant.parse("2024-01-02T02:00:00.2Z"),
            Ticks.SOURCE,
            17,
            1685.01,
            300,
            505503,
            TradingPhase.CONTINUOUS));
    assertThat(json.parse(ByteBuffer.wrap(JsonTicks.write(tick)))).isEqualTo(tick);
    Tick bare = new Tick(
        Symbol.other("MSFT"),
        tick.eventTime(),
        tick.asOf(),
        tick.source(),
        Tick.NO_SEQUENCE,
        0.1 + 0.2,
        1e-3,
        Double.NaN,
        TradingPhase.AUCTION_OPEN);
    assertThat(json.parse(ByteBuffer.wrap(JsonTicks.write(bare)))).isEqualTo(bare);
    PackedTicks packed = new PackedTicks();
    assertThat(packed.parse(ByteBuffer.wrap(PackedTicks.write(tick))).tick(Ticks.SOURCE))
        .isEqualTo(tick);
    assertThatThrownBy(() -> PackedTicks.write(bare))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"price\":1685.01 | \"price\":-1",
        "\"price\":1685.01 | \"price\":1e999",
        "\"price\":1685.01 | \"price\":NaN",
        "\"price\":1685.01 | \"price\":\"1685.01\"",
        "\"price\":1685.01 | \"price\":null",
        "\"price\":1685.01 | \"price\":1685.01,\"price\":1685.02",
        "\"price\":1685.01 | \"price\":{\"a\":1}",
        "\"price\":1685.01 | \"price\":1685.01,\"unknown\":1",
        "\"sequence\":17 | \"sequence\":1.5",
        "\"sequence\":17 | \"sequence\":99999999999999999999",
        "\"sequence\":17 | \"sequence\":-2",
        "600519.SH | 600519.XX",
        "02:00:00Z | 25:00:00Z",
        "02:00:00.2Z | 01:00:00Z",
        "CONTINUOUS | NONSENSE",
        "505503 | 1111111111111111111111111111111111111111111111111111111111111111111111111",
        "} | }}",
        "} | ",
        "{ | [",
      })
  void whenOneThingIsWrong_thenItIsRefused(String good, String bad) {
    String text = GOOD.replace(good, bad == null ? "" : bad);
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> parse(text)).isInstanceOf(QilinException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 65, 100_000})
  void whenItIsDeep_thenItIsRefusedInBoundedTime(int depth) {
    assertThatThrownBy(() -> parse("{\"price\":" + "[".repeat(depth) + "]".repeat(depth) + "}"))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> parse("[".repeat(depth))).isInstanceOf(QilinException.class);
  }

  @Test
  void whenALineIsAsLongAsAllowed_thenItsEndDoesNotCount() throws IOException {
    Path file = folder.resolve("lines");
    Files.writeString(file, "0123\n0123\r\n01234\n01234\r\n0123456789\r\n\r\r\r\r\r\r\n0123");
    List<String> found = new ArrayList<>();
    try (JsonLinesSource source = JsonLinesSource.open("lines", file, 4, false)) {
      StreamReceiver<ByteBuffer> receiver = new StreamReceiver<>() {
        @Override
        public void message(long position, ByteBuffer payload) {
          found.add(position + " of " + payload.remaining());
        }

        @Override
        public void damaged(long position, long bytes, String reason) {
          found.add(position + " damaged " + bytes);
        }
      };
      while (!source.ended()) {
        source.poll(2, receiver);
      }
    }
    assertThat(found)
        .containsExactly(
            "0 of 4",
            "5 of 4",
            "11 damaged 6",
            "17 damaged 7",
            "24 damaged 12",
            "36 damaged 7",
            "43 of 4");
  }

  @Test
  void whenItIsHuge_thenItIsRefused() {
    assertThatThrownBy(() -> json.parse(ByteBuffer.allocate((8 << 20) + 1)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void whenJsonOfTheTortureCorpusIsSent_thenNoneIsATick() throws IOException {
    Path corpus = SharedFiles.corpus("json-torture");
    int tried = 0;
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        assertThatThrownBy(() -> json.parse(bytes))
            .as("%s", file)
            .isInstanceOf(QilinException.class);
        tried++;
      }
    }
    assertThat(tried).isPositive();
  }

  @Test
  void whenLinesAreMutated_thenGoodOnesCountAndBadOnesAreSetAsideOnce() throws IOException {
    Random random = new Random(14);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int good = 0;
    int bad = 0;
    for (int i = 0; i < 3000; i++) {
      Tick tick = Ticks.tick(i % 9, Ticks.at("10:00:00").plusMillis(i * 10L), i / 9, 10, 100);
      byte[] line = JsonTicks.write(tick);
      if (random.nextInt(10) == 0) {
        bad++;
        text.writeBytes(poison(random, line));
      } else {
        good++;
        text.writeBytes(line);
      }
      text.write('\n');
    }
    Path file = folder.resolve("ticks.jsonl");
    Files.write(file, text.toByteArray());
    MemorySink<DeadLetter> dead = new MemorySink<>();
    MemorySink<ClosedWindow> windows = new MemorySink<>();
    StreamPipeline<ByteBuffer, Tick> pipeline = StreamPipeline.builder(
            json, new TickFields(), StreamSessions.of(Ticks.CALENDAR, Board.SSE_MAIN))
        .source(JsonLinesSource.open("lines", file, 2000, false))
        .sink(windows)
        .deadLetters(dead)
        .build();
    pipeline.run(new Cancellation());
    assertThat(pipeline.counters().processed()).isEqualTo(good);
    assertThat(pipeline.counters().deadLettered()).isEqualTo(bad);
    assertThat(dead.payloads()).hasSize(bad).allSatisfy(letter -> {
      assertThat(letter.message()).isNotEmpty();
      assertThat(letter.payload().length()).isLessThanOrEqualTo(4100);
      assertThat(letter.payload()).matches("[ -~…]*");
    });
  }

  /** A line that is certainly no tick. */
  private static byte[] poison(Random random, byte[] line) {
    return switch (random.nextInt(5)) {
      case 0 -> java.util.Arrays.copyOf(line, 1 + random.nextInt(line.length - 1));
      case 1 -> "x".repeat(2001 + random.nextInt(400_000)).getBytes(StandardCharsets.UTF_8);
      case 2 -> "{\"a\":".repeat(300).getBytes(StandardCharsets.UTF_8);
      case 3 -> {
        byte[] bytes = new byte[1 + random.nextInt(100)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = bytes[i] == '\n' || bytes[i] == '\r' ? 0 : bytes[i];
        }
        yield bytes;
      }
      default ->
        new String(line, StandardCharsets.UTF_8)
            .replace("\"volume\":100", "\"volume\":1e300")
            .getBytes(StandardCharsets.UTF_8);
    };
  }
}
