package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;

/** Features as they were known at a moment; the label comes later. Immutable. */
public final class Sample {
  private static final int MAX_ID = 128;

  private final String id;
  private final Instant at;
  private final double[] features;

  private Sample(String id, Instant at, double[] features) {
    this.id = id;
    this.at = at;
    this.features = features;
  }

  /**
   * A sample.
   *
   * @param id names it, for example {@code 600519.SH 2024-01-02}; 1 to 128 characters
   * @param at when the features were known
   * @param features in the order of the model, finite; copied
   * @throws QilinException INVALID_ARGUMENT for another id; MODEL_MISMATCH if a feature is not finite
   */
  public static Sample of(String id, Instant at, double... features) {
    requireId(id);
    Objects.requireNonNull(at, "at");
    double[] copy = features.clone();
    for (int i = 0; i < copy.length; i++) {
      if (!Double.isFinite(copy[i])) {
        throw new QilinException(
            ErrorCode.MODEL_MISMATCH,
            "feature " + (i + 1) + " of the sample " + QilinException.quote(id) + " is " + copy[i]
                + "; fill or leave out what is not known before it is offered");
      }
    }
    return new Sample(id, at, copy);
  }

  static void requireId(String id) {
    boolean broken = id.codePoints()
        .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (id.isEmpty() || id.length() > MAX_ID || broken) {
      throw QilinException.invalid("the id of a sample has 1 to " + MAX_ID
          + " characters, none of them NUL or half a pair, was " + QilinException.quote(id));
    }
  }

  /** Names it. */
  public String id() {
    return id;
  }

  /** When the features were known. */
  public Instant at() {
    return at;
  }

  /** How many features it has. */
  public int width() {
    return features.length;
  }

  /** A feature by its place. */
  public double feature(int place) {
    return features[place];
  }

  void copyTo(double[] rows, int offset) {
    System.arraycopy(features, 0, rows, offset, features.length);
  }
}
