package io.qilin.security.audit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditFinding.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks a log that nobody writes: every byte of its files, the chain, the tree, the signatures of the checkpoints in it, and
 * checkpoints that were kept elsewhere. It names the first record that cannot be trusted. It reads once, from the beginning,
 * in memory that does not grow with the log, and changes nothing. Immutable and safe to share between threads.
 *
 * <p>Without checkpoints from elsewhere it cannot see that whole records are missing at the end, or that somebody wrote the
 * whole log anew, together with its checkpoints if he had the key.
 */
public final class AuditVerifier {
  private final CheckpointVerifier signatures;
  private final List<AuditCheckpoint> kept;
  private final long startsAt;

  private AuditVerifier(CheckpointVerifier signatures, List<AuditCheckpoint> kept, long startsAt) {
    this.signatures = Objects.requireNonNull(signatures, "signatures");
    this.kept = List.copyOf(kept);
    this.startsAt = startsAt;
  }

  /** A verifier of logs that begin with record 1, without checkpoints from elsewhere. */
  public static AuditVerifier of(CheckpointVerifier signatures) {
    return new AuditVerifier(signatures, List.of(), 1);
  }

  /** The same with checkpoints that were kept elsewhere; the more, the closer a forged record is named. */
  public AuditVerifier withCheckpoints(List<AuditCheckpoint> checkpoints) {
    return new AuditVerifier(signatures, checkpoints, startsAt);
  }

  /** The same for a log whose older files were moved away, and which begins with this record. */
  public AuditVerifier withStart(long sequence) {
    if (sequence < 1) {
      throw QilinException.invalid("records are numbered from 1, the start was " + sequence);
    }
    return new AuditVerifier(signatures, kept, sequence);
  }

  /**
   * Checks the log in a folder.
   *
   * @return what was found; a log that is damaged is an answer and no error
   * @throws QilinException IO if the folder cannot be read, AUTHENTICATION if a checkpoint from elsewhere has no good signature
   */
  public AuditReport verify(Path folder) {
    for (AuditCheckpoint checkpoint : kept) {
      if (!checkpoint.signedFor(signatures)) {
        throw new QilinException(
            ErrorCode.AUTHENTICATION,
            "a checkpoint over " + checkpoint.size() + " records that was kept elsewhere"
                + " has no good signature of a known key");
      }
    }
    Visitor visitor = new Visitor();
    try {
      return visitor.report(new LogScan(folder, startsAt, Long.MAX_VALUE, visitor).run());
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "the audit log in " + folder + " cannot be read (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }

  private final class Visitor implements ScanVisitor {
    private final CheckpointComparison comparison = new CheckpointComparison(kept);
    private Optional<AuditFinding> unsigned = Optional.empty();
    private long good;

    @Override
    public void record(StoredRecord stored, Path file, ChainState chain) {
      comparison.see(chain);
    }

    @Override
    public void checkpoint(AuditCheckpoint checkpoint) {
      if (checkpoint.signedFor(signatures)) {
        good++;
      } else if (unsigned.isEmpty()) {
        unsigned = Optional.of(new AuditFinding(
            Problem.BAD_CHECKPOINT,
            checkpoint.size() + 1,
            "",
            0,
            "the checkpoint after record " + checkpoint.size()
                + " has no good signature of a known key"));
      }
    }

    AuditReport report(LogScan scan) {
      Optional<AuditFinding> finding = scan.finding();
      if (scan.files().isEmpty()) {
        finding = Optional.of(new AuditFinding(
            Problem.WRONG_FILE, startsAt, "", 0, "the folder holds no file of an audit log"));
      }
      finding = earlier(finding, unsigned);
      finding = earlier(finding, comparison.fault(scan.size()));
      AuditHash root =
          scan.chain().map(ChainState::root).orElseGet(() -> MerkleProofs.root(List.of()));
      return new AuditReport(finding, startsAt, scan.size(), root, good, comparison.agreed());
    }

    /** The one that names the earlier record; the first if both name the same. */
    private static Optional<AuditFinding> earlier(
        Optional<AuditFinding> one, Optional<AuditFinding> other) {
      if (one.isPresent() && other.isPresent()) {
        return one.get().sequence() <= other.get().sequence() ? one : other;
      }
      return one.isPresent() ? one : other;
    }
  }
}
