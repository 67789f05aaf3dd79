package io.qilin.api.model;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What texts and times of experiments may be. */
final class TrackingText {
  static final int MOST_NAME = 500;
  static final int MOST_VALUE = 65_536;
  private static final int MOST_KEY = 250;
  private static final int MOST_SEGMENT = 128;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}_./: -]+");
  private static final Pattern SEGMENT =
      Pattern.compile("[^\\\\/:*?\"<>|\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  private TrackingText() {}

  /** A key of a param, metric or tag. */
  static String key(String key) {
    Objects.requireNonNull(key, "key");
    if (key.length() > MOST_KEY || !KEY.matcher(key).matches() || crooked(key)) {
      throw QilinException.invalid("a key has 1 to " + MOST_KEY
          + " letters, digits and _ - . : / or blanks, and no empty or dotted part between slashes, was "
          + QilinException.quote(key));
    }
    return key;
  }

  /** A name of a file of a run: parts of at most 128 characters with slashes between them. */
  static String artifactName(String name) {
    Objects.requireNonNull(name, "name");
    boolean fine = name.length() <= MOST_NAME && !crooked(name);
    for (String part : name.split("/", -1)) {
      fine &= part.length() <= MOST_SEGMENT
          && SEGMENT.matcher(part).matches()
          && part.equals(part.strip());
    }
    if (!fine) {
      throw QilinException.invalid("an artifact's name has 1 to " + MOST_NAME
          + " characters: parts of at most " + MOST_SEGMENT
          + " with slashes between them, without \\ : * ? \" < > | or what cannot be seen, and no part"
          + " is . or .., was " + QilinException.quote(name));
    }
    return name;
  }

  /** Whether a path is not the shortest way to write it, or leads upwards. */
  private static boolean crooked(String path) {
    for (String part : path.split("/", -1)) {
      if (part.isBlank() || part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** A name on one line. */
  static String name(String name, String what) {
    Objects.requireNonNull(name, what);
    if (name.isBlank() || name.length() > MOST_NAME) {
      throw QilinException.invalid(what + " has 1 to " + MOST_NAME
          + " characters and is not blank, was " + QilinException.quote(name));
    }
    return line(name, what);
  }

  /** A name on one line, or nothing. */
  static String nameOrEmpty(String name, String what) {
    return Objects.requireNonNull(name, what).isEmpty() ? name : name(name, what);
  }

  private static String line(String text, String what) {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw QilinException.invalid(what + " stands on one line, without control characters, was "
          + QilinException.quote(text));
    }
    return stored(text, what);
  }

  /** A value of a param or tag. */
  static String value(String value, String what) {
    Objects.requireNonNull(value, what);
    if (value.length() > MOST_VALUE) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          what + " has " + value.length() + " characters, at most " + MOST_VALUE
              + " are kept; log it as an artifact");
    }
    return stored(value, what);
  }

  /** What every database keeps as it is. */
  private static String stored(String text, String what) {
    boolean broken = text.codePoints()
        .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (broken) {
      throw QilinException.invalid(
          what + " has a character U+0000 or half a surrogate pair: " + QilinException.quote(text));
    }
    return text;
  }

  /** A time to the millisecond. */
  static Instant time(Instant time, String what) {
    Objects.requireNonNull(time, what);
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw QilinException.invalid(what + " lies between 1970 and 9999, was " + time);
    }
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Checked and sorted by key. */
  static Map<String, String> texts(Map<String, String> texts, String what) {
    Map<String, String> sorted = new TreeMap<>();
    texts.forEach(
        (key, value) -> sorted.put(key(key), value(value, what + " " + QilinException.quote(key))));
    return Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
  }
}
