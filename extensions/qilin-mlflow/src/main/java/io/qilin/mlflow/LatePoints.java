package io.qilin.mlflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Points that MLflow would lose or put in another place. Its database keeps of a metric each (step, time, value) once, and knows no
 * order within a step but that of the times. A point that is not later than those of its step is therefore kept in two metrics of
 * Qilin's own: one has its value, the other its time in milliseconds, both have its step, and instead of the time a number that
 * counts such points of the metric. In a step they come after all other points.
 */
final class LatePoints {
  private static final String VALUES = "qilin.late/v/";
  private static final String TIMES = "qilin.late/t/";
  private static final int LONGEST_KEY = 230;

  private LatePoints() {}

  /** A point as MLflow has it. */
  record Stored(double value, long step, long millis) {
    static Stored read(JsonNode json) {
      return new Stored(
          Json.number(json, "value"), Json.whole(json, "step"), Json.whole(json, "timestamp"));
    }
  }

  /** A point of the metric itself, or a late one with its number. */
  record Point(double value, long step, long millis) {}

  static String valuesOf(String key) {
    return VALUES + shortened(key);
  }

  static String timesOf(String key) {
    return TIMES + shortened(key);
  }

  private static String shortened(String key) {
    return key.length() <= LONGEST_KEY ? key : Digests.of(key);
  }

  /** Adds a point to what is sent. */
  static void write(ArrayNode metrics, String key, double value, long step, long millis) {
    ObjectNode metric = metrics.addObject().put("key", key);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      metric.put("value", Double.toString(value));
    } else {
      metric.put("value", value);
    }
    metric.put("timestamp", millis).put("step", step);
  }

  /** Late points in the order of their numbers; one without its time, as a broken call may leave it, is left out. */
  static List<Point> join(List<Stored> values, List<Stored> times) {
    Map<List<Long>, Deque<Stored>> waiting = new HashMap<>();
    for (Stored time : times) {
      waiting
          .computeIfAbsent(List.of(time.step(), time.millis()), place -> new ArrayDeque<>())
          .add(time);
    }
    List<Stored> sorted = new ArrayList<>(values);
    sorted.sort(Comparator.comparingLong(Stored::millis));
    List<Point> joined = new ArrayList<>();
    for (Stored value : sorted) {
      Deque<Stored> place = waiting.get(List.of(value.step(), value.millis()));
      Stored time = place == null ? null : place.poll();
      if (time != null) {
        joined.add(new Point(value.value(), value.step(), (long) time.value()));
      }
    }
    return joined;
  }

  /** All points: by step, in a step by time, the late ones of the step after them. */
  static List<Point> merge(List<Stored> main, List<Point> late) {
    List<Point> all = new ArrayList<>();
    main.stream()
        .distinct()
        .sorted(Comparator.comparingLong(Stored::step).thenComparingLong(Stored::millis))
        .forEach(point -> all.add(new Point(point.value(), point.step(), point.millis())));
    all.addAll(late);
    // Stable: what was added later stays behind in its step.
    all.sort(Comparator.comparingLong(Point::step));
    return all;
  }
}
