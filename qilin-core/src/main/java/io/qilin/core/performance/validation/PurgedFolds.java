package io.qilin.core.performance.validation;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Cross-validation of labels that read ahead, after López de Prado, "Advances in financial machine learning" (2018),
 * chapters 7 and 12. The days are cut into groups, as even as they can be; some of the groups are the test, the rest is the
 * training. Left out of the training are
 *
 * <ul>
 *   <li>purge: the days before a test group whose labels read a day of it, and the days after it that its labels read;
 *   <li>embargo: so many days more after each test group.
 * </ul>
 *
 * <p>Training here lies after tests too: good for choosing between models, no picture of a strategy's life. Immutable and
 * safe to share.
 *
 * @param groups how many groups, 2 to 60
 * @param testGroups how many of them are the test: 1 for k-fold, more for combinatorial cross-validation
 * @param purgeDays how many days ahead a label reads: a label of day t reads days up to t + purgeDays
 * @param embargoDays days after each test group that are left out beside the purge
 */
public record PurgedFolds(int groups, int testGroups, int purgeDays, int embargoDays) {
  private static final int MOST_SPLITS = 100_000;
  private static final int MOST_GROUPS = 60;

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a value outside its range; LIMIT_EXCEEDED for more than 100,000 splits
   */
  public PurgedFolds {
    if (groups < 2
        || groups > MOST_GROUPS
        || testGroups < 1
        || testGroups >= groups
        || purgeDays < 0
        || embargoDays < 0) {
      throw QilinException.invalid("folds are 2 to " + MOST_GROUPS
          + " groups of which some, not all, are the test, with purge and embargo of 0 days or"
          + " more; got " + groups + " groups, " + testGroups + " as test, purge " + purgeDays
          + ", embargo " + embargoDays);
    }
    if (choose(groups, testGroups) > MOST_SPLITS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          testGroups + " of " + groups + " groups give more than " + MOST_SPLITS
              + " splits; take fewer groups");
    }
  }

  /** One group after the other is the test: k splits. */
  public static PurgedFolds of(int folds, int purgeDays, int embargoDays) {
    return new PurgedFolds(folds, 1, purgeDays, embargoDays);
  }

  /** Every choice of test groups is a test: C(groups, testGroups) splits. */
  public static PurgedFolds combinatorial(
      int groups, int testGroups, int purgeDays, int embargoDays) {
    return new PurgedFolds(groups, testGroups, purgeDays, embargoDays);
  }

  /** How many splits there are. */
  public int count() {
    return (int) choose(groups, testGroups);
  }

  /** How many whole histories the tests can be put together to: count · testGroups / groups. */
  public int paths() {
    return (int) (choose(groups, testGroups) * testGroups / groups);
  }

  /**
   * The splits of some days, in the order of their test groups.
   *
   * @param days trading days, ascending
   * @throws QilinException INVALID_ARGUMENT if there are fewer days than groups, or purge and embargo leave no training
   */
  public List<Split> splits(List<LocalDate> days) {
    if (days.size() < groups) {
      throw QilinException.invalid(
          days.size() + " days are too few for " + groups + " groups; take fewer groups");
    }
    Folds.requireAscending(days);
    List<Split> splits = new ArrayList<>();
    int[] chosen = new int[testGroups];
    for (int i = 0; i < testGroups; i++) {
      chosen[i] = i;
    }
    boolean more = true;
    while (more) {
      splits.add(split(splits.size(), days, chosen));
      more = next(chosen);
    }
    return List.copyOf(splits);
  }

  private Split split(int number, List<LocalDate> days, int[] chosen) {
    boolean[] tested = new boolean[days.size()];
    boolean[] left = new boolean[days.size()];
    for (int group : chosen) {
      int from = start(days.size(), group);
      int end = start(days.size(), group + 1);
      long reach = (long) end + purgeDays + embargoDays;
      for (int i = Math.max(0, from - purgeDays); i < Math.min(days.size(), reach); i++) {
        left[i] = true;
        tested[i] |= i >= from && i < end;
      }
    }
    List<LocalDate> train = new ArrayList<>();
    List<LocalDate> test = new ArrayList<>();
    for (int i = 0; i < tested.length; i++) {
      if (tested[i]) {
        test.add(days.get(i));
      } else if (!left[i]) {
        train.add(days.get(i));
      }
    }
    return new Split(number, train, test);
  }

  private int start(int days, int group) {
    return (int) ((long) days * group / groups);
  }

  /** Steps to the next choice in lexicographic order; false after the last. */
  private boolean next(int[] chosen) {
    int at = testGroups - 1;
    while (at >= 0 && chosen[at] == groups - testGroups + at) {
      at--;
    }
    if (at < 0) {
      return false;
    }
    chosen[at]++;
    for (int i = at + 1; i < testGroups; i++) {
      chosen[i] = chosen[i - 1] + 1;
    }
    return true;
  }

  /** C(n, k), or more than the limit. */
  private static long choose(int n, int k) {
    long count = 1;
    for (int i = 1; i <= Math.min(k, n - k) && count <= MOST_SPLITS; i++) {
      count = count * (n - Math.min(k, n - k) + i) / i;
    }
    return count;
  }
}
