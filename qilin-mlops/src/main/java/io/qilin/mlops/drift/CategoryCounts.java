package io.qilin.mlops.drift;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each category came, for example an industry or the sign of a label.
 *
 * @param counts by category, 0 to 10^14; at most 10,000 categories; sorted
 */
public record CategoryCounts(Map<String, Long> counts) {
  private static final int MOST = 10_000;
  private static final long LARGEST = 100_000_000_000_000L;

  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT for another count; LIMIT_EXCEEDED for too many categories
   */
  public CategoryCounts {
    if (counts.size() > MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "there are " + counts.size() + " categories, at most " + MOST
              + " are compared; put rare ones together");
    }
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    counts.forEach((category, count) -> {
      if (count < 0 || count > LARGEST) {
        throw QilinException.invalid("a count is 0 to " + LARGEST + ", was " + count + " for "
            + QilinException.quote(category));
      }
    });
  }

  /**
   * Counts categories.
   *
   * @throws QilinException LIMIT_EXCEEDED for too many categories
   */
  public static CategoryCounts count(Iterable<String> categories) {
    Map<String, Long> counts = new TreeMap<>();
    for (String category : categories) {
      counts.merge(category, 1L, Long::sum);
      if (counts.size() > MOST) {
        break;
      }
    }
    return new CategoryCounts(counts);
  }

  /** How many there are in all. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
