package io.qilin.mlops.tuning;

import java.util.SplittableRandom;

/** Seeds that hang on a study's seed and a trial's number only. The mixing is that of SplitMix64 (Steele, Lea and Flood 2014). */
final class Seeds {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  /** The seed that a trial is given. */
  static long ofTrial(long seed, int number) {
    return mix(mix(seed) + GOLDEN * (2L * number + 1));
  }

  /** What a trial's values are drawn from. */
  static SplittableRandom ofValues(long seed, int number) {
    return new SplittableRandom(mix(mix(seed) + GOLDEN * (2L * number + 2)));
  }

  /** Evenly from [0, 1). */
  static double unit(SplittableRandom random) {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
