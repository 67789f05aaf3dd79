package io.qilin.flink;

import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.core.rules.SessionPhase;
import io.qilin.core.rules.Sessions;
import io.qilin.data.stream.AnomalyRule;
import io.qilin.data.stream.JsonTicks;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamRule;
import io.qilin.data.stream.StreamSessions;
import io.qilin.data.stream.TickFields;
import io.qilin.data.stream.TickRules;
import io.qilin.data.stream.WindowSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A made-up log of one day with late, repeated, refused and unreadable messages, all by a seed. */
final class RandomLog {
  static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  static final Provenance SOURCE = new Provenance("test", "made", true);

  private static final int SHARES = 7;
  private static final TradingCalendar CALENDAR =
      TradingCalendar.of(List.of(DAY, DAY.plusDays(1)), DAY, DAY.plusDays(1));

  private RandomLog() {}

  /** The stream of a seed. */
  static PipelineBuilder<ByteBuffer, Tick> describe(long seed) {
    Random random = new Random(seed);
    Duration slide = Duration.ofMillis(1000 + random.nextInt(20_000));
    WindowSpec spec = new WindowSpec(
        slide.multipliedBy(1 + random.nextInt(4)),
        slide,
        Duration.ofMillis(random.nextInt(3000)),
        Duration.ofNanos(1 + random.nextInt(2) * 2_999_999_999L));
    Sessions parts = parts(random);
    List<StreamRule<Tick>> rules = new ArrayList<>(TickRules.standard(new TickFields()));
    rules.add(
        new StreamRule<>("cheap", QualityDimension.ACCURACY, true, tick -> tick.price() < 11.9));
    return StreamPipeline.<ByteBuffer, Tick>builder(
            new JsonTicks(SOURCE),
            new TickFields(),
            StreamSessions.of("random", CALENDAR, date -> parts))
        .windows(spec)
        .rules(rules)
        .anomalies(List.of(
            new AnomalyRule("move", AnomalyRule.Measure.LOG_RETURN, 1, 0.0005, 10, 3),
            new AnomalyRule("volume", AnomalyRule.Measure.LOG_VOLUME, 1, 0.1, 10, 3)));
  }

  private static Sessions parts(Random random) {
    List<Sessions.Part> parts = new ArrayList<>();
    SessionPhase[] phases = {
      SessionPhase.OPENING_AUCTION,
      SessionPhase.OPENING_AUCTION_LOCKED,
      SessionPhase.CONTINUOUS,
      SessionPhase.LUNCH,
      SessionPhase.CLOSING_AUCTION
    };
    LocalTime at = LocalTime.of(9, 15);
    for (int i = 0; i < 8; i++) {
      LocalTime start = at.plusSeconds(random.nextInt(2) * (long) random.nextInt(30));
      LocalTime end = start.plusNanos(1_000_000L * (1 + random.nextInt(120_000)));
      parts.add(new Sessions.Part(phases[random.nextInt(phases.length)], start, end, true, true));
      at = end;
    }
    return new Sessions(parts);
  }

  static Symbol symbol(int number) {
    return Symbol.parse(String.format(Locale.ROOT, "%06d.SH", 600000 + number));
  }

  /**
   * Messages in the order of their arrival, each instrument in one of the sources.
   *
   * @param most how far records come after their time; beyond the lateness they may be late
   */
  static List<SourceMessage> messages(long seed, int count, int sources, Duration most) {
    Random random = new Random(seed ^ 0x5DEECE66DL);
    record Arrival(long at, int source, byte[] payload) {}
    List<Arrival> arrivals = new ArrayList<>();
    long[] sequences = new long[SHARES];
    Instant time = DAY.atTime(9, 14, 55).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    for (int i = 0; i < count; i++) {
      time = time.plusNanos(random.nextInt(4) * (long) random.nextInt(600_000_000));
      int share = random.nextInt(SHARES);
      int source = share % sources;
      long at = time.toEpochMilli() + random.nextInt((int) most.toMillis() + 1);
      byte[] payload = payload(random, share, sequences, time);
      arrivals.add(new Arrival(at, source, payload));
      if (random.nextInt(20) == 0) {
        arrivals.add(new Arrival(at + random.nextInt(2000), source, payload));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    long[] positions = new long[sources];
    List<SourceMessage> messages = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      String source = source(arrival.source());
      long position = positions[arrival.source()]++;
      messages.add(
          random.nextInt(100) == 0
              ? SourceMessage.damaged(source, position, arrival.payload(), "no value")
              : SourceMessage.of(source, position, arrival.payload()));
    }
    return messages;
  }

  static String source(int number) {
    return "ticks-" + number;
  }

  static List<String> sources(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(source(i));
    }
    return names;
  }

  private static byte[] payload(Random random, int share, long[] sequences, Instant time) {
    if (random.nextInt(40) == 0) {
      return ("{\"garbage\":" + random.nextInt()).getBytes(StandardCharsets.UTF_8);
    }
    double price = (1000 + random.nextInt(200)) / 100.0;
    double volume = random.nextInt(50) * (random.nextInt(9) == 0 ? 0.5 : 100);
    double amount = random.nextInt(40) == 0 ? Double.NaN : price * volume * random.nextInt(3);
    long sequence = random.nextInt(50) == 0 ? Tick.NO_SEQUENCE : sequences[share]++;
    return JsonTicks.write(new Tick(
        symbol(share),
        time,
        time.plusMillis(random.nextInt(3000)),
        SOURCE,
        sequence,
        price,
        volume,
        amount,
        TradingPhase.CONTINUOUS));
  }
}
