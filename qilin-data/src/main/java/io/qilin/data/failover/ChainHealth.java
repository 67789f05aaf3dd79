package io.qilin.data.failover;

import java.util.List;

/**
 * How a chain is doing. A snapshot; the counts are each exact, but not all of one moment.
 *
 * @param members in the order in which they are asked
 * @param served answers that a member gave
 * @param fresh answers from memory that were still fresh
 * @param stale answers that were kept copies, standing for members that failed
 * @param lost queries that ended with an error
 * @param listenerFailures events at which the listener threw
 * @param copyFailures copies that could not be written, or that were damaged
 */
public record ChainHealth(
    List<MemberHealth> members,
    long served,
    long fresh,
    long stale,
    long lost,
    long listenerFailures,
    long copyFailures) {
  /** Copies the list. */
  public ChainHealth {
    members = List.copyOf(members);
  }
}
