package io.qilin.mlflow;

import io.qilin.api.model.Experiment;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Page;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunOrder;
import io.qilin.api.model.RunQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads all pages of what a tracker lists. */
final class Pages {
  private static final int RUNS = 100;

  private Pages() {}

  static List<Experiment> experiments(ExperimentTracker tracker) {
    List<Experiment> all = new ArrayList<>();
    for (RunQuery.View view : RunQuery.View.values()) {
      each(after -> tracker.experiments(view, Page.MOST, after), all::add);
    }
    return all;
  }

  /** Runs of an experiment, put away or not, those that began first at the front of each. */
  static void runs(ExperimentTracker tracker, String experiment, Consumer<Run> take) {
    for (RunQuery.View view : RunQuery.View.values()) {
      RunQuery query =
          RunQuery.in(experiment).view(view).order(RunOrder.OLDEST).size(RUNS).build();
      each(after -> tracker.search(after.map(query::after).orElse(query)), take);
    }
  }

  /** The run of an experiment that a tag tells, put away or not. */
  static Optional<Run> tagged(
      ExperimentTracker tracker, List<String> experiments, String tag, String value) {
    for (RunQuery.View view : RunQuery.View.values()) {
      List<Run> found = tracker
          .search(RunQuery.in(experiments)
              .view(view)
              .where(RunCondition.tag(tag, value))
              .size(1)
              .build())
          .items();
      if (!found.isEmpty()) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  static List<MetricPoint> history(ExperimentTracker tracker, String run, String metric) {
    List<MetricPoint> points = new ArrayList<>();
    each(after -> tracker.history(run, metric, Page.MOST, after), points::add);
    return points;
  }

  private static <T> void each(Function<Optional<String>, Page<T>> pages, Consumer<T> take) {
    Optional<String> after = Optional.empty();
    do {
      Page<T> page = pages.apply(after);
      page.items().forEach(take);
      after = page.next();
    } while (after.isPresent());
  }
}
