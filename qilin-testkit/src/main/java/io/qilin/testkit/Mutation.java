package io.qilin.testkit;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Damages the bytes of a valid file the way disks, networks and attackers do: flipped bits, other bytes, cuts, pieces that
 * are moved, doubled or lost, and numbers that say something else. The same seed gives the same damage.
 */
public final class Mutation {
  private static final long[] NUMBERS = {
    -1,
    0,
    1,
    7,
    127,
    128,
    255,
    65_536,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private Mutation() {}

  /**
   * A damaged copy, which may by chance be the same.
   *
   * @param valid at least one byte
   * @param random where the damage comes from
   */
  public static byte[] of(byte[] valid, SplittableRandom random) {
    byte[] bytes = valid.clone();
    for (int faults = 1 + random.nextInt(3); faults > 0 && bytes.length > 0; faults--) {
      bytes = fault(bytes, random);
    }
    return bytes;
  }

  private static byte[] fault(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> number(bytes, at, random);
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(16));
        return joined(bytes, at, bytes, to, bytes.length);
      }
      case 5 -> {
        int from = Math.max(0, at - 1 - random.nextInt(64));
        return joined(bytes, at, bytes, from, bytes.length);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(1, 64), bytes.length - Math.max(from, at));
        System.arraycopy(bytes.clone(), from, bytes, at, length);
      }
    }
    return bytes;
  }

  /** Puts a number of 4 or 8 bytes, or one of seven bits a byte. */
  private static void number(byte[] bytes, int at, SplittableRandom random) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    boolean sevens = random.nextBoolean();
    int width = sevens ? 10 : random.nextBoolean() ? 4 : 8;
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      long rest = sevens ? number >>> (7 * i) : number >>> (8 * i);
      boolean more = sevens && rest >>> 7 != 0;
      bytes[at + i] = (byte) (sevens ? (rest & 0x7f) | (more ? 0x80 : 0) : rest);
      if (sevens && !more) {
        return;
      }
    }
  }

  private static byte[] joined(byte[] head, int length, byte[] tail, int from, int to) {
    byte[] all = Arrays.copyOf(head, length + to - from);
    System.arraycopy(tail, from, all, length, to - from);
    return all;
  }
}
