package io.qilin.ops.metrics;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The line protocol of InfluxDB 1.x and 2.x, exactly: {@code name,tag=value field=1.5,count=2i 1700000000000000000}.
 *
 * <p>What the protocol cannot carry is written as {@code _}: control characters, line ends, unpaired surrogates and the
 * backslash in names, tags and field names, where InfluxDB has no escape for it; a first {@code #} of a name, as that is a
 * comment; the names {@code time}, {@code _field} and {@code _measurement} of tags and fields become {@code time_} and so on, as
 * InfluxDB drops or refuses them. An empty tag value is no tag. Texts of fields keep everything but unpaired surrogates and
 * NUL.
 */
public final class LineProtocol {
  private static final List<String> RESERVED = List.of("time", "_field", "_measurement");

  private LineProtocol() {}

  /**
   * One point as a line, without the end of the line.
   *
   * @throws QilinException INVALID_ARGUMENT if a field is not finite
   */
  public static String line(MeasuredPoint point) {
    StringBuilder out = new StringBuilder(128);
    String name = clean(point.name());
    escape(out, name.charAt(0) == '#' ? "_" + name.substring(1) : name, ", ");
    for (Map.Entry<String, String> tag : point.tags().entrySet()) {
      if (!tag.getValue().isEmpty()) {
        out.append(',');
        escape(out, key(tag.getKey()), ",= ");
        out.append('=');
        escape(out, clean(tag.getValue()), ",= ");
      }
    }
    char before = ' ';
    for (Map.Entry<String, FieldValue> field : point.fields().entrySet()) {
      out.append(before);
      escape(out, key(field.getKey()), ",= ");
      out.append('=');
      value(out, field.getKey(), field.getValue());
      before = ',';
    }
    return out.append(' ').append(nanos(point.time())).toString();
  }

  /** Lines of a batch, each with its end. */
  static String lines(List<MeasuredPoint> batch) {
    StringBuilder out = new StringBuilder(batch.size() * 128);
    batch.forEach(point -> out.append(line(point)).append('\n'));
    return out.toString();
  }

  /** Fits for every time that a point may have. */
  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }

  private static String key(String text) {
    String clean = clean(text);
    return RESERVED.contains(clean.toLowerCase(Locale.ROOT)) ? clean + "_" : clean;
  }

  private static void value(StringBuilder out, String name, FieldValue value) {
    if (value instanceof FieldValue.Decimal decimal) {
      if (!Double.isFinite(decimal.value())) {
        throw QilinException.invalid(
            "field " + QilinException.quote(name) + " is not finite: " + decimal.value());
      }
      out.append(decimal.value());
    } else if (value instanceof FieldValue.Whole whole) {
      out.append(whole.value()).append('i');
    } else if (value instanceof FieldValue.Truth truth) {
      out.append(truth.value());
    } else if (value instanceof FieldValue.Text text) {
      out.append('"');
      escape(out, paired(text.value()), "\"\\");
      out.append('"');
    }
  }

  private static void escape(StringBuilder out, String text, String special) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (special.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
  }

  /** Without what cannot be carried in a name or a tag. */
  private static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    paired(text)
        .codePoints()
        .map(c -> Character.isISOControl(c) || c == '\\' || c == 0x2028 || c == 0x2029 ? '_' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String paired(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? '_' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
