package io.qilin.core.performance.validation;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits in which the test always lies after the training, one test window directly after the other: what a strategy that
 * is fitted again from time to time would have lived through. Immutable and safe to share.
 *
 * <p>Before each test window the last days of training are left out: as many as a label reads ahead (purge), so that no
 * label of the training reads a day of the test, and beyond them an embargo against slow memory in features.
 *
 * @param trainDays length of the training before purge and embargo; the first one if expanding
 * @param testDays length of a test window; the last may be shorter
 * @param expanding whether training begins at the first day always, instead of rolling forward
 * @param purgeDays how many days ahead a label reads: a label of day t reads days up to t + purgeDays
 * @param embargoDays more days that are left out
 */
public record WalkForward(
    int trainDays, int testDays, boolean expanding, int purgeDays, int embargoDays) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty window, a negative purge or embargo, or if they leave no training
   */
  public WalkForward {
    if (testDays < 1 || purgeDays < 0 || embargoDays < 0) {
      throw QilinException.invalid(
          "a test window has 1 day or more, purge and embargo 0 or more; got " + testDays + ", "
              + purgeDays + " and " + embargoDays);
    }
    if (trainDays - (long) purgeDays - embargoDays < 1) {
      throw QilinException.invalid("purge " + purgeDays + " and embargo " + embargoDays
          + " leave nothing of " + trainDays + " days of training; take more");
    }
  }

  /** Training of a fixed length that rolls forward, without purge and embargo. */
  public static WalkForward rolling(int trainDays, int testDays) {
    return new WalkForward(trainDays, testDays, false, 0, 0);
  }

  /** Training that begins at the first day always, without purge and embargo. */
  public static WalkForward expanding(int firstTrainDays, int testDays) {
    return new WalkForward(firstTrainDays, testDays, true, 0, 0);
  }

  /** The same with a purge. */
  public WalkForward withPurge(int days) {
    return new WalkForward(trainDays, testDays, expanding, days, embargoDays);
  }

  /** The same with an embargo. */
  public WalkForward withEmbargo(int days) {
    return new WalkForward(trainDays, testDays, expanding, purgeDays, days);
  }

  /**
   * The splits of some days.
   *
   * @param days trading days, ascending
   * @return at least one
   * @throws QilinException INVALID_ARGUMENT if there are too few days for one split
   */
  public List<Split> splits(List<LocalDate> days) {
    if (days.size() <= trainDays) {
      throw QilinException.invalid(days.size() + " days are too few for " + trainDays
          + " of training and a test; take a shorter training");
    }
    Folds.requireAscending(days);
    List<Split> splits = new ArrayList<>();
    int step = Math.min(testDays, days.size());
    for (int test = trainDays; test < days.size(); test += step) {
      int from = expanding ? 0 : test - trainDays;
      splits.add(new Split(
          splits.size(),
          days.subList(from, test - purgeDays - embargoDays),
          days.subList(test, Math.min(test + step, days.size()))));
    }
    return List.copyOf(splits);
  }
}
