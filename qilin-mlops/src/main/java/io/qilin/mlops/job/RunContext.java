package io.qilin.mlops.job;

import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.internal.StoredText;
import java.time.Clock;
import java.util.Map;

/** What one run's body is given. Safe to share between threads. */
final class RunContext implements JobContext {
  private static final int LONGEST_LINE = 16 << 10;

  private final Claim claim;
  private final Cancellation cancellation;
  private final Notes notes;
  private final Clock clock;
  private double done;

  RunContext(Claim claim, Cancellation cancellation, Notes notes, Clock clock) {
    this.claim = claim;
    this.cancellation = cancellation;
    this.notes = notes;
    this.clock = clock;
  }

  @Override
  public JobId jobId() {
    return JobId.of(claim.id());
  }

  @Override
  public int attempt() {
    return claim.attempt();
  }

  @Override
  public Map<String, String> parameters() {
    return claim.request().parameters();
  }

  @Override
  public long seed() {
    return claim.request().seed();
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public void log(String line) {
    note(Note.Kind.LINE, StoredText.fit(line, LONGEST_LINE), 0, Double.NaN);
  }

  @Override
  public synchronized void progress(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw QilinException.invalid("progress is from 0 to 1, was " + fraction);
    }
    if (fraction > done) {
      done = fraction;
      note(Note.Kind.PROGRESS, "", 0, fraction);
    }
  }

  @Override
  public void metric(String name, long step, double value) {
    note(Note.Kind.FIGURE, StoredText.fit(name, JobTexts.LONGEST_NAME), step, value);
  }

  synchronized double done() {
    return done;
  }

  private void note(Note.Kind kind, String text, long step, double amount) {
    notes.add(new Note(kind, clock.millis(), text, step, amount));
  }
}
