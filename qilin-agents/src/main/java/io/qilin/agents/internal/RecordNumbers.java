package io.qilin.agents.internal;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Texts for the numbers that JSON has no number for, by their bits. */
public final class RecordNumbers {
  private static final String NAN = "NaN";
  private static final String NAN_BITS = "NaN:";

  private RecordNumbers() {}

  /** The text of a number. */
  public static String text(double value) {
    long bits = Double.doubleToRawLongBits(value);
    boolean unusual = Double.isNaN(value) && bits != Double.doubleToLongBits(value);
    return unusual ? NAN_BITS + String.format(Locale.ROOT, "%016x", bits) : Double.toString(value);
  }

  /** The number of a text; empty if it is not one of these texts. */
  public static Optional<Double> parse(String text) {
    return switch (text) {
      case NAN -> Optional.of(Double.NaN);
      case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      default ->
        text.matches("NaN:[0-9a-f]{16}")
            ? ofBits(text.substring(NAN_BITS.length()))
            : Optional.empty();
    };
  }

  /** Writes a member that is a number: as one where JSON has it, else as its text. */
  public static void write(JsonGenerator out, String name, double value) {
    if (Double.isFinite(value)) {
      out.writeNumberProperty(name, value);
    } else {
      out.writeStringProperty(name, text(value));
    }
  }

  private static Optional<Double> ofBits(String hex) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(hex, 16));
    return Optional.of(value).filter(found -> found.isNaN() && text(found).endsWith(hex));
  }
}
