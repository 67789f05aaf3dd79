package io.qilin.data.failover;

import io.qilin.api.quality.QualityFinding;
import io.qilin.data.reconcile.ReconciliationReport;
import java.util.Objects;

/**
 * Something that happened in a chain, for logs and metrics. Events are handed over on the thread on which they happen;
 * a listener that blocks delays answers.
 */
public sealed interface ChainEvent {
  /**
   * A query was answered; {@link Served#staleAge} says whether by a kept copy.
   *
   * @param kind {@code bars}, {@code securities} or {@code records}
   * @param answer the answer
   */
  record Answered(String kind, Served<?> answer) implements ChainEvent {
    /** Checks the parts. */
    public Answered {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(answer, "answer");
    }
  }

  /**
   * A member did not serve, and the chain went on without it.
   *
   * @param attempt what went wrong
   */
  record PassedOver(Attempt attempt) implements ChainEvent {
    /** Checks the part. */
    public PassedOver {
      Objects.requireNonNull(attempt, "attempt");
    }
  }

  /**
   * The guard of a member changed its state.
   *
   * @param member its name
   * @param before the state that was reported last
   * @param after the state now
   */
  record GuardChanged(String member, CallGuard.State before, CallGuard.State after)
      implements ChainEvent {
    /** Checks the parts. */
    public GuardChanged {
      Objects.requireNonNull(member, "member");
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "after");
    }
  }

  /**
   * A kept copy could not be written or read; it counts as absent.
   *
   * @param finding the file and what is wrong with it
   */
  record CopyFailed(QualityFinding finding) implements ChainEvent {
    /** Checks the part. */
    public CopyFailed {
      Objects.requireNonNull(finding, "finding");
    }
  }

  /**
   * A sample of an answer was compared with another member's.
   *
   * @param report what was found
   */
  record Reconciled(ReconciliationReport report) implements ChainEvent {
    /** Checks the part. */
    public Reconciled {
      Objects.requireNonNull(report, "report");
    }
  }

  /**
   * A sample of an answer could not be compared.
   *
   * @param member the member that was to be compared with
   * @param reason why not, one line
   */
  record NotReconciled(String member, String reason) implements ChainEvent {
    /** Checks the parts. */
    public NotReconciled {
      Objects.requireNonNull(member, "member");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
