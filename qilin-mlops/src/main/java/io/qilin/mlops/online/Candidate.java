package io.qilin.mlops.online;

import io.qilin.mlops.online.OnlineUpdate.Outcome;
import io.qilin.mlops.training.IncrementalModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A copy that has learnt, and how it did on samples that neither it nor its origin had seen. */
record Candidate(
    @Nullable IncrementalModel model, int trained, double baseLoss, double loss, Outcome outcome) {
  private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

  /** Learns from the oldest samples, is tried on the newest. */
  static Candidate learn(
      IncrementalModel base, Samples.Batch batch, int width, OnlineSettings settings) {
    int all = batch.ids().size();
    int heldOut = Math.min(all - 1, (int) Math.ceil(settings.holdOut() * all));
    int trained = all - heldOut;
    double[] rows = batch.rows().values;
    double[] labels = batch.labels().values;
    double[] newRows = Arrays.copyOfRange(rows, trained * width, all * width);
    double[] newLabels = Arrays.copyOfRange(labels, trained, all);
    double before = Double.NaN;
    double after = Double.NaN;
    try {
      before = meanLoss(base, newRows, newLabels, settings.loss());
      IncrementalModel candidate = base.copy();
      candidate.partialFit(
          Arrays.copyOf(rows, trained * width), Arrays.copyOf(labels, trained), trained);
      after = meanLoss(candidate, newRows, newLabels, settings.loss());
      if (!Double.isFinite(after)) {
        return new Candidate(null, trained, before, Double.NaN, Outcome.FAILED);
      }
      // A base without a finite loss is worse than any candidate that has one.
      boolean passed = !(after > before * (1 + settings.margin()));
      return passed
          ? new Candidate(candidate, trained, before, after, Outcome.DEPLOYED)
          : new Candidate(null, trained, before, after, Outcome.ROLLED_BACK);
    } catch (RuntimeException e) {
      LOG.warn("a candidate could not learn from {} samples; they are kept", trained, e);
      return new Candidate(null, trained, before, after, Outcome.FAILED);
    }
  }

  private static double meanLoss(
      IncrementalModel model, double[] rows, double[] labels, Loss loss) {
    double[] scores = new double[labels.length];
    model.predict(rows, labels.length, scores);
    double mean = 0;
    for (int i = 0; i < labels.length; i++) {
      mean += (loss.of(scores[i], labels[i]) - mean) / (i + 1);
    }
    return mean;
  }
}
