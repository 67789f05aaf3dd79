package io.qilin.mlops.abtest;

import io.qilin.mlops.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Objects;

/**
 * Who gets which arm: the same symbol on the same date always the same, in every process. The first 53 bits of SHA-256 over
 * salt, test, symbol and date, each with its length before it, are a number in [0, 1) that falls into the share of an arm.
 * Immutable and safe to share.
 */
final class Split {
  private static final double UNIT = 0x1p-53;

  private final AbTestPlan plan;
  private final double[] upTo;

  Split(AbTestPlan plan) {
    this.plan = plan;
    this.upTo = new double[plan.arms().size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += plan.share(i);
      upTo[i] = sum;
    }
  }

  /** The place of the arm. */
  int place(String symbol, LocalDate date) {
    Objects.requireNonNull(symbol, "symbol");
    MessageDigest digest = Sha256.digest();
    feed(digest, plan.salt());
    feed(digest, plan.id());
    feed(digest, symbol);
    feed(digest, date.toString());
    double drawn = (ByteBuffer.wrap(digest.digest()).getLong() >>> 11) * UNIT;
    int place = 0;
    while (place < upTo.length - 1 && drawn >= upTo[place]) {
      place++;
    }
    return place;
  }

  private static void feed(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
