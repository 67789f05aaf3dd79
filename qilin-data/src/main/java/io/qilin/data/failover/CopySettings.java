package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How last good answers are kept, to stand for members that fail.
 *
 * @param memoryBytes how much memory they may take, roughly, by the size of their columns; at least 1024
 * @param maxAge a copy that is older is not served
 * @param folder a folder for copies that outlive the process, if wanted; it must exist
 * @param folderBytes how much the files in it may take together; the oldest are removed
 */
public record CopySettings(
    long memoryBytes, Duration maxAge, Optional<Path> folder, long folderBytes) {
  /** 64 MiB of memory, copies of at most seven days, no folder. */
  public static final CopySettings DEFAULT =
      new CopySettings(64L << 20, Duration.ofDays(7), Optional.empty(), 256L << 20);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION if one is out of range
   */
  public CopySettings {
    Objects.requireNonNull(maxAge, "maxAge");
    Objects.requireNonNull(folder, "folder");
    Spans.check("maxAge", maxAge);
    if (memoryBytes < 1024 || folderBytes < 1024) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "copies need at least 1024 bytes, got " + memoryBytes + " and " + folderBytes);
    }
  }

  /** The same settings with another amount of memory. */
  public CopySettings withMemoryBytes(long bytes) {
    return new CopySettings(bytes, maxAge, folder, folderBytes);
  }

  /** The same settings with another age. */
  public CopySettings withMaxAge(Duration age) {
    return new CopySettings(memoryBytes, age, folder, folderBytes);
  }

  /** The same settings with a folder, which must exist, and 256 MiB of files in it. */
  public CopySettings withFolder(Path place) {
    return new CopySettings(memoryBytes, maxAge, Optional.of(place), folderBytes);
  }
}
