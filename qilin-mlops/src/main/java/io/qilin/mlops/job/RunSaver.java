package io.qilin.mlops.job;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what runs told and how they ended. One write of a run at a time; what could not be written is kept for the next. */
final class RunSaver {
  private static final Logger LOG = LoggerFactory.getLogger(RunSaver.class);

  private final JobStore store;
  private final Clock clock;

  RunSaver(JobStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** False if the run is not this process's any more. */
  boolean note(Run run) {
    synchronized (run.saving()) {
      Notes.Batch batch = run.notes().take();
      if (batch.isEmpty()) {
        return true;
      }
      boolean written = false;
      try {
        boolean ours = store.note(run.claim(), batch, run.progress());
        written = true;
        return ours;
      } finally {
        if (!written) {
          run.notes().giveBack(batch);
        }
      }
    }
  }

  /** Writes the end, if there is one that is not written. */
  void save(Run run) {
    synchronized (run.saving()) {
      Outcome outcome = run.unsaved();
      if (outcome == null) {
        return;
      }
      Notes.Batch batch = run.notes().take();
      boolean written = false;
      try {
        boolean ours = store.end(run.claim(), batch, run.progress(), outcome, clock.millis());
        written = true;
        run.saved();
        if (!ours) {
          LOG.warn("the end of job {} is dropped: another has it", run.claim().id());
        }
      } finally {
        if (!written) {
          run.notes().giveBack(batch);
        }
      }
    }
  }
}
