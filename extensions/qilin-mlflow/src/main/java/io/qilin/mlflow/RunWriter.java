package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.RunBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/** Logs batches to runs. All that can be refused is refused before the first call that changes something. */
final class RunWriter {
  private final MlflowApi api;
  private final RunDocuments runs;
  private final LongValues values;
  private final History history;

  RunWriter(MlflowServer server, RunDocuments runs, LongValues values) {
    this.api = server.api();
    this.runs = runs;
    this.values = values;
    this.history = new History(server);
  }

  void log(String run, RunBatch batch) {
    RunDocument document = runs.open(run);
    Words.requireFree(batch.tags());
    requireSameParams(document, batch);
    List<ArrayNode> points = points(document, batch.metrics());
    keepLong(document, batch);
    Chunks chunks = new Chunks(document.id(), body -> api.post("runs/log-batch", body));
    try {
      batch.params().forEach((key, value) -> {
        if (!document.params().containsKey(key)) {
          chunks.text("params", key, LongValues.shortened(value));
        }
      });
      points.forEach(chunks::metrics);
      batch.tags().forEach((key, value) -> chunks.text("tags", key, LongValues.shortened(value)));
      chunks.end();
    } catch (QilinException e) {
      if (e.code() == ErrorCode.INVALID_ARGUMENT || e.code() == ErrorCode.DATA_NOT_FOUND) {
        // Another may have put the run away or written a param meanwhile.
        requireSameParams(runs.open(run), batch);
      }
      throw e;
    }
  }

  private static void requireSameParams(RunDocument document, RunBatch batch) {
    batch.params().forEach((key, value) -> {
      String there = document.params().get(key);
      if (there != null && !there.equals(LongValues.shortened(value))) {
        throw Words.conflict(
            "the param " + QilinException.quote(key) + " of the run " + document.id() + " is "
                + QilinException.quote(there) + " and never changes; begin another run");
      }
    });
  }

  private void keepLong(RunDocument document, RunBatch batch) {
    List<String> all = new ArrayList<>(batch.params().values());
    all.addAll(batch.tags().values());
    for (String value : all) {
      if (!LongValues.shortened(value).equals(value)) {
        values.keep(document.root(), value);
      }
    }
  }

  private List<ArrayNode> points(RunDocument document, List<MetricPoint> metrics) {
    Map<String, MetricPlan> plans = new HashMap<>();
    List<ArrayNode> points = new ArrayList<>();
    for (MetricPoint point : metrics) {
      MetricPlan plan = plans.computeIfAbsent(
          point.key(), key -> new MetricPlan(key, document, source(document.id(), key)));
      points.add(plan.place(point));
    }
    return points;
  }

  private MetricPlan.Source source(String run, String key) {
    return new MetricPlan.Source() {
      @Override
      public List<LatePoints.Stored> main() {
        return history.main(run, key);
      }

      @Override
      public List<LatePoints.Point> late() {
        return history.late(run, key);
      }
    };
  }
}
