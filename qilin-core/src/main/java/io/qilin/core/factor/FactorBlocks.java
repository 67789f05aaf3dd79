package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;

/**
 * The results of a plan in blocks of days, each computed when it is asked for: {@link FactorPlan#forEachBlock} for those who
 * pull.
 *
 * <pre>
 * try (FactorBlocks blocks = plan.blocks(panel, from, to, maxBytes)) {
 *   while (blocks.next()) {
 *     use(blocks.block());
 *   }
 * }
 * </pre>
 *
 * <p>Holds working memory of the plan until it is closed; closing twice is allowed. Confined to one thread at a time.
 */
public final class FactorBlocks implements AutoCloseable {
  private final FactorBlock block;
  private final BlockRun.Walk walk;
  private int begun;
  private int reached;
  private boolean closed;
  /** A part of the next days may have been taken in. */
  private boolean broken;

  FactorBlocks(FactorBlock block, BlockRun run, int days) {
    this.block = block;
    this.walk = run.walk(
        days,
        (factor, day, first, values, offset, length) ->
            block.write(factor, day - begun, first, values, offset, length));
  }

  /**
   * Computes the next days into the block; what it held is gone.
   *
   * @return false at the end
   * @throws QilinException CANCELLED; TIMEOUT; PROVIDER if an operator of the host fails; INVALID_ARGUMENT after {@link #close};
   *     CONFLICT after any failure, as there is no going on from it
   */
  public boolean next() {
    if (closed) {
      throw QilinException.invalid("these blocks are closed; ask the plan for others");
    }
    if (broken) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "these blocks failed on the days after the first " + reached
              + "; close them and ask the plan for others");
    }
    int all = walk.days().size();
    if (reached == all) {
      return false;
    }
    begun = reached;
    int end = Math.min(all, begun + block.capacity());
    broken = true;
    block.begin(walk.days().subList(begun, end));
    walk.runTo(end);
    block.end();
    broken = false;
    reached = end;
    return true;
  }

  /** The block that {@link #next} fills, always the same. */
  public FactorBlock block() {
    return block;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      walk.close();
    }
  }
}
