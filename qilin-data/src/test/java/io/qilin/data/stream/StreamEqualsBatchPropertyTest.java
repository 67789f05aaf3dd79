package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.TradingCalendar;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.core.rules.SessionPhase;
import io.qilin.core.rules.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What a stream tells is what a plain loop over all records tells, to the last bit. */
class StreamEqualsBatchPropertyTest {
  private static final int SHARES = 7;
  private static final LocalTime OPEN = LocalTime.of(9, 15);
  private static final List<StreamRule<Tick>> RULES = new ArrayList<>();

  static {
    RULES.addAll(TickRules.standard(new TickFields()));
    RULES.add(
        new StreamRule<>("cheap", QualityDimension.ACCURACY, true, tick -> tick.price() < 11.95));
  }

  /** One made-up day. */
  private record Day(
      WindowSpec spec, StreamSessions sessions, List<Tick> inTime, List<Tick> arriving) {}

  private static Day day(Random random) {
    Duration slide = Duration.ofMillis(1000 + random.nextInt(40_000));
    WindowSpec spec = new WindowSpec(
        slide.multipliedBy(1 + random.nextInt(4)),
        slide,
        Duration.ofMillis(random.nextInt(5000)),
        Duration.ofNanos(1 + random.nextInt(2) * 2_999_999_999L));
    Sessions parts = parts(random);
    StreamSessions sessions = StreamSessions.of("random", Ticks.CALENDAR, date -> parts);
    List<Tick> inTime = ticks(random);
    Map<Tick, Long> arrival = new HashMap<>();
    long lateness = spec.lateness().toNanos();
    for (Tick tick : inTime) {
      long delay = lateness == 0 ? 0 : (long) (random.nextDouble() * lateness);
      arrival.put(tick, EpochNanos.of(tick.eventTime()) + delay);
    }
    List<Tick> arriving = new ArrayList<>(inTime);
    arriving.sort(Comparator.comparing(arrival::get));
    return new Day(spec, sessions, inTime, arriving);
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
    LocalTime at = OPEN;
    for (int i = 0; i < 8; i++) {
      LocalTime start = at.plusSeconds(random.nextInt(2) * (long) random.nextInt(30));
      LocalTime end = start.plusNanos(1_000_000L * (1 + random.nextInt(120_000)));
      parts.add(new Sessions.Part(phases[random.nextInt(phases.length)], start, end, true, true));
      at = end;
    }
    return new Sessions(parts);
  }

  private static List<Tick> ticks(Random random) {
    List<Tick> ticks = new ArrayList<>();
    long[] sequences = new long[SHARES];
    Instant time = Ticks.at("09:14:55");
    for (int i = 0; i < 250; i++) {
      time = time.plusMillis(random.nextInt(4) * (long) random.nextInt(1500));
      int share = random.nextInt(SHARES);
      double price = (1000 + random.nextInt(200)) / 100.0;
      double volume = random.nextInt(50) * (random.nextInt(9) == 0 ? 0.5 : 100);
      double amount = random.nextInt(40) == 0 ? Double.NaN : price * volume * random.nextInt(3);
      ticks.add(new Tick(
          Ticks.symbol(share),
          time,
          time.plusMillis(random.nextInt(3000)),
          Ticks.SOURCE,
          sequences[share]++,
          price,
          volume,
          amount,
          TradingPhase.CONTINUOUS));
    }
    return ticks;
  }

  private static PipelineBuilder<Tick, Tick> pipeline(
      Day day, MemorySink<ClosedWindow> windows, MemorySink<DeadLetter> dead) {
    return StreamPipeline.<Tick, Tick>builder(tick -> tick, new TickFields(), day.sessions())
        .source(new ListSource<>("ticks", day.arriving()))
        .windows(day.spec())
        .rules(RULES)
        .anomalies(
            List.of(new AnomalyRule("move", AnomalyRule.Measure.LOG_RETURN, 1, 0.0005, 10, 3)))
        .sink(windows)
        .deadLetters(dead);
  }

