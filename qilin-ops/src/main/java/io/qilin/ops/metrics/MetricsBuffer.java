package io.qilin.ops.metrics;

import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.internal.Lengths;
import io.qilin.ops.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects points and writes them to a sink in batches, on a thread of its own: a slow or absent store holds up nobody.
 *
 * <p>A batch goes out when it is full or after {@code every}. One that fails is tried again after pauses from 100 ms on, up to
 * {@code attempts} times, then it is lost. When the memory is full the oldest point is forgotten, as the newest says more of the
 * present. All of that is counted in {@link #status}. Thread-safe.
 */
public final class MetricsBuffer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsBuffer.class);

  private final MetricsSink sink;
  private final PointQueue queue;
  private final Duration every;
  private final Duration closeWithin;
  private @Nullable Worker worker;

  private MetricsBuffer(Builder from) {
    this.sink = from.sink;
    this.queue = new PointQueue(from.capacity, from.batchSize, from.attempts);
    this.every = from.every;
    this.closeWithin = from.closeWithin;
  }

  /**
   * A buffer in front of a sink.
   *
   * @param ticker monotonic nanoseconds
   */
  public static Builder builder(MetricsSink sink, LongSupplier ticker) {
    return new Builder(sink, ticker);
  }

  /**
   * Takes a point, without its fields that are not finite. Never blocks on the sink.
   *
   * @return false if it is not kept: nothing of it was finite, the buffer is closed, or all its room is being written
   */
  public boolean offer(MeasuredPoint point) {
    MeasuredPoint finite = finite(point);
    PointQueue.Taken taken = finite == null ? queue.refuse() : queue.offer(finite);
    if (taken == PointQueue.Taken.FULL) {
      worker().wake();
    }
    return taken != PointQueue.Taken.NO;
  }

  /** Has what waits written soon, full batch or not. */
  public void flush() {
    worker().wake();
  }

  private static @Nullable MeasuredPoint finite(MeasuredPoint point) {
    boolean all = point.fields().values().stream().allMatch(MetricsBuffer::finite);
    if (all) {
      return point;
    }
    Map<String, FieldValue> kept = new TreeMap<>(point.fields());
    kept.values().removeIf(value -> !finite(value));
    return kept.isEmpty()
        ? null
        : new MeasuredPoint(point.name(), point.tags(), kept, point.time());
  }

  private static boolean finite(FieldValue value) {
    return !(value instanceof FieldValue.Decimal decimal) || Double.isFinite(decimal.value());
  }

  /** Writes one batch, the failed one first. */
  private Duration step() throws InterruptedException {
    List<MeasuredPoint> next = queue.next();
    if (next.isEmpty()) {
      return every;
    }
    try {
      sink.write(next);
    } catch (RuntimeException | Error e) {
      boolean again = e instanceof QilinException known && known.code().retryable();
      if (queue.failed(again)) {
        LOG.debug("a batch is lost at the end", e);
        return Duration.ZERO;
      }
      throw e;
    }
    return queue.wrote() ? Duration.ZERO : every;
  }

  /** What became of the points so far. */
  public BufferStatus status() {
    return queue.status();
  }

  /** Of the thread, with the counts: DEGRADED while the sink fails, UNHEALTHY while it hangs. */
  public HealthResult health() {
    BufferStatus now = status();
    return worker()
        .health()
        .with("waiting", now.waiting())
        .with("written", now.written())
        .with("overflowed", now.overflowed())
        .with("lost", now.lost());
  }

  /** Takes no more points, writes what waits for up to {@code closeWithin} and counts the rest as lost. */
  @Override
  public void close() {
    queue.seal();
    worker().wake();
    boolean interrupted = false;
    try {
      queue.drain(closeWithin);
    } catch (InterruptedException e) {
      // Whoever closes is in a hurry: what waits is lost, and the caller has the interrupt back
      // after the end.
      interrupted = true;
    }
    worker().close();
    queue.abandon();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Worker worker() {
    return Objects.requireNonNull(worker, "worker");
  }

  /** What may be set otherwise. For one thread. */
  public static final class Builder {
    private final MetricsSink sink;
    private final LongSupplier ticker;
    private int capacity = 10_000;
    private int batchSize = 1_000;
    private int attempts = 5;
    private Duration every = Duration.ofSeconds(10);
    private Duration longestWrite = Duration.ofSeconds(30);
    private Duration closeWithin = Duration.ofSeconds(5);

    private Builder(MetricsSink sink, LongSupplier ticker) {
      this.sink = Objects.requireNonNull(sink, "sink");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /** Points in memory; 10,000 unless set, at most 1,000,000. */
    public Builder capacity(int most) {
      capacity = Lengths.within(most, 1_000_000, "capacity");
      return this;
    }

    /** Points of a full batch; 1,000 unless set, at most 10,000 and the capacity. */
    public Builder batchSize(int size) {
      batchSize = Lengths.within(size, 10_000, "batchSize");
      return this;
    }

    /** How often a batch is tried before it is lost; 5 unless set, at most 100. */
    public Builder attempts(int most) {
      attempts = Lengths.within(most, 100, "attempts");
      return this;
    }

    /** Time after which a batch that is not full goes out; 10 s unless set. */
    public Builder every(Duration pause) {
      every = Lengths.withinADay(pause, "every");
      return this;
    }

    /** A write that lasts longer makes the buffer unhealthy; 30 s unless set. */
    public Builder longestWrite(Duration time) {
      longestWrite = Lengths.withinADay(time, "longestWrite");
      return this;
    }

    /** How long closing waits for the sink; 5 s unless set. */
    public Builder closeWithin(Duration time) {
      closeWithin = Lengths.withinADay(time, "closeWithin");
      return this;
    }

    /** Starts the thread. */
    public MetricsBuffer start() {
      batchSize = Math.min(batchSize, capacity);
      MetricsBuffer made = new MetricsBuffer(this);
      made.worker = Worker.start("qilin-metrics-buffer", made::step, ticker, longestWrite);
      return made;
    }
  }
}
