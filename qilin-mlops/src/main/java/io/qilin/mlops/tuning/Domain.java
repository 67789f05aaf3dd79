package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;

/** The values that a parameter can take. */
public sealed interface Domain {
  /**
   * Real numbers.
   *
   * @param low the least, finite; above 0 if the scale is logarithmic
   * @param high the greatest, finite and above low
   * @param log whether what counts is the ratio of two values, not their difference
   */
  record Real(double low, double high, boolean log) implements Domain {
    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public Real {
      if (!(Double.isFinite(low) && Double.isFinite(high) && Double.isFinite(high - low))
          || !(low < high)) {
        throw QilinException.invalid("a range of real numbers goes from a finite low to a greater"
            + " high, was " + low + " to " + high);
      }
      if (log && !(low > 0)) {
        throw QilinException.invalid("a logarithmic range begins above 0, was " + low);
      }
    }
  }

  /**
   * Whole numbers.
   *
   * @param low the least; above 0 if the scale is logarithmic
   * @param high the greatest, not below low; both within ±2^52
   * @param log whether what counts is the ratio of two values, not their difference
   */
  record Whole(long low, long high, boolean log) implements Domain {
    private static final long MOST = 1L << 52;

    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public Whole {
      if (low > high || low < -MOST || high > MOST) {
        throw QilinException.invalid("a range of whole numbers goes from low to high within ±2^52,"
            + " was " + low + " to " + high);
      }
      if (log && low < 1) {
        throw QilinException.invalid("a logarithmic range begins above 0, was " + low);
      }
    }
  }

  /**
   * One of several texts, which have no order.
   *
   * @param options 1 to 1,000 distinct texts of at most 256 characters
   */
  record Choice(List<String> options) implements Domain {
    private static final int MOST = 1_000;
    private static final int LONGEST = 256;

    /**
     * Checks and copies.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public Choice {
      options = List.copyOf(options);
      if (options.isEmpty() || options.size() > MOST) {
        throw QilinException.invalid(
            "a choice has 1 to " + MOST + " options, was " + options.size());
      }
      if (new HashSet<>(options).size() != options.size()) {
        throw QilinException.invalid("an option of a choice stands twice in " + options);
      }
      for (String option : options) {
        if (option.length() > LONGEST || !storable(option)) {
          throw QilinException.invalid("an option of a choice has at most " + LONGEST
              + " printable characters, was " + QilinException.quote(option));
        }
      }
    }

    private static boolean storable(String text) {
      return text.codePoints()
          .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
  }
}
