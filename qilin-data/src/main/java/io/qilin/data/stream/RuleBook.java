package io.qilin.data.stream;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules of a pipeline with their counts. */
final class RuleBook<T> {
  private final List<StreamRule<T>> rules;
  private final long[] broken;
  private long records;

  RuleBook(List<StreamRule<T>> rules) {
    this.rules = rules;
    this.broken = new long[rules.size()];
  }

  /** Judges a record by all rules; the first that is broken and refuses, or null. */
  @Nullable
  StreamRule<T> judge(T record) {
    records++;
    StreamRule<T> refused = null;
    for (int i = 0; i < broken.length; i++) {
      StreamRule<T> rule = rules.get(i);
      if (!rule.holds().test(record)) {
        broken[i]++;
        if (rule.refuses() && refused == null) {
          refused = rule;
        }
      }
    }
    return refused;
  }

  QualityCounts counts() {
    Map<String, Long> byRule = new TreeMap<>();
    for (int i = 0; i < broken.length; i++) {
      byRule.put(rules.get(i).id(), broken[i]);
    }
    return new QualityCounts(records, byRule);
  }

  void save(CheckpointWriter out) {
    out.int64(records);
    for (long count : broken) {
      out.int64(count);
    }
  }

  void load(CheckpointReader in) {
    records = in.count("count of records judged");
    for (int i = 0; i < broken.length; i++) {
      broken[i] = in.int64("count of records that broke a rule", 0, records);
    }
  }
}
