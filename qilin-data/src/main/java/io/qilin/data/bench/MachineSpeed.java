package io.qilin.data.bench;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What one core of this machine does in plain loops of the JVM: the floor under any computation beside the write floor of
 * {@link Yardstick}. Each figure is the best of several short passes; all take about half a second.
 *
 * <p>The arithmetic loops work on arrays that lie in the first cache and do {@value #STEPS} dependent operations on each
 * element; elements are independent, so the JIT compiler uses vectors.
 *
 * @param copyGigabytes copying from memory to memory, bytes read and written, in 10<sup>9</sup> bytes a second
 * @param fmaGigaflops fused multiply-adds of doubles, two operations each, in 10<sup>9</sup> a second; far lower where the
 *     processor lacks the instruction
 * @param addGigaflops additions of doubles, in 10<sup>9</sup> a second
 * @param divideGigaflops divisions of doubles, in 10<sup>9</sup> a second; machines differ most in them
 */
public record MachineSpeed(
    double copyGigabytes, double fmaGigaflops, double addGigaflops, double divideGigaflops) {
  private static final int PASSES = 12;
  private static final int COPIED = 8 << 20;
  private static final int CACHED = 1024;
  private static final int REPEATS = 2000;
  private static final int STEPS = 16;

  /**
   * Measures.
   *
   * @param nanoTime a clock in nanoseconds from any origin that does not go back
   */
  public static MachineSpeed measure(LongSupplier nanoTime) {
    Objects.requireNonNull(nanoTime, "nanoTime");
    double[] from = new double[COPIED];
    double[] to = new double[COPIED];
    Timings copies = Timings.measure(PASSES, nanoTime, () -> copy(from, to));
    double[] some = new double[CACHED];
    Timings fmas = Timings.measure(PASSES, nanoTime, () -> repeat(some, MachineSpeed::fma));
    Timings adds = Timings.measure(PASSES, nanoTime, () -> repeat(some, MachineSpeed::add));
    double[] ordinary = new double[CACHED];
    Arrays.fill(ordinary, 1.25);
    Timings divisions =
        Timings.measure(PASSES, nanoTime, () -> repeat(ordinary, MachineSpeed::divide));
    double steps = (double) CACHED * REPEATS * STEPS;
    return new MachineSpeed(
        perSecond(16.0 * COPIED, copies),
        perSecond(2 * steps, fmas),
        perSecond(steps, adds),
        perSecond(steps, divisions));
  }

  /** In 10<sup>9</sup>. */
  private static double perSecond(double amount, Timings timings) {
    return amount / Math.max(timings.minMs(), 1e-6) / 1e6;
  }

  private static void copy(double[] from, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i];
    }
  }

  private static void repeat(double[] values, Loop loop) {
    for (int n = 0; n < REPEATS; n++) {
      loop.run(values);
    }
  }

  private static void fma(double[] values) {
    for (int i = 0; i < values.length; i++) {
      double x = values[i];
      x = Math.fma(x, 0.5, 1);
      x = Math.fma(x, 0.5, 2);
      x = Math.fma(x, 0.5, 3);
      x = Math.fma(x, 0.5, 4);
      x = Math.fma(x, 0.5, 5);
      x = Math.fma(x, 0.5, 6);
      x = Math.fma(x, 0.5, 7);
      x = Math.fma(x, 0.5, 8);
      x = Math.fma(x, 0.5, 1);
      x = Math.fma(x, 0.5, 2);
      x = Math.fma(x, 0.5, 3);
      x = Math.fma(x, 0.5, 4);
      x = Math.fma(x, 0.5, 5);
      x = Math.fma(x, 0.5, 6);
      x = Math.fma(x, 0.5, 7);
      values[i] = Math.fma(x, 0.5, 8);
    }
  }

  private static void add(double[] values) {
    for (int i = 0; i < values.length; i++) {
      double x = values[i];
      x = x + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8;
      values[i] = x - 1 - 2 - 3 - 4 - 5 - 6 - 7 - 8;
    }
  }

  private static void divide(double[] values) {
    for (int i = 0; i < values.length; i++) {
      double x = values[i];
      x = 3 / (5 / (3 / (5 / (3 / (5 / (3 / (5 / x)))))));
      values[i] = 5 / (3 / (5 / (3 / (5 / (3 / (5 / (3 / x)))))));
    }
  }

  /** One pass over an array. */
  @FunctionalInterface
  private interface Loop {
    void run(double[] values);
  }
}
