package io.qilin.mlops.workflow;

import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Keeps what a workflow did as a run of an experiment, with the model and its processors as files of the run. */
public final class WorkflowRecord {
  private WorkflowRecord() {}

  /**
   * Keeps a result.
   *
   * @param experiment its name; made if it is not there
   * @param codeVersion the commit or release of the code that ran; empty if not known
   * @param started when the workflow began
   * @param clock says when it ended
   * @return the id of the run, which has ended
   * @throws io.qilin.api.error.QilinException what the tracker has; a run that was begun is then marked as failed, if that is
   *     still possible
   */
  public static String keep(
      WorkflowResult result,
      ExperimentTracker tracker,
      String experiment,
      String codeVersion,
      Instant started,
      Clock clock) {
    Objects.requireNonNull(codeVersion, "codeVersion");
    String run = tracker
        .startRun(RunStart.in(tracker.experiment(experiment).id())
            .name(result.trainer() + " on " + result.factors().name())
            .started(started)
            .tag("code.version", codeVersion.isEmpty() ? "unknown" : codeVersion)
            .build())
        .id();
    try {
      tracker.log(run, batch(result, clock.instant()));
      tracker.logArtifact(run, "model", result.model().bytes());
      tracker.logArtifact(
          run, "processors.json", result.chain().toJson().getBytes(StandardCharsets.UTF_8));
      tracker.logArtifact(
          run, "factors.json", result.factorsJson().getBytes(StandardCharsets.UTF_8));
      tracker.endRun(run, RunStatus.FINISHED, clock.instant());
      return run;
    } catch (RuntimeException e) {
      try {
        tracker.endRun(run, RunStatus.FAILED, clock.instant());
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /**
   * Where the model comes from.
   *
   * @param run the id of the run that {@link #keep} gave; empty if there is none
   */
  public static ModelLineage lineage(WorkflowResult result, String codeVersion, String run) {
    String features = result.factorsJson() + result.chain().toJson();
    return new ModelLineage(
        result.model().dataHash(),
        Sha256.hex(features.getBytes(StandardCharsets.UTF_8)),
        codeVersion,
        run,
        Optional.of(result.window()));
  }

  private static RunBatch batch(WorkflowResult result, Instant at) {
    RunBatch.Builder batch = RunBatch.builder()
        .param("trainer", result.trainer())
        .param("factors", result.factors().name())
        .param("label", result.label().expression())
        .param("segment.train", result.segments().train().toString())
        .param("segment.valid", result.segments().valid().toString())
        .param("segment.test", result.segments().test().toString())
        .param("data.hash", result.model().dataHash())
        .param("rows.train", Integer.toString(result.trainRows()))
        .param("rows.valid", Integer.toString(result.validRows()));
    result.model().parameters().forEach((name, value) -> batch.param("parameter." + name, value));
    result.model().metrics().forEach((name, value) -> batch.metric(name, value, 0, at));
    result.figures().forEach((name, value) -> batch.metric(name, value, 0, at));
    return batch.build();
  }
}
