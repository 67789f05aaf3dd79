package io.qilin.core.performance.validation;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Days to learn from and days to judge by.
 *
 * @param number 0 for the first of a sequence
 * @param train ascending; not empty
 * @param test ascending; not empty; none of them is in train
 */
public record Split(int number, List<LocalDate> train, List<LocalDate> test) {
  /**
   * Copies and checks.
   *
   * @throws QilinException INVALID_ARGUMENT if one of the lists is empty or they share a day
   */
  public Split {
    train = List.copyOf(train);
    test = List.copyOf(test);
    if (train.isEmpty() || test.isEmpty()) {
      throw QilinException.invalid("split " + number + " has " + train.size()
          + " days to learn from and " + test.size() + " to judge by; it needs both");
    }
    Set<LocalDate> shared = new HashSet<>(train);
    shared.retainAll(new HashSet<>(test));
    if (!shared.isEmpty()) {
      throw QilinException.invalid("split " + number + " learns from days that it is judged by: "
          + shared.stream().sorted().limit(3).toList());
    }
  }

  /** For example {@code Split 2: 250 days to 2016-12-30, test 60 days from 2017-01-10 to 2017-04-05}. */
  @Override
  public String toString() {
    return "Split " + number + ": " + train.size() + " days to " + train.get(train.size() - 1)
        + ", test " + test.size() + " days from " + test.get(0) + " to "
        + test.get(test.size() - 1);
  }
}
