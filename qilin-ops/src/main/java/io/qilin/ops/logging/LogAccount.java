package io.qilin.ops.logging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Arrays;
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

  private final LongAdder[] offered = adders(LEVELS.length);
  private final LongAdder[] outcomes = adders(LEVELS.length * OUTCOMES.length);

  /** An account with nothing in it. */
  public LogAccount() {}

  private static LongAdder[] adders(int count) {
    LongAdder[] adders = new LongAdder[count];
    Arrays.setAll(adders, i -> new LongAdder());
    return adders;
  }

  /** Counts a line that came. */
  public void offer(LogLevel level) {
    offered[level.ordinal()].increment();
  }

  /** Counts what became of a line that came. */
  public void settle(LogLevel level, LogOutcome outcome) {
    adder(level, outcome).increment();
  }

  private LongAdder adder(LogLevel level, LogOutcome outcome) {
    return outcomes[level.ordinal() * OUTCOMES.length + outcome.ordinal()];
  }

  /** How many lines of a level came. */
  public long offered(LogLevel level) {
    return offered[level.ordinal()].sum();
  }

  /** What became of how many lines of a level. */
  public long count(LogLevel level, LogOutcome outcome) {
    return adder(level, outcome).sum();
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
    return Arrays.stream(offered).mapToLong(LongAdder::sum).sum();
  }

  /** How many lines of a level came and are not settled yet; exact while none comes. */
  public long waiting(LogLevel level) {
    // What is settled is read first: a line that comes meanwhile must not make this negative.
    long settled = 0;
    for (LogOutcome outcome : OUTCOMES) {
      settled += count(level, outcome);
    }
    return offered(level) - settled;
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
