package io.qilin.data.demo;

/**
 * A stream of random numbers that is the same on every machine.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014)
 * in 64-bit integer arithmetic. No method calls a mathematical library whose last bit may differ between platforms:
 * a normal deviate is a binomial one, the number of ones among 64 random bits, smoothed by a triangular deviate, so that
 * it has mean 0, variance 1, and no value beyond 8.3. Not safe for use by several threads.
 */
final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TO_UNIT = 0x1p-53;
  private static final double TO_UNIT_24 = 0x1p-24;

  /** 1 / sqrt(16 + 1/6): the variance of 64 fair bits is 16, that of the triangular deviate 1/6. */
  private static final double TO_STANDARD = 0.24870800168690346;

  private long state;

  private SeededRandom(long state) {
    this.state = state;
  }

  /**
   * One of many independent streams of a seed.
   *
   * @param seed the caller's seed
   * @param stream which stream
   */
  static SeededRandom of(long seed, long stream) {
    return new SeededRandom(mix(mix(seed + GOLDEN_GAMMA) + stream * GOLDEN_GAMMA));
  }

  /** The finishing rounds of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Number {@code place} of the plain SplitMix64 stream of a seed, without the numbers before it.
   *
   * @return uniform in [0, 1)
   */
  static double unit(long seed, long place) {
    return (mix(seed + (place + 1) * GOLDEN_GAMMA) >>> 11) * TO_UNIT;
  }

  private long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * TO_UNIT;
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** Uniform in {@code [low, high]}, both whole. */
  int between(int low, int high) {
    return low + (int) (((next() >>> 32) * (high - low + 1L)) >>> 32);
  }

  /** True with the given probability. */
  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Close to a standard normal deviate. */
  double normal() {
    int ones = Long.bitCount(next());
    long smooth = next();
    double triangular = ((smooth >>> 40) - (smooth & 0xFFFFFF)) * TO_UNIT_24;
    return (ones - 32 + triangular) * TO_STANDARD;
  }
}
