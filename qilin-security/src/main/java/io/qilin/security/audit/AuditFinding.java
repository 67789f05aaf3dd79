package io.qilin.security.audit;

import java.util.Objects;

/**
 * What is wrong with a log, and from where on.
 *
 * @param problem what kind of thing
 * @param sequence the first record that cannot be trusted; those before it are as they were written
 * @param file the name of the file, or empty if none is to blame
 * @param offset where in the file, in bytes
 * @param message one line; quotes nothing that was recorded
 */
public record AuditFinding(
    Problem problem, long sequence, String file, long offset, String message) {
  /** The kinds of things that can be wrong. */
  public enum Problem {
    /** A file cannot be read. */
    UNREADABLE,
    /** The files do not follow each other, or one is missing, empty or no part of this log. */
    WRONG_FILE,
    /** The last frame of a file is not whole: a crash or a cut. */
    INCOMPLETE,
    /** Bytes were changed. */
    DAMAGED,
    /** A record stands where another belongs: moved, repeated, inserted or left out. */
    OUT_OF_ORDER,
    /** A record does not carry the hash of the one before: one of both was changed. */
    BROKEN_CHAIN,
    /** The text of an erasable field is not the one that was recorded. */
    ALTERED_FIELD,
    /** A field was erased and no record says so. */
    UNRECORDED_ERASURE,
    /** A checkpoint in the log does not fit the records or its signature is not good. */
    BAD_CHECKPOINT,
    /** The log is shorter than a checkpoint says that it was: its end was cut off, or an older copy put in its place. */
    CUT,
    /** The records up to a checkpoint are not those that it was made over. */
    REWRITTEN
  }

  /** Checks the parts. */
  public AuditFinding {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(message, "message");
  }
}
