package io.qilin.core.backtest;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.PanelFingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/**
 * A SHA-256 over what a run of Qlib's mode read: the panel's fingerprint, the shares that have
 * scores, and day by day the date and the bits of the scores, all {@code NaN} taken as one.
 */
final class RunDigest {
  private final MessageDigest digest;

  RunDigest(Panel panel, List<Symbol> symbols) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    digest.update(PanelFingerprint.of(panel).getBytes(StandardCharsets.UTF_8));
    symbols.forEach(symbol -> digest.update((symbol + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  void add(LocalDate day, double[] scores) {
    ByteBuffer buffer = ByteBuffer.allocate((scores.length + 1) * Double.BYTES);
    buffer.putLong(day.toEpochDay());
    for (double score : scores) {
      buffer.putLong(Double.doubleToLongBits(score));
    }
    digest.update(buffer.flip());
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
