package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * How a model is run.
 *
 * @param nanoClock a clock that only goes forward, in nanoseconds, for deadlines: {@code System::nanoTime}
 * @param limits what a model may be
 * @param concurrency calls that run at once, each with buffers of its own, 1 to 64; 2 unless set. Further callers wait
 * @param threads threads that ONNX Runtime uses for one call, 1 to 64; 1 unless set, which is the caller's own. Above 1, ONNX
 *     Runtime owns the others until the model is closed
 * @param deadline the longest that a call may take, waiting included; 1 second unless set
 * @param watch looks every quarter of a deadline (5 to 250 ms) whether a call is late and stops it within ONNX Runtime;
 *     without it a late call is stopped only between its chunks of rows. None unless set; it is the host's and must outlive
 *     the model
 * @param output the name of the output to read; the last fitting one unless set
 * @param column which of several columns of the output is the score, from 0; the last unless set, as a classifier of two
 *     classes has the probability of the second there
 */
public record OnnxOptions(
    LongSupplier nanoClock,
    OnnxLimits limits,
    int concurrency,
    int threads,
    Duration deadline,
    Optional<ScheduledExecutorService> watch,
    Optional<String> output,
    OptionalInt column) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_ARGUMENT naming the setting
   */
  public OnnxOptions {
    Objects.requireNonNull(nanoClock, "nanoClock");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(watch, "watch");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(column, "column");
    if (concurrency < 1 || concurrency > 64 || threads < 1 || threads > 64) {
      throw QilinException.invalid(
          "a model runs 1 to 64 calls at once with 1 to 64 threads each, not " + concurrency
              + " and " + threads);
    }
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "the deadline of a call is above 0 and at most a day, was " + deadline);
    }
    if (column.isPresent() && column.getAsInt() < 0) {
      throw QilinException.invalid("columns count from 0, was " + column.getAsInt());
    }
  }

  /** Starts options with a clock that only goes forward, in nanoseconds. */
  public static Builder builder(LongSupplier nanoClock) {
    return new Builder(nanoClock);
  }

  /** Collects options. */
  public static final class Builder {
    private final LongSupplier nanoClock;
    private OnnxLimits limits = OnnxLimits.DEFAULT;
    private int concurrency = 2;
    private int threads = 1;
    private Duration deadline = Duration.ofSeconds(1);
    private Optional<ScheduledExecutorService> watch = Optional.empty();
    private Optional<String> output = Optional.empty();
    private OptionalInt column = OptionalInt.empty();

    private Builder(LongSupplier nanoClock) {
      this.nanoClock = nanoClock;
    }

    /** See {@link OnnxOptions#limits}. */
    public Builder limits(OnnxLimits value) {
      limits = value;
      return this;
    }

    /** See {@link OnnxOptions#concurrency}. */
    public Builder concurrency(int calls) {
      concurrency = calls;
      return this;
    }

    /** See {@link OnnxOptions#threads}. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /** See {@link OnnxOptions#deadline}. */
    public Builder deadline(Duration value) {
      deadline = value;
      return this;
    }

    /** See {@link OnnxOptions#watch}. */
    public Builder watch(ScheduledExecutorService scheduler) {
      watch = Optional.of(scheduler);
      return this;
    }

    /** See {@link OnnxOptions#output}. */
    public Builder output(String name) {
      output = Optional.of(name);
      return this;
    }

    /** See {@link OnnxOptions#column}. */
    public Builder column(int index) {
      column = OptionalInt.of(index);
      return this;
    }

    /**
     * The options.
     *
     * @throws QilinException INVALID_ARGUMENT naming the setting that is out of range
     */
    public OnnxOptions build() {
      return new OnnxOptions(
          nanoClock, limits, concurrency, threads, deadline, watch, output, column);
    }
  }
}
