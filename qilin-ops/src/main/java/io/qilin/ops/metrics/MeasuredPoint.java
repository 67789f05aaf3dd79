package io.qilin.ops.metrics;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One measurement for a store of time series. Immutable.
 *
 * @param name what was measured, 1 to 256 characters
 * @param tags by which it is looked up, at most 32, sorted; few different values each
 * @param fields what was found, 1 to 64, sorted
 * @param time when, from 1678 to 2262
 */
public record MeasuredPoint(
    String name, Map<String, String> tags, Map<String, FieldValue> fields, Instant time) {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_TEXT = 4_096;
  private static final int MOST_TAGS = 32;
  private static final int MOST_FIELDS = 64;
  private static final Instant EARLIEST = Instant.parse("1678-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT beyond the limits
   */
  public MeasuredPoint {
    name(name);
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    Objects.requireNonNull(time, "time");
    if (tags.size() > MOST_TAGS || fields.isEmpty() || fields.size() > MOST_FIELDS) {
      throw QilinException.invalid("a point has at most " + MOST_TAGS + " tags and 1 to "
          + MOST_FIELDS + " fields, was " + tags.size() + " and " + fields.size());
    }
    tags.forEach((key, value) -> {
      name(key);
      text(value, LONGEST_NAME);
    });
    fields.forEach((key, value) -> {
      name(key);
      if (Objects.requireNonNull(value, "field") instanceof FieldValue.Text text) {
        text(text.value(), LONGEST_TEXT);
      }
    });
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw QilinException.invalid(
          "a point's time lies between " + EARLIEST + " and " + LATEST + ", was " + time);
    }
  }

  /** A point with one number. */
  public static MeasuredPoint of(
      String name, Map<String, String> tags, double value, Instant time) {
    return new MeasuredPoint(name, tags, Map.of("value", FieldValue.of(value)), time);
  }

  private static void name(String text) {
    if (text.isEmpty()) {
      throw QilinException.invalid("names of points, tags and fields are not empty");
    }
    text(text, LONGEST_NAME);
  }

  private static void text(String text, int longest) {
    if (text.length() > longest) {
      throw QilinException.invalid("a text of a point has at most " + longest
          + " characters here, was " + QilinException.quote(text));
    }
  }
}
