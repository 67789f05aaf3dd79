package io.qilin.ops.backup;

import java.util.Objects;

/**
 * One thing that is wrong with a backup.
 *
 * @param problem what kind of thing
 * @param path where, from the backup's folder, with control characters escaped
 * @param message one line
 */
public record BackupFinding(Problem problem, String path, String message) {
  /** The kinds of things that can be wrong. */
  public enum Problem {
    /** The manifest is not the one that was written. */
    MANIFEST,
    /** A file is there that no manifest names, or a link, or a device. */
    EXTRA,
    /** A file that the manifest names is not there. */
    MISSING,
    /** A file has another size or other bytes than when it was written. */
    CHANGED,
    /** A file or folder cannot be read. */
    UNREADABLE,
    /** The files are as they were, but their part's check refuses them. */
    REFUSED
  }

  /** Checks the parts. */
  public BackupFinding {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  /** One line: problem, path and message. */
  @Override
  public String toString() {
    return problem + " " + path + ": " + message;
  }
}
