package io.qilin.mlflow;

import io.qilin.api.model.MetricPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * Decides for each new point of one metric whether MLflow keeps it as it is, or whether it is late; see {@link LatePoints}. In the
 * usual case, steps that rise, the last point that the run tells is enough; else the history is read once.
 */
final class MetricPlan {
  private final String key;
  private final Source source;
  private final boolean lateBefore;
  private final List<LatePoints.Stored> planned = new ArrayList<>();
  private LatePoints.@Nullable Stored top;
  private @Nullable Steps steps;

  /** Reads the points that are there. */
  interface Source {
    List<LatePoints.Stored> main();

    List<LatePoints.Point> late();
  }

  /** What each step has. */
  private static final class Steps {
    final Map<Long, Long> lastMillis = new HashMap<>();
    final Set<Long> late = new HashSet<>();
    long lateCount;
  }

  MetricPlan(String key, RunDocument run, Source source) {
    this.key = key;
    this.source = source;
    this.top = run.latest().get(key);
    this.lateBefore = run.latest().containsKey(LatePoints.valuesOf(key));
  }

  /** The metrics to send for a point: one, or two that belong together. */
  ArrayNode place(MetricPoint point) {
    Words.requireKept(point);
    ArrayNode metrics = Json.object().putArray("metrics");
    long millis = point.time().toEpochMilli();
    if (isMain(point.step(), millis)) {
      LatePoints.Stored stored = new LatePoints.Stored(point.value(), point.step(), millis);
      planned.add(stored);
      if (steps != null) {
        steps.lastMillis.put(point.step(), millis);
      }
      if (top == null || point.step() >= top.step()) {
        top = stored;
      }
      LatePoints.write(metrics, key, point.value(), point.step(), millis);
      return metrics;
    }
    Steps known = steps();
    long number = ++known.lateCount;
    known.late.add(point.step());
    LatePoints.write(metrics, LatePoints.valuesOf(key), point.value(), point.step(), number);
    LatePoints.write(metrics, LatePoints.timesOf(key), (double) millis, point.step(), number);
    return metrics;
  }

  private boolean isMain(long step, long millis) {
    LatePoints.Stored highest = top;
    if (highest == null || step > highest.step()) {
      return true;
    }
    if (steps == null && !lateBefore && step == highest.step() && millis > highest.millis()) {
      return true;
    }
    Steps known = steps();
    return !known.late.contains(step)
        && millis > known.lastMillis.getOrDefault(step, Long.MIN_VALUE);
  }

  private Steps steps() {
    Steps known = steps;
    if (known == null) {
      known = new Steps();
      List<LatePoints.Stored> all = new ArrayList<>(source.main());
      all.addAll(planned);
      for (LatePoints.Stored point : all) {
        known.lastMillis.merge(point.step(), point.millis(), Math::max);
      }
      for (LatePoints.Point point : source.late()) {
        known.late.add(point.step());
        known.lateCount++;
      }
      steps = known;
    }
    return known;
  }
}
