package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.stream.CallbackSink;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.JsonLinesSource;
import io.qilin.data.stream.JsonTicks;
import io.qilin.data.stream.LatestWindows;
import io.qilin.data.stream.StreamCounters;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.data.stream.TickFields;
import io.qilin.data.stream.TickRules;
import io.qilin.data.stream.WindowAggregate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** The program of {@code docs/streams.md}: trades from a file to windows that never span lunch. */
public final class LiveWindows {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private LiveWindows() {}

  /**
   * Writes a file of made-up trades and prints their windows.
   *
   * @param args none
   */
  public static void main(String[] args) {
    try {
      Path file = Files.createTempFile("trades", ".jsonl");
      try {
        DemoMarket market = DemoMarket.of(50, 1, 42);
        Files.write(file, trades(market));
        run(file, market.calendar(), System.out);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "the file of trades cannot be used", e);
    }
  }

  static StreamCounters run(Path file, TradingCalendar calendar, PrintStream out) {
    JsonTicks json = new JsonTicks(new Provenance("file", "trades", true));
    LatestWindows cache = new LatestWindows();
    try (StreamPipeline<ByteBuffer, Tick> pipeline = StreamPipeline.builder(
            json, new TickFields(), StreamSessions.of(calendar, Board.SSE_MAIN))
        .source(JsonLinesSource.open("trades", file))
        .rules(TickRules.standard(new TickFields()))
        .sink(cache)
        .sink(CallbackSink.of(message -> print(message.payload(), out)))
        .deadLetters(CallbackSink.of(message -> print(message.payload(), out)))
        .build()) {
      pipeline.run(new Cancellation());
      StreamCounters counters = pipeline.counters();
      out.println(counters.processed() + " of " + counters.offered() + " trades, "
          + counters.missing() + " numbers missing, " + cache.size() + " shares in the cache");
      return counters;
    }
  }

  private static void print(ClosedWindow window, PrintStream out) {
    WindowAggregate first = window.aggregates().get(0);
    out.println(
        time(window.start()) + " to " + time(window.end()) + (window.cut() ? " (cut) " : " ")
            + first.symbol() + " " + first.records() + " trades, close " + first.close() + ", "
            + (long) first.volume() + " shares");
  }

  private static void print(DeadLetter letter, PrintStream out) {
    out.println("line at byte " + letter.position() + ": " + letter.reason());
  }

  private static LocalTime time(Instant moment) {
    return moment.atZone(SHANGHAI).toLocalTime();
  }

  /** A share around noon of the market's last day, a trade every 20 s, and a line that is no trade. */
  static byte[] trades(DemoMarket market) {
    LocalDate day = market.bars().panel().lastDay();
    Symbol symbol = Symbol.parse("600519.SH");
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Instant noon = day.atTime(11, 29).atZone(SHANGHAI).toInstant();
    Instant afternoon = day.atTime(13, 0).atZone(SHANGHAI).toInstant();
    for (int i = 0; i < 6; i++) {
      Instant moment = (i < 3 ? noon : afternoon).plusSeconds(20L * (i % 3));
      Tick tick = new Tick(
          symbol,
          moment,
          moment.plusMillis(200),
          new Provenance("demo", "made up", true),
          i,
          10 + i / 100.0,
          100,
          (10 + i / 100.0) * 100,
          TradingPhase.CONTINUOUS);
      lines.writeBytes(JsonTicks.write(tick));
      lines.write('\n');
    }
    lines.writeBytes("no trade\n".getBytes(StandardCharsets.UTF_8));
    return lines.toByteArray();
  }
}
