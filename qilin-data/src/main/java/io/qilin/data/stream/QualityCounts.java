package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many records were judged, and how many broke each rule. Counts of parts of a stream or of files merge to those of the
 * whole, in any order.
 *
 * @param records how many were judged
 * @param broken how many broke the rule, by its id; rules that all kept stand with 0
 */
public record QualityCounts(long records, Map<String, Long> broken) {
  /**
   * Copies the map.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative count, or more records broken than judged
   */
  public QualityCounts {
    broken = Map.copyOf(broken);
    broken.forEach((rule, count) -> {
      if (count < 0 || count > records) {
        throw QilinException.invalid(
            "of " + records + " records, " + count + " cannot have broken the rule " + rule);
      }
    });
  }

  /** The counts of both parts together; a rule that one of them did not have counts there as kept. */
  public QualityCounts merge(QualityCounts other) {
    Map<String, Long> sum = new TreeMap<>(broken);
    other.broken.forEach((rule, count) -> sum.merge(rule, count, Long::sum));
    return new QualityCounts(records + other.records, sum);
  }

  /**
   * The share of records that kept a rule.
   *
   * @return 0 to 1; {@code NaN} without records
   * @throws QilinException INVALID_ARGUMENT for a rule that is not among the counts
   */
  public double score(String rule) {
    Long count = broken.get(rule);
    if (count == null) {
      throw QilinException.invalid("there is no rule " + QilinException.quote(rule) + "; there are "
          + new TreeMap<>(broken).keySet());
    }
    return records == 0 ? Double.NaN : 1 - (double) count / records;
  }
}
