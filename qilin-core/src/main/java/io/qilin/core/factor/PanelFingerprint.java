package io.qilin.core.factor;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * A SHA-256 over a panel: adjustment, days, fields, and instrument by instrument its symbol, span and the bits of its
 * cells, all {@code NaN} taken as one. Texts are preceded by their length. Panels have the same fingerprint only if they
 * are equal.
 */
public final class PanelFingerprint {
  private final MessageDigest digest;

  private PanelFingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The fingerprint in 64 lower-case hex digits. */
  public static String of(Panel panel) {
    PanelFingerprint fingerprint = new PanelFingerprint();
    fingerprint.add(panel.adjustment().name());
    fingerprint.add(panel.days().size());
    for (LocalDate day : panel.days()) {
      fingerprint.add((int) day.toEpochDay());
    }
    fingerprint.add(panel.fields().size());
    panel.fields().forEach(field -> fingerprint.add(field.name()));
    fingerprint.add(panel.symbols().size());
    for (int i = 0; i < panel.symbols().size(); i++) {
      fingerprint.add(panel.symbols().get(i).toString());
      fingerprint.add(panel.firstRow(i));
      fingerprint.add(panel.endRow(i));
      for (Field field : panel.fields()) {
        fingerprint.add(panel.values(field, i));
      }
    }
    return HexFormat.of().formatHex(fingerprint.digest.digest());
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
  }

  private void add(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
  }

  private void add(double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
    for (double value : values) {
      buffer.putLong(Double.doubleToLongBits(value));
    }
    digest.update(buffer.flip());
  }
}
