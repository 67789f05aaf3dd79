package io.qilin.ops.logging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of calls that took long: once for each, when it has ended, with its name, how long it took and how it ended.
 *
 * <p>There are at most so many warnings a minute; the next one says how many were left out. All slow calls are counted, as the
 * meter {@code qilin.log.slow.calls} too. A call that never ends is not seen. Safe for use by several threads.
 */
public final class SlowCalls implements MeterBinder {
  private static final Logger LOG = LoggerFactory.getLogger(SlowCalls.class);

  private final LongSupplier ticker;
  private final long thresholdNanos;
  private final AtomicLong slow = new AtomicLong();
  private final AtomicLong untold = new AtomicLong();
  private final LogRate warnings;

  private SlowCalls(Builder builder) {
    this.ticker = builder.ticker;
    this.thresholdNanos = builder.threshold.toNanos();
    this.warnings = LogRate.of(
        builder.warningsPerMinute,
        Duration.ofMinutes(1),
        builder.warningsPerMinute,
        ticker.getAsLong());
  }

  /**
   * Sets one up.
   *
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static Builder builder(LongSupplier ticker) {
    return new Builder(ticker);
  }

  /** Work that gives a value and may throw an exception of a kind. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /**
   * Does the work and watches it.
   *
   * @param name of the call, for example {@code registry.promote}; without personal data
   * @return what the work gave
   * @throws E what the work threw
   */
  public <T extends @Nullable Object, E extends Exception> T call(String name, Work<T, E> work)
      throws E {
    Objects.requireNonNull(name, "name");
    long start = ticker.getAsLong();
    String outcome = "an error";
    try {
      T result = work.run();
      outcome = "a result";
      return result;
    } catch (Exception e) {
      outcome = e instanceof QilinException ours
          ? "QILIN-" + ours.code().number()
          : e.getClass().getSimpleName();
      throw e;
    } finally {
      ended(name, ticker.getAsLong() - start, outcome);
    }
  }

  /** Does the work and watches it. */
  public void run(String name, Runnable work) {
    Work<Boolean, RuntimeException> same = () -> {
      work.run();
      return true;
    };
    call(name, same);
  }

  private void ended(String name, long nanos, String outcome) {
    if (nanos <= thresholdNanos) {
      return;
    }
    slow.incrementAndGet();
    if (!warnings.take(ticker.getAsLong())) {
      untold.incrementAndGet();
      return;
    }
    long others = untold.getAndSet(0);
    LOG.warn(
        "the call {} took {} ms and ended with {}{}",
        QilinException.quote(name),
        nanos / 1_000_000,
        outcome,
        others == 0 ? "" : "; " + others + " other slow calls were not told");
  }

  /** How many calls were slow. */
  public long slow() {
    return slow.get();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("qilin.log.slow.calls", this, SlowCalls::slow)
        .description("Calls that took longer than the threshold")
        .register(registry);
  }

  /** Sets up the watching of calls. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final LongSupplier ticker;
    private Duration threshold = Duration.ofSeconds(1);
    private int warningsPerMinute = 60;

    private Builder(LongSupplier ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /**
     * A call that takes longer is slow; 1 s unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if negative or above 365 days
     */
    public Builder threshold(Duration longest) {
      if (longest.isNegative() || longest.compareTo(LONGEST) > 0) {
        throw QilinException.invalid("the threshold is 0 to 365 days, was " + longest);
      }
      threshold = longest;
      return this;
    }

    /**
     * The most warnings in any minute; 60 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT outside 1 to 60,000
     */
    public Builder warningsPerMinute(int most) {
      if (most < 1 || most > 60_000) {
        throw QilinException.invalid("1 to 60,000 warnings a minute, was " + most);
      }
      warningsPerMinute = most;
      return this;
    }

    /** The watcher. */
    public SlowCalls build() {
      return new SlowCalls(this);
    }
  }
}
