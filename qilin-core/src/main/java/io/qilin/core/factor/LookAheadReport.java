package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link LookAheadCheck} found.
 *
 * @param seed what the cuts and the altered futures came from; the same seed gives the same check
 * @param cuts the days after which the future was taken away or altered, ascending
 * @param compared how many values were compared
 * @param difference the first value that depended on the future, if any did
 */
public record LookAheadReport(
    long seed, List<LocalDate> cuts, long compared, Optional<Difference> difference) {
  /** Copies the list. */
  public LookAheadReport {
    cuts = List.copyOf(cuts);
    Objects.requireNonNull(difference, "difference");
  }

  /** What was done to the days after the cut. */
  public enum Future {
    /** They were taken away. */
    ABSENT("taken away"),
    /** They were altered at random. */
    ALTERED("altered");

    private final String text;

    Future(String text) {
      this.text = text;
    }
  }

  /**
   * A value that depends on the future.
   *
   * @param subject the factor, or the analyst
   * @param instrument of which instrument; empty if the tables differ in shape
   * @param day of which day
   * @param cut the last day that was the same
   * @param future what was done to the days after the cut
   * @param whole the value with the true future
   * @param other the value with the other future
   */
  public record Difference(
      String subject,
      String instrument,
      LocalDate day,
      LocalDate cut,
      Future future,
      String whole,
      String other) {
    /** For example {@code 'f' of 600519.SH on 2024-01-05 is 1.5, and 1.25 once the days after 2024-01-08 are altered}. */
    @Override
    public String toString() {
      return QilinException.quote(subject) + (instrument.isEmpty() ? "" : " of " + instrument)
          + " on " + day + " is " + whole + ", and " + other + " once the days after " + cut
          + " are " + future.text;
    }
  }

  /** Whether nothing depended on the future. */
  public boolean passed() {
    return difference.isEmpty();
  }

  /**
   * This report, if nothing depended on the future.
   *
   * @throws QilinException LOOK_AHEAD with the first difference
   */
  public LookAheadReport orThrow() {
    if (difference.isPresent()) {
      throw new QilinException(
          ErrorCode.LOOK_AHEAD,
          difference.get() + " (seed " + seed
              + "); compute it from the rows up to its own day only");
    }
    return this;
  }

  /** For example {@code passed: 12,000 values at 5 cuts}. */
  @Override
  public String toString() {
    return difference
        .map(found -> "reads the future: " + found)
        .orElse("passed: " + compared + " values at " + cuts.size() + " cuts, seed " + seed);
  }
}
