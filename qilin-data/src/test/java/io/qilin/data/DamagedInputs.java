package io.qilin.data;

import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.util.Map;

/**
 * Scenario F15 of the fault plan for one format: so many damaged inputs, the same ones for the same seed, each of which ends
 * in a value or a typed error. As often as one likes by {@code -Pfaults -Dscenario=F15 -Dn=100000 -Dseed=7}.
 */
public final class DamagedInputs {
  private DamagedInputs() {}

  /** Makes the damaged input of a number and reads it; throws an {@link AssertionError} for any other end. */
  @FunctionalInterface
  public interface Mutants {
    void run(long number) throws IOException;
  }

  /** The planted fault: a reader that takes a byte for an index, and nobody has checked it; valid inputs have one below 128. */
  public static void trust(byte[] bytes, int at) {
    int[] table = new int[128];
    table[bytes.length > at ? bytes[at] & 0xff : 0]++;
  }

  /** Reads them all, prints a line with the longest time, and returns how many there were. */
  public static int read(String format, int usual, Mutants mutants) throws IOException {
    FaultRun run = FaultRun.of("F15-" + format, usual);
    long longest = 0;
    for (int i = 0; i < run.n(); i++) {
      long start = System.nanoTime();
      mutants.run((run.seed() << 32) + i);
      longest = Math.max(longest, System.nanoTime() - start);
    }
    System.out.println(run.report(0, Map.of("longestMillis", longest / 1_000_000)));
    return run.n();
  }
}
