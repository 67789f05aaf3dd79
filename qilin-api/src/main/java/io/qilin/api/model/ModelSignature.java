package io.qilin.api.model;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a model takes: its features by name, in the order in which they stand in a row. It gives one score a row.
 *
 * @param features distinct names, at least one and at most 100,000, none blank or longer than 1,024 characters
 * @param missing what the model makes of a feature that is not known
 */
public record ModelSignature(List<String> features, Missing missing) {
  private static final int MAX_FEATURES = 100_000;
  private static final int MAX_NAME = 1_024;
  private static final int SHOWN = 5;

  /** What a model makes of {@code NaN} in a row. */
  public enum Missing {
    /** The row's score is not known: {@code NaN}. */
    NO_SCORE,
    /** The model has learnt what to do with it, as boosted trees do. */
    ACCEPTED
  }

  /**
   * Checks the names and copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT naming the first fault
   */
  public ModelSignature {
    features = List.copyOf(features);
    if (features.isEmpty() || features.size() > MAX_FEATURES) {
      throw QilinException.invalid(
          "a model takes 1 to " + MAX_FEATURES + " features, not " + features.size());
    }
    Set<String> seen = new HashSet<>();
    for (String feature : features) {
      if (feature.isBlank() || feature.length() > MAX_NAME) {
        throw QilinException.invalid("a feature's name is blank or longer than " + MAX_NAME
            + " characters: " + QilinException.quote(feature));
      }
      if (!seen.add(feature)) {
        throw QilinException.invalid(
            "the feature " + QilinException.quote(feature) + " stands twice");
      }
    }
  }

  /** The length of a row. */
  public int width() {
    return features.size();
  }

  /**
   * Requires that rows have just these features in just this order.
   *
   * @param given the names of the columns of the rows
   * @throws QilinException MODEL_MISMATCH naming what is missing, what is unknown, or the first place that differs
   */
  public void requireSame(List<String> given) {
    if (features.equals(given)) {
      return;
    }
    List<String> missing = without(features, given);
    List<String> unknown = without(given, features);
    String why;
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      why = "missing " + shown(missing) + ", unknown " + shown(unknown);
    } else if (features.size() != given.size()) {
      why = "some stand more than once";
    } else {
      int at = 0;
      while (features.get(at).equals(given.get(at))) {
        at++;
      }
      why = "the same names in another order: place " + (at + 1) + " is "
          + QilinException.quote(given.get(at)) + " instead of "
          + QilinException.quote(features.get(at));
    }
    throw new QilinException(
        ErrorCode.MODEL_MISMATCH,
        "the model takes " + features.size() + " features, the rows have " + given.size() + ": "
            + why + "; compute the factors that the model was trained on, in its order");
  }

  private static List<String> without(List<String> names, List<String> others) {
    Set<String> known = new HashSet<>(others);
    List<String> left = new ArrayList<>();
    for (String name : names) {
      if (!known.contains(name)) {
        left.add(name);
      }
    }
    return left;
  }

  private static String shown(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    StringBuilder out = new StringBuilder();
    for (String name : names.subList(0, Math.min(SHOWN, names.size()))) {
      out.append(out.length() == 0 ? "" : ", ").append(QilinException.quote(name));
    }
    return names.size() > SHOWN
        ? out.append(" and ").append(names.size() - SHOWN).append(" more").toString()
        : out.toString();
  }
}
