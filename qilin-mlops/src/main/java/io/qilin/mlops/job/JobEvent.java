package io.qilin.mlops.job;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened to a job. Events of one job are numbered 1, 2, 3 … across all of its runs; a number never changes its
 * meaning.
 */
public sealed interface JobEvent {
  /** Whose it is. */
  JobId job();

  /** Its number. A {@link Heartbeat} and a {@link Gap} have none of their own: they carry the last number before the next one. */
  long sequence();

  /** When it was noted, by the clock of the process that noted it; for people, not for order. */
  Instant at();

  /** The job came into a state. */
  record Moved(JobId job, long sequence, Instant at, JobState state) implements JobEvent {
    /** Checks. */
    public Moved {
      Objects.requireNonNull(state, "state");
    }
  }

  /** A line of the log; unpaired surrogates and NUL stand as U+FFFD, and past 16 Ki characters it is cut. */
  record Line(JobId job, long sequence, Instant at, String text) implements JobEvent {
    /** Checks. */
    public Line {
      Objects.requireNonNull(text, "text");
    }
  }

  /** So much is done, 0 to 1. */
  record Progress(JobId job, long sequence, Instant at, double done) implements JobEvent {}

  /** A figure of the run; {@code NaN} where it is not known. */
  record Figure(JobId job, long sequence, Instant at, String name, long step, double value)
      implements JobEvent {
    /** Checks. */
    public Figure {
      Objects.requireNonNull(name, "name");
    }
  }

  /** Nothing happened for a while, and the service is there. */
  record Heartbeat(JobId job, long sequence, Instant at) implements JobEvent {}

  /**
   * Events that are not kept any more, or that came faster than they could be written.
   *
   * @param from the first number that is missing
   * @param sequence the last number that is missing
   */
  record Gap(JobId job, long from, long sequence, Instant at) implements JobEvent {
    /** How many are missing. */
    public long missing() {
      return sequence - from + 1;
    }
  }
}
