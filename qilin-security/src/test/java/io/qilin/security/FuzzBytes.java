package io.qilin.security;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Takes bytes apart, in the way of a fuzzer's data: what is used up is empty, zero or false. */
public final class FuzzBytes {
  private final byte[] data;
  private int at;

  public FuzzBytes(byte[] data) {
    this.data = data;
  }

  /** The bytes from which these are drawn in this order: numbers, texts, and bytes as what is left. */
  public static byte[] of(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer number) {
        write(out, number);
      } else if (part instanceof String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(out, bytes.length);
        out.writeBytes(bytes);
      } else {
        out.writeBytes((byte[]) part);
      }
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int number) {
    out.write(number >>> 8);
    out.write(number);
  }

  public boolean yes() {
    return (number(1) & 1) == 1;
  }

  /** A number from 0 to bound, at most 65,535. */
  public int number(int bound) {
    int drawn = next() << 8 | next();
    return drawn % (bound + 1);
  }

  private int next() {
    return at < data.length ? data[at++] & 0xff : 0;
  }

  /** At most so many bytes. */
  public byte[] bytes(int most) {
    int length = Math.min(number(most), data.length - at);
    byte[] taken = Arrays.copyOfRange(data, at, at + length);
    at += length;
    return taken;
  }

  /** At most so many bytes, as text. */
  public String text(int most) {
    return new String(bytes(most), StandardCharsets.UTF_8);
  }

  public byte[] rest() {
    byte[] taken = Arrays.copyOfRange(data, at, data.length);
    at = data.length;
    return taken;
  }

  /** What a usual build does instead of a fuzzer: some random inputs, and each seed as it is and with some of its bytes changed. */
  public static void shortRun(int runs, List<byte[]> seeds, Consumer<byte[]> fuzz) {
    Random random = new Random(7);
    fuzz.accept(new byte[0]);
    seeds.forEach(fuzz);
    for (int run = 0; run < runs; run++) {
      byte[] good = seeds.get(run % seeds.size());
      byte[] drawn = new byte[random.nextInt(300)];
      random.nextBytes(drawn);
      fuzz.accept(drawn);
      byte[] changed = Arrays.copyOf(good, Math.max(0, good.length - random.nextInt(3)));
      for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      fuzz.accept(changed);
    }
  }
}
