package io.qilin.security.audit;

import io.qilin.security.audit.AuditFinding.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares a log, as it is read, with checkpoints that were kept elsewhere. One thread, one run. */
final class CheckpointComparison {
  private final List<AuditCheckpoint> checkpoints;
  private int next;
  private long agreed;
  private Optional<AuditFinding> fault = Optional.empty();

  CheckpointComparison(List<AuditCheckpoint> kept) {
    checkpoints = new ArrayList<>(kept);
    checkpoints.sort(Comparator.comparingLong(AuditCheckpoint::size));
  }

  /** Sees the log after each record. */
  void see(ChainState chain) {
    while (next < checkpoints.size() && checkpoints.get(next).size() <= chain.size()) {
      AuditCheckpoint checkpoint = checkpoints.get(next++);
      if (fault.isEmpty() && !agrees(checkpoint, chain)) {
        fault = Optional.of(new AuditFinding(
            Problem.REWRITTEN,
            agreed + 1,
            "",
            0,
            "the records " + (agreed + 1) + " to " + checkpoint.size()
                + " are not all those over which the checkpoint was made"));
      }
      agreed = checkpoint.size();
    }
  }

  /** A checkpoint from before the first record that is here says nothing; one over no record only names the log. */
  private static boolean agrees(AuditCheckpoint checkpoint, ChainState chain) {
    boolean known = checkpoint.size() == chain.size();
    return checkpoint.logId().equals(chain.logId())
        && (!known || checkpoint.root().equals(chain.root()));
  }

  /** The first disagreement, once the whole log with so many records was seen. */
  Optional<AuditFinding> fault(long size) {
    if (fault.isEmpty() && next < checkpoints.size()) {
      return Optional.of(new AuditFinding(
          Problem.CUT,
          size + 1,
          "",
          0,
          "the log ends with record " + size + ", a checkpoint says that it had "
              + checkpoints.get(next).size()));
    }
    return fault;
  }

  int agreed() {
    return fault.isPresent() ? 0 : next;
  }
}
