package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Runs side by side: for each param and each metric one value a run.
 *
 * @param runs the columns, at least one
 */
public record RunComparison(List<Run> runs) {
  /**
   * Copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT if there are none
   */
  public RunComparison {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw QilinException.invalid("there are no runs to compare; give one or more");
    }
  }

  /** The keys of all params, sorted. */
  public SortedSet<String> paramKeys() {
    SortedSet<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.params().keySet()));
    return keys;
  }

  /** The keys of all metrics, sorted. */
  public SortedSet<String> metricKeys() {
    SortedSet<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.metrics().keySet()));
    return keys;
  }

  /** A param of each run, in the order of the runs; empty where a run has none. */
  public List<Optional<String>> param(String key) {
    Objects.requireNonNull(key, "key");
    return runs.stream().map(run -> Optional.ofNullable(run.params().get(key))).toList();
  }

  /** The last value of a metric of each run, in the order of the runs; {@code NaN} where a run has none. */
  public double[] metric(String key) {
    Objects.requireNonNull(key, "key");
    return runs.stream().mapToDouble(run -> run.metric(key)).toArray();
  }

  /** The params that are not the same in all runs, by key, one value a run. */
  public Map<String, List<Optional<String>>> differences() {
    Map<String, List<Optional<String>>> differences = new LinkedHashMap<>();
    for (String key : paramKeys()) {
      List<Optional<String>> values = param(key);
      if (values.stream().distinct().count() > 1) {
        differences.put(key, values);
      }
    }
    return differences;
  }

  /**
   * The run with the greatest, or least, last value of a metric: the first of equal ones; none if no run has it. {@code NaN} is
   * never best.
   */
  public Optional<Run> best(String metric, boolean greatest) {
    Run best = null;
    for (Run run : runs) {
      double value = run.metric(metric);
      boolean better =
          best == null || (greatest ? value > best.metric(metric) : value < best.metric(metric));
      if (!Double.isNaN(value) && better) {
        best = run;
      }
    }
    return Optional.ofNullable(best);
  }

  /** A table of text: one line a param that differs and a metric, one column a run. For people. */
  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(line("run", runs.stream().map(Run::name).toList()));
    lines.add(line("status", runs.stream().map(run -> run.status().name()).toList()));
    differences()
        .forEach((key, values) ->
            lines.add(line(key, values.stream().map(value -> value.orElse("-")).toList())));
    for (String key : metricKeys()) {
      lines.add(line(key, runs.stream().map(run -> shown(run, key)).toList()));
    }
    return TextTable.of(lines);
  }

  private static List<String> line(String key, List<String> values) {
    List<String> line = new ArrayList<>();
    line.add(key);
    line.addAll(values);
    return line;
  }

  private static String shown(Run run, String key) {
    return run.metrics().containsKey(key) ? Double.toString(run.metric(key)) : "-";
  }
}
