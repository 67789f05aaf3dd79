package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days on which a model learns, on which one chooses between models, and on which one judges the chosen, one after the
 * other. Between two of them lie days that belong to none: those whose labels read into the later one (purge), and as many more
 * as the caller wishes (embargo). After López de Prado, "Advances in financial machine learning" (2018), chapter 7.
 *
 * @param train the days to learn from
 * @param valid later days, to choose by
 * @param test the last days, to judge by
 */
public record Segments(DayRange train, DayRange valid, DayRange test) {
  /**
   * Checks the order.
   *
   * @throws QilinException INVALID_ARGUMENT if two overlap or stand in another order
   */
  public Segments {
    requireBefore("train", train, "valid", valid);
    requireBefore("valid", valid, "test", test);
  }

  private static void requireBefore(
      String name, DayRange earlier, String laterName, DayRange later) {
    if (!earlier.last().isBefore(later.first())) {
      throw QilinException.invalid(
          name + " " + earlier + " does not end before " + laterName + " " + later + " begins");
    }
  }

  /**
   * Cuts the end of train and of valid so that no label of one reads a day of the next.
   *
   * @param days the trading days of the tables, ascending; they may begin later and end earlier than the segments
   * @param labelDays how many trading days ahead a label reads: 2 for {@link
   *     io.qilin.api.factor.Label#NEXT_DAY_RETURN}, which reads the close of T + 2
   * @param embargoDays trading days more between the last day that a label reads and the next segment
   * @return the same beginnings with earlier ends
   * @throws QilinException INVALID_ARGUMENT for negative numbers or days out of order; DATE_OUT_OF_RANGE if nothing is left of
   *     a segment
   */
  public Segments purged(List<LocalDate> days, int labelDays, int embargoDays) {
    if (labelDays < 0 || embargoDays < 0) {
      throw QilinException.invalid("a label reads 0 days ahead or more, and an embargo has 0 days"
          + " or more; got " + labelDays + " and " + embargoDays);
    }
    for (int i = 1; i < days.size(); i++) {
      if (!days.get(i - 1).isBefore(days.get(i))) {
        throw QilinException.invalid(
            "days do not ascend: " + days.get(i) + " comes after " + days.get(i - 1));
      }
    }
    long gap = (long) labelDays + embargoDays;
    return new Segments(
        cut("train", train, valid.first(), days, gap),
        cut("valid", valid, test.first(), days, gap),
        test);
  }

  private static DayRange cut(
      String name, DayRange segment, LocalDate next, List<LocalDate> days, long gap) {
    int at = Collections.binarySearch(days, next);
    long last = (at < 0 ? -at - 1 : at) - gap - 1;
    LocalDate end = last < 0 ? null : days.get((int) last);
    return new DayRange(segment.first(), earlier(name, segment, end, next));
  }

  private static LocalDate earlier(
      String name, DayRange segment, @Nullable LocalDate end, LocalDate next) {
    if (end == null || end.isBefore(segment.first())) {
      throw new QilinException(
          ErrorCode.DATE_OUT_OF_RANGE,
          "nothing is left of " + name + " " + segment + " when the days are cut whose labels read"
              + " into what begins on " + next + "; let it begin earlier");
    }
    return end.isBefore(segment.last()) ? end : segment.last();
  }
}