  private static List<ClosedWindow> bare(List<ClosedWindow> windows) {
    return windows.stream()
        .map(w -> new ClosedWindow(
            w.phase(),
            w.sessionStart(),
            w.number(),
            w.start(),
            w.end(),
            w.cut(),
            w.aggregates(),
            List.of()))
        .toList();
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void whenRecordsComeWithinLateness_thenWindowsAndQualityAreThoseOfABatch(@ForAll long seed) {
    Day day = day(new Random(seed));
    MemorySink<ClosedWindow> windows = new MemorySink<>();
    MemorySink<DeadLetter> dead = new MemorySink<>();
    StreamPipeline<Tick, Tick> pipeline = pipeline(day, windows, dead).build();
    pipeline.run(new Cancellation());

    List<Tick> good = day.inTime().stream().filter(tick -> tick.price() < 11.95).toList();
    List<ClosedWindow> expected = BatchWindows.of(
        good,
        day.sessions().on(Ticks.DAY),
        day.spec(),
        Ticks.at("00:00:00").plus(Duration.ofDays(1)));
    assertThat(bare(windows.payloads())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(pipeline.counters().late()).isZero();
    assertThat(pipeline.quality()).isEqualTo(batchQuality(day.inTime()));
    StreamCounters counters = pipeline.counters();
    assertThat(counters.offered())
        .isEqualTo(day.inTime().size())
        .isEqualTo(counters.processed() + counters.deadLettered());
    assertThat(dead.payloads()).hasSize((int) counters.deadLettered());
    assertThat(counters.missing()).isEqualTo(batchMissing(day.inTime(), day));
  }

  /** Counts of two halves, merged. */
  private static QualityCounts batchQuality(List<Tick> ticks) {
    int half = ticks.size() / 2;
    return quality(ticks.subList(0, half)).merge(quality(ticks.subList(half, ticks.size())));
  }

  private static QualityCounts quality(List<Tick> ticks) {
    Map<String, Long> broken = new HashMap<>();
    for (StreamRule<Tick> rule : RULES) {
      broken.put(rule.id(), ticks.stream().filter(rule.holds().negate()).count());
    }
    return new QualityCounts(ticks.size(), broken);
  }

  /** Numbers between the least and the greatest of a share that reached the sequence check. */
  private static long batchMissing(List<Tick> ticks, Day day) {
    SessionFinder finder = new SessionFinder(day.sessions(), day.spec());
    long missing = 0;
    for (int share = 0; share < SHARES; share++) {
      int own = share;
      List<Long> seen = ticks.stream()
          .filter(tick -> tick.of().equals(Ticks.symbol(own)) && tick.price() < 11.95)
          .filter(tick -> finder.find(EpochNanos.of(tick.eventTime())) != null)
          .map(Tick::sequence)
          .toList();
      if (!seen.isEmpty()) {
        missing += seen.get(seen.size() - 1) - seen.get(0) + 1 - seen.size();
      }
    }
    return missing;
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void whenCutAtAnyMessageAndResumed_thenNothingChanges(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Day day = day(random);
    MemorySink<ClosedWindow> whole = new MemorySink<>();
    MemorySink<DeadLetter> wholeDead = new MemorySink<>();
    StreamPipeline<Tick, Tick> once = pipeline(day, whole, wholeDead).build();
    once.run(new Cancellation());

    Path file = Files.createTempFile("stream", ".checkpoint");
    Files.delete(file);
    try {
      MemorySink<ClosedWindow> cut = new MemorySink<>();
      MemorySink<DeadLetter> cutDead = new MemorySink<>();
      StreamPipeline<Tick, Tick> part;
      do {
        part = pipeline(day, cut, cutDead)
            .checkpoint(CheckpointFile.at(file), 1 + random.nextInt(60))
            .batch(1 + random.nextInt(40))
            .build();
        int steps = 1 + random.nextInt(12);
        for (int i = 0; i < steps && !part.finished(); i++) {
          part.step();
        }
        // The pipeline is left as a crash would leave it.
      } while (!part.finished());

      assertThat(cut.payloads()).isEqualTo(whole.payloads());
      assertThat(cutDead.payloads()).isEqualTo(wholeDead.payloads());
      assertThat(part.quality()).isEqualTo(once.quality());
      assertThat(withoutCheckpoints(part.counters()))
          .isEqualTo(withoutCheckpoints(once.counters()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static StreamCounters withoutCheckpoints(StreamCounters c) {
    return new StreamCounters(
        c.offered(),
        c.processed(),
        c.late(),
        c.deadLettered(),
        c.dropped(),
        c.repeated(),
        c.missing(),
        c.outOfOrder(),
        c.restarts(),
        c.windows(),
        0);
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void whenRecordsComeInAnotherOrder_thenWindowsAndAnomaliesAreTheSameBits(@ForAll long seed) {
    Day first = day(new Random(seed));
    MemorySink<ClosedWindow> one = new MemorySink<>();
    pipeline(first, one, new MemorySink<>()).build().run(new Cancellation());
    Day inTime = new Day(first.spec(), first.sessions(), first.inTime(), first.inTime());
    MemorySink<ClosedWindow> other = new MemorySink<>();
    pipeline(inTime, other, new MemorySink<>()).batch(3).build().run(new Cancellation());
    assertThat(other.payloads()).isEqualTo(one.payloads());
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void whenRecordsComeFromSeveralSources_thenWindowsAreTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    Day day = day(random);
    List<Tick> left = new ArrayList<>();
    List<Tick> right = new ArrayList<>();
    for (Tick tick : day.arriving()) {
      (tick.of().compareTo(Ticks.symbol(SHARES / 2)) < 0 ? left : right).add(tick);
    }
    MemorySink<ClosedWindow> one = new MemorySink<>();
    pipeline(day, one, new MemorySink<>()).build().run(new Cancellation());
    MemorySink<ClosedWindow> two = new MemorySink<>();
    Day leftDay = new Day(day.spec(), day.sessions(), left, left);
    StreamPipeline<Tick, Tick> pipeline = pipeline(leftDay, two, new MemorySink<>())
        .source(new ListSource<>("right", right))
        .batch(1 + random.nextInt(30))
        .build();
    pipeline.run(new Cancellation());
    assertThat(pipeline.counters().late()).isZero();
    assertThat(two.payloads()).isEqualTo(one.payloads());
  }

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void whenACalendarDoesNotKnowTheDay_thenItsRecordsAreSetAside(@ForAll long seed) {
    Day day = day(new Random(seed));
    TradingCalendar later = TradingCalendar.of(
        List.of(Ticks.DAY.plusDays(1)), Ticks.DAY.plusDays(1), Ticks.DAY.plusDays(2));
    StreamSessions unknown = StreamSessions.of("later", later, date -> parts(new Random(1)));
    Day moved = new Day(day.spec(), unknown, day.inTime(), day.arriving());
    MemorySink<ClosedWindow> windows = new MemorySink<>();
    MemorySink<DeadLetter> dead = new MemorySink<>();
    pipeline(moved, windows, dead).build().run(new Cancellation());
    assertThat(windows.payloads()).isEmpty();
    assertThat(dead.payloads()).hasSize(day.arriving().size());
  }
}
