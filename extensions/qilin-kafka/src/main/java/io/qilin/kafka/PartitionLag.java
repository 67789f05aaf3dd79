package io.qilin.kafka;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * How far a reader is behind in one partition.
 *
 * @param source the partition, for example {@code market_data-0}
 * @param unread how many offsets lie between what was handed over and the end; −1 if not known yet
 * @param uncommitted how many lie between what is committed and what was handed over: what would be read again
 */
public record PartitionLag(String source, long unread, long uncommitted) {
  /** An {@link #unread} that is not known. */
  public static final long NOT_KNOWN = -1;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a number that cannot be
   */
  public PartitionLag {
    Objects.requireNonNull(source, "source");
    if (unread < NOT_KNOWN || uncommitted < 0) {
      throw QilinException.invalid("a lag is not negative, was " + unread + " and " + uncommitted);
    }
  }
}
