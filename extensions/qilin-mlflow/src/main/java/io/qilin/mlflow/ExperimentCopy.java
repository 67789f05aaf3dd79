package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunArtifact;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunStart;
import io.qilin.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One copy of experiments. */
final class ExperimentCopy {
  private static final int MOST_TAG = 5_000;
  private static final int PART = 10_000;
  private static final int DEEPEST = 100;

  private final String label;
  private final Cancellation cancellation;
  private final ExperimentTracker source;
  private final ExperimentTracker target;
  private final CopyTally tally;
  /** Ids of the target's runs by those of the source, for the experiment at hand. */
  private final Map<String, String> copied = new HashMap<>();

  ExperimentCopy(
      String label,
      Cancellation cancellation,
      ExperimentTracker source,
      ExperimentTracker target,
      CopyTally tally) {
    this.label = label;
    this.cancellation = cancellation;
    this.source = source;
    this.target = target;
    this.tally = tally;
  }

  void run() {
    for (Experiment experiment : Pages.experiments(source)) {
      if (experiment.name().equals(MlflowRegistry.EXPERIMENT)) {
        tally.left("the experiment " + experiment.name()
            + ", which has the files of models; they are copied with the models");
        continue;
      }
      copied.clear();
      Experiment there = experiment(experiment);
      List<String> away = new ArrayList<>();
      Pages.runs(source, experiment.id(), run -> {
        String copy = copy(run, there, 0);
        if (run.deleted()) {
          away.add(copy);
        }
      });
      for (String run : away) {
        cancellation.check();
        target.deleteRun(run);
      }
      if (experiment.deleted()) {
        target.deleteExperiment(there.id());
      }
    }
  }

  private Experiment experiment(Experiment from) {
    cancellation.check();
    Optional<Experiment> there = target.findExperiment(from.name());
    if (there.isEmpty()) {
      tally.experiments++;
      return target.createExperiment(from.name(), tags(from.name(), from.tags(), MOST_TAG));
    }
    if (there.get().deleted()) {
      target.restoreExperiment(there.get().id());
    }
    Map<String, String> wanted = tags(from.name(), from.tags(), MOST_TAG);
    if (!there.get().tags().equals(wanted)) {
      tally.left("the experiment " + QilinException.quote(from.name())
          + " is there already and has other tags, which stay");
    }
    return there.get();
  }

  private Map<String, String> tags(String owner, Map<String, String> tags, int longest) {
    Map<String, String> kept = new TreeMap<>();
    tags.forEach((key, value) -> {
      if (Words.isReserved(key) || value.length() > longest) {
        tally.left("the tag " + QilinException.quote(key) + " of " + QilinException.quote(owner)
            + ", which MLflow does not take");
      } else {
        kept.put(key, value);
      }
    });
    return kept;
  }

