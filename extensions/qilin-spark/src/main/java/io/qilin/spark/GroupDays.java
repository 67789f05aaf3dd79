package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorBlocks;
import io.qilin.core.factor.FactorPlan;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** What a plan makes of groups, one day of one group after the other, computed as it is asked for. For use by one thread. */
final class GroupDays {
  /** Days of a block: few, so that it is still in the processor's caches when it is read. */
  private static final int BLOCK_DAYS = 4;

  private final Groups groups;
  private final FactorPlan plan;
  private @Nullable Group group;
  private int groupNumber;
  private @Nullable FactorBlocks blocks;
  private int[] present = {};
  private int count;
  private int day = -1;
  private int blockStart;
  private int blockDays;

  GroupDays(Groups groups, FactorPlan plan) {
    this.groups = groups;
    this.plan = plan;
  }

  /**
   * Goes to the next day on which instruments of the group have rows; false at the end.
   *
   * @throws QilinException CANCELLED if the task is; as the engine
   */
  boolean next() {
    do {
      day++;
      if (blocks == null || (day == blockStart + blockDays && !nextBlock())) {
        if (!nextGroup()) {
          return false;
        }
      }
      count = group().present(day, present);
    } while (count == 0);
    return true;
  }

  private boolean nextBlock() {
    requireGoingOn();
    FactorBlocks all = Objects.requireNonNull(blocks);
    if (!all.next()) {
      all.close();
      return false;
    }
    blockStart = day;
    blockDays = all.block().days().size();
    return true;
  }

  private boolean nextGroup() {
    // The last panel must go before the next is made, or a task needs both.
    blocks = null;
    group = null;
    if (!groups.hasNext()) {
      return false;
    }
    Group next = groups.next();
    group = next;
    groupNumber++;
    Panel panel = next.panel();
    int lanes = panel.symbols().size();
    long most = 2 * plan.stateBytes() * lanes
        + (long) BLOCK_DAYS * plan.names().size() * lanes * Double.BYTES;
    blocks = plan.blocks(panel, panel.days().get(0), panel.lastDay(), most);
    present = new int[lanes];
    day = 0;
    return nextBlock();
  }

  private static void requireGoingOn() {
    TaskContext task = TaskContext.get();
    if (task != null && task.isInterrupted()) {
      throw new QilinException(ErrorCode.CANCELLED, "the task that computed factors was stopped");
    }
  }

  Group group() {
    return Objects.requireNonNull(group);
  }

  /** Tells one group from the next without holding it. */
  int groupNumber() {
    return groupNumber;
  }

  /** The place of the day in the market. */
  int day() {
    return day;
  }

  /** How many instruments have a row. */
  int count() {
    return count;
  }

  /** The place in the group's panel of one of them. */
  int present(int i) {
    return present[i];
  }

  /** Copies a column of the day, one value for each instrument of the group's panel. */
  void column(int column, double[] to) {
    Objects.requireNonNull(blocks).block().crossSection(column, day - blockStart, to);
  }
}
