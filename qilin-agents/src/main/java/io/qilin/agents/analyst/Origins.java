package io.qilin.agents.analyst;

import io.qilin.api.record.MarketRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records of one kind and day that come from several origins, which may contradict each other. */
final class Origins {
  private Origins() {}

  /**
   * Those from the origin that has the most; of equals the first by name. Their order is kept. A record that was sent
   * again counts once.
   */
  static <R extends MarketRecord> List<R> largest(List<R> given) {
    List<R> records = once(given);
    if (records.isEmpty() || sameOrigin(records)) {
      return records;
    }
    Map<String, List<R>> byOrigin = new TreeMap<>();
    for (R record : records) {
      byOrigin.computeIfAbsent(name(record), o -> new ArrayList<>()).add(record);
    }
    List<R> most = List.of();
    for (List<R> one : byOrigin.values()) {
      most = one.size() > most.size() ? one : most;
    }
    return most;
  }

  /** Equal records are of one moment, which most records have for themselves. */
  private static <R extends MarketRecord> List<R> once(List<R> records) {
    for (int k = 1; k < records.size(); k++) {
      if (records.get(k).eventTime().equals(records.get(k - 1).eventTime())) {
        return List.copyOf(new LinkedHashSet<>(records));
      }
    }
    return records;
  }

  private static <R extends MarketRecord> boolean sameOrigin(List<R> records) {
    R first = records.get(0);
    for (R record : records) {
      if (!sameOrigin(first, record)) {
        return false;
      }
    }
    return true;
  }

  static boolean sameOrigin(MarketRecord one, MarketRecord other) {
    return one.source().provider().equals(other.source().provider())
        && one.source().origin().equals(other.source().origin());
  }

  private static String name(MarketRecord record) {
    return record.source().provider() + ":" + record.source().origin();
  }
}
