package io.qilin.core.internal.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Rankings that wait for the next row. Many operators rank one after the other; as they share these, what a ranking works
 * with stays in the first cache. Safe for use by several threads.
 */
public final class RankPool {
  private final int width;
  private final Deque<CrossRank> waiting = new ArrayDeque<>();

  /** For rows of up to so many instruments. */
  public RankPool(int width) {
    this.width = width;
  }

  /** One that nobody else uses until it is given back. */
  public synchronized CrossRank take() {
    CrossRank ranks = waiting.poll();
    return ranks == null ? new CrossRank(width) : ranks;
  }

  /** Gives one back. */
  public synchronized void giveBack(CrossRank ranks) {
    waiting.push(ranks);
  }
}
