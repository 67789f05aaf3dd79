package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.internal.Lengths;
import io.qilin.ops.internal.Nanos;
import io.qilin.ops.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows the business figures as gauges and reads them anew every minute on a thread of its own.
 *
 * <p>What is not known is NaN, and so is everything once it is older than {@code staleAfter}: an old accuracy must not pass for
 * the present one. A supplier that throws is counted and asked again after a pause; one that hangs makes {@link #health}
 * unhealthy. Start one at a time for a registry. Thread-safe.
 */
public final class BusinessMetrics implements AutoCloseable {
  private final MeterFamilies families;
  private final Supplier<BusinessFigures> supplier;
  private final LongSupplier ticker;
  private final Duration every;
  private final long staleNanos;
  private final Counter failures;
  private volatile @Nullable Known known;
  private final List<Gauge> gauges = new ArrayList<>();
  private @Nullable Worker worker;

  /** Figures and when they came, by the ticker. */
  private record Known(BusinessFigures figures, long at) {}

  private BusinessMetrics(Builder from) {
    this.families = from.metrics.families();
    this.supplier = from.supplier;
    this.ticker = from.ticker;
    this.every = from.every;
    this.staleNanos = from.staleAfter.toNanos();
    this.failures = families.counter(QilinMeter.BUSINESS_FAILURES);
  }

  /**
   * Gauges of what a supplier says.
   *
   * @param supplier asked on the thread of this; may block
   * @param ticker monotonic nanoseconds
   */
  public static Builder builder(
      QilinMetrics metrics, Supplier<BusinessFigures> supplier, LongSupplier ticker) {
    return new Builder(metrics, supplier, ticker);
  }

  private void begin(Duration longest) {
    show(
        QilinMeter.DAILY_RECOMMENDATIONS,
        figures -> figures.recommendations().isPresent()
            ? figures.recommendations().getAsLong()
            : Double.NaN);
    show(QilinMeter.PREDICTION_ACCURACY, figures -> figures.accuracy().orElse(Double.NaN));
    show(
        QilinMeter.PREDICTION_SAMPLE,
        figures ->
            figures.predictions().isPresent() ? figures.predictions().getAsLong() : Double.NaN);
    show(
        QilinMeter.TRADING_PROFIT,
        figures -> figures.profit().map(money -> money.yuan().doubleValue()).orElse(Double.NaN));
    show(
        QilinMeter.SYSTEM_LATENCY,
        figures -> figures
            .latency()
            .filter(time -> !time.isNegative())
            .map(time -> Nanos.of(time) / 1e6)
            .orElse(Double.NaN));
    worker = Worker.start("qilin-business-metrics", this::refresh, ticker, longest);
  }

  private void show(QilinMeter meter, ToDoubleFunction<BusinessFigures> figure) {
    gauges.add(families.gauge(meter, () -> figure.applyAsDouble(current())));
  }

  private BusinessFigures current() {
    Known now = known;
    return now == null || ticker.getAsLong() - now.at() > staleNanos
        ? BusinessFigures.UNKNOWN
        : now.figures();
  }

  /** One reading. */
  Duration refresh() {
    try {
      BusinessFigures figures = Objects.requireNonNull(supplier.get(), "figures");
      refuse(figures);
      known = new Known(figures, ticker.getAsLong());
      return every;
    } catch (RuntimeException | Error e) {
      failures.increment();
      throw e;
    }
  }

  private void refuse(BusinessFigures figures) {
    if (!Double.isFinite(figures.accuracy().orElse(0))) {
      families.refused(QilinMeter.PREDICTION_ACCURACY);
    }
    if (figures.latency().map(Duration::isNegative).orElse(false)) {
      families.refused(QilinMeter.SYSTEM_LATENCY);
    }
  }

  /** Of the thread, with the age of the figures; DEGRADED while they are too old. */
  public HealthResult health() {
    Known now = known;
    HealthResult thread = Objects.requireNonNull(worker, "worker").health();
    if (now == null) {
      return thread.with("age-seconds", "none yet");
    }
    long age = ticker.getAsLong() - now.at();
    HealthResult result = age > staleNanos && thread.reason().isEmpty()
        ? HealthResult.degraded("the business figures are too old")
        : thread;
    return result.with("age-seconds", Duration.ofNanos(age).toSeconds());
  }

  /** Ends the thread and takes the gauges out of the registry, so that another can be started. */
  @Override
  public void close() {
    Objects.requireNonNull(worker, "worker").close();
    gauges.forEach(families.registry()::remove);
  }

  /** What may be set otherwise. For one thread. */
  public static final class Builder {
    private final QilinMetrics metrics;
    private final Supplier<BusinessFigures> supplier;
    private final LongSupplier ticker;
    private Duration every = Duration.ofSeconds(60);
    private Duration longest = Duration.ofSeconds(30);
    private Duration staleAfter = Duration.ofMinutes(3);

    private Builder(QilinMetrics metrics, Supplier<BusinessFigures> supplier, LongSupplier ticker) {
      this.metrics = Objects.requireNonNull(metrics, "metrics");
      this.supplier = Objects.requireNonNull(supplier, "supplier");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /** Time between two readings; 60 s unless set. */
    public Builder every(Duration pause) {
      every = Lengths.positive(pause, "every");
      return this;
    }

    /** A reading that lasts longer is a hanging one; 30 s unless set. */
    public Builder longest(Duration reading) {
      longest = Lengths.positive(reading, "longest");
      return this;
    }

    /** Older figures are not shown; 3 min unless set. */
    public Builder staleAfter(Duration age) {
      staleAfter = Lengths.positive(age, "staleAfter");
      return this;
    }

    /**
     * Registers the gauges and begins to read.
     *
     * @throws QilinException INVALID_CONFIGURATION if figures would be too old before they are read again
     */
    public BusinessMetrics start() {
      if (staleAfter.compareTo(every) <= 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "staleAfter must be longer than every, was " + staleAfter + " and " + every);
      }
      BusinessMetrics made = new BusinessMetrics(this);
      made.begin(longest);
      return made;
    }
  }
}