  private String copy(Run run, Experiment to, int depth) {
    String known = copied.get(run.id());
    if (known != null) {
      return known;
    }
    if (depth > DEEPEST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "runs lie more than " + DEEPEST + " deep in each other at the run " + run.id());
    }
    Optional<String> parent = run.parent().map(id -> copy(source.run(id), to, depth + 1));
    String origin = label + ":" + run.id();
    Optional<Run> found = Pages.tagged(target, List.of(to.id()), MlflowCopy.ORIGIN, origin);
    Run there = found.isPresent() ? found.get() : begin(run, to, parent, origin);
    copied.put(run.id(), there.id());
    complete(run, there);
    return there.id();
  }

  private Run begin(Run run, Experiment to, Optional<String> parent, String origin) {
    cancellation.check();
    parent.map(target::run).filter(Run::deleted).ifPresent(away -> target.restoreRun(away.id()));
    RunStart.Builder start = RunStart.in(to.id())
        .name(run.name())
        .owner(run.owner())
        .started(run.started())
        .tag(MlflowCopy.ORIGIN, origin);
    parent.ifPresent(start::parent);
    tally.runs++;
    return target.startRun(start.build());
  }

  /** Brings a run to where its origin is, and compares. */
  private void complete(Run run, Run there) {
    RunBatch missing = missing(run, there);
    List<RunArtifact> files = files(run, there);
    boolean ends = run.status().ended() && !there.status().ended();
    boolean changes = ends
        || !files.isEmpty()
        || missing.params().size() + missing.tags().size() + missing.metrics().size() > 0;
    if (!changes) {
      return;
    }
    if (there.deleted()) {
      target.restoreRun(there.id());
    }
    log(there.id(), missing);
    files.forEach(file -> file(run, there.id(), file));
    if (ends) {
      cancellation.check();
      target.endRun(there.id(), run.status(), run.ended().orElse(run.started()));
    }
    verify(run, there.id());
  }

  private RunBatch missing(Run run, Run there) {
    RunBatch.Builder batch = RunBatch.builder();
    run.params().forEach((key, value) -> {
      String now = there.params().get(key);
      if (now == null) {
        batch.param(key, value);
      } else if (!now.equals(value)) {
        tally.left("the param " + QilinException.quote(key) + " of the run " + run.id()
            + ", which is another in the target");
      }
    });
    tags(run.id(), run.tags(), Integer.MAX_VALUE).forEach((key, value) -> {
      if (!value.equals(there.tags().get(key)) && !key.equals(MlflowCopy.ORIGIN)) {
        batch.tag(key, value);
      }
    });
    for (String metric : run.metrics().keySet()) {
      if (metric.startsWith(Words.QILIN)) {
        tally.left("the metric " + QilinException.quote(metric) + " of the run " + run.id()
            + ", whose name is Qilin's own");
      } else {
        points(run, there, metric)
            .forEach(point -> batch.metric(metric, point.value(), point.step(), point.time()));
      }
    }
    return batch.build();
  }

  private List<MetricPoint> points(Run run, Run there, String metric) {
    List<MetricPoint> all = new ArrayList<>(Pages.history(source, run.id(), metric));
    if (all.removeIf(point -> Math.abs(point.value()) == Double.MAX_VALUE)) {
      tally.left("points of the metric " + QilinException.quote(metric) + " of the run " + run.id()
          + " that are the largest double, which MLflow takes for infinity");
    }
    List<MetricPoint> now =
        there.metrics().containsKey(metric) ? Pages.history(target, there.id(), metric) : List.of();
    List<MetricPoint> left = new ArrayList<>();
    int matched = 0;
    for (MetricPoint point : all) {
      if (matched < now.size() && now.get(matched).equals(point)) {
        matched++;
      } else {
        left.add(point);
      }
    }
    if (matched < now.size()) {
      tally.left("the metric " + QilinException.quote(metric) + " of the run " + run.id()
          + ", which has other points in the target");
      return List.of();
    }
    return left;
  }

  private List<RunArtifact> files(Run run, Run there) {
    List<RunArtifact> files = new ArrayList<>();
    for (RunArtifact file : run.artifacts()) {
      if (there.artifacts().contains(file)) {
        continue;
      }
      try {
        Words.requireFile(file.name());
        files.add(file);
      } catch (QilinException e) {
        tally.left("the artifact " + QilinException.quote(file.name()) + " of the run " + run.id()
            + ", whose name MLflow does not take");
      }
    }
    return files;
  }

  private void file(Run run, String to, RunArtifact file) {
    cancellation.check();
    String what = "the artifact " + QilinException.quote(file.name()) + " of the run " + run.id();
    try {
      RunArtifact kept =
          target.logArtifact(to, file.name(), source.artifact(run.id(), file.name()));
      if (!kept.equals(file)) {
        tally.left(what + ", which changed meanwhile; copy again");
      }
      tally.artifacts++;
    } catch (QilinException e) {
      if (e.code() != ErrorCode.LIMIT_EXCEEDED) {
        throw e;
      }
      tally.left(what + ", which is too long: " + e.getMessage());
    }
  }

  private void log(String run, RunBatch batch) {
    cancellation.check();
    if (batch.params().size() + batch.tags().size() > 0) {
      target.log(run, new RunBatch(batch.params(), List.of(), batch.tags()));
    }
    List<MetricPoint> points = batch.metrics();
    for (int from = 0; from < points.size(); from += PART) {
      cancellation.check();
      List<MetricPoint> part = points.subList(from, Math.min(points.size(), from + PART));
      target.log(run, new RunBatch(Map.of(), part, Map.of()));
      tally.points += part.size();
    }
  }

  /** Reads back what was written and compares it with the origin as it is now. */
  private void verify(Run run, String id) {
    Run there = target.run(id);
    RunBatch missing = missing(run, there);
    boolean same = missing.params().isEmpty()
        && missing.tags().isEmpty()
        && missing.metrics().isEmpty()
        && files(run, there).isEmpty()
        && there.name().equals(run.name())
        && there.owner().equals(run.owner())
        && there.started().equals(run.started())
        && there.status() == run.status()
        && there.ended().equals(run.ended());
    if (!same) {
      tally.left("the run " + run.id() + ", which reads back otherwise as " + id
          + "; if it still runs, copy again");
    }
  }
}
