package io.qilin.ops.logging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of all lines, exactly: for each level, offered = written + sampled + dropped + {@link #waiting}. An appender of any back end
 * can keep it.
 *
 * <p>As meters: {@code qilin.log.events} with the tags {@code level} and {@code outcome}. The registry does not keep the account
 * alive; its appender does. Safe for use by several threads.
 */
public final class LogAccount implements MeterBinder {
  private static final LogLevel[] LEVELS = LogLevel.values();
  private static final LogOutcome[] OUTCOMES = LogOutcome.values();

  /** Never changed after this, so any thread may read. */
  private final Map<LogLevel, LongAdder> offered = new EnumMap<>(LogLevel.class);

  private final Map<LogOutcome, Map<LogLevel, LongAdder>> settled = new EnumMap<>(LogOutcome.class);

  /** An account with nothing in it. */
  public LogAccount() {
    fill(offered);
    for (LogOutcome outcome : OUTCOMES) {
      Map<LogLevel, LongAdder> counts = new EnumMap<>(LogLevel.class);
      fill(counts);
      settled.put(outcome, counts);
    }
  }

  private static void fill(Map<LogLevel, LongAdder> counts) {
    for (LogLevel level : LEVELS) {
      counts.put(level, new LongAdder());
    }
  }

  /** Counts a line that came. */
  public void receive(LogLevel level) {
    adder(offered, level).increment();
  }

  /** Counts what became of a line that came. */
  public void book(LogLevel level, LogOutcome outcome) {
    adder(ofOutcome(outcome), level).increment();
  }

  private Map<LogLevel, LongAdder> ofOutcome(LogOutcome outcome) {
    return Objects.requireNonNull(settled.get(outcome), "outcome");
  }

  private static LongAdder adder(Map<LogLevel, LongAdder> counts, LogLevel level) {
    return Objects.requireNonNull(counts.get(level), "level");
  }

  /** How many lines of a level came. */
  public long offered(LogLevel level) {
    return adder(offered, level).sum();
  }

  /** What became of how many lines of a level. */
  public long count(LogLevel level, LogOutcome outcome) {
    return adder(ofOutcome(outcome), level).sum();
  }

  /** What became of how many lines of all levels. */
  public long count(LogOutcome outcome) {
    long sum = 0;
    for (LogLevel level : LEVELS) {
      sum += count(level, outcome);
    }
    return sum;
  }

  /** How many lines of all levels came. */
  public long offered() {
    return offered.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many lines of a level came and are not settled yet; exact while none comes. */
  public long waiting(LogLevel level) {
    // What is settled is read first: a line that comes meanwhile must not make this negative.
    long sum = 0;
    for (LogOutcome outcome : OUTCOMES) {
      sum += count(level, outcome);
    }
    return offered(level) - sum;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (LogLevel level : LEVELS) {
      for (LogOutcome outcome : OUTCOMES) {
        FunctionCounter.builder("qilin.log.events", this, account -> account.count(level, outcome))
            .description("Log lines by what became of them")
            .tag("level", level.tag())
            .tag("outcome", outcome.tag())
            .register(registry);
      }
    }
  }
}
