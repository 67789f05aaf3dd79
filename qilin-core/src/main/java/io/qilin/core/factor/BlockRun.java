package io.qilin.core.factor;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.core.internal.row.RowProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Runs a plan over a panel day after day with all instruments together. */
final class BlockRun {
  private static final double MIB = 1 << 20;

  private final FactorPlan plan;
  private final FactorEngine engine;
  private final Panel panel;
  private final int from;
  private final int end;
  private final long maxBytes;

  BlockRun(FactorPlan plan, Panel panel, int from, int end, long maxBytes) {
    this.plan = plan;
    this.engine = plan.engine();
    this.panel = panel;
    this.from = from;
    this.end = end;
    this.maxBytes = maxBytes;
  }

  /** Hands over block after block. */
  void run(Consumer<FactorBlock> consumer) {
    int days = blockDays();
    FactorBlock block = FactorBlock.of(plan.names(), panel.symbols(), days);
    Filling filling = new Filling(block, consumer);
    run(filling::day, filling::write);
  }

  private int blockDays() {
    long state = plan.stateBytes() * panel.symbols().size();
    long day = 8L * plan.names().size() * panel.symbols().size();
    long days = (maxBytes - state) / day;
    if (days < 1) {
      throw FactorPlan.tooLarge(
          String.format(
              Locale.ROOT,
              "%d factors of %d instruments need %.1f MiB of working memory and %.1f MiB for one day,"
                  + " more than the %.1f MiB allowed",
              plan.names().size(),
              panel.symbols().size(),
              state / MIB,
              day / MIB,
              maxBytes / MIB),
          "allow more, or compute fewer factors or instruments at a time");
    }
    return (int) Math.min(days, end - from);
  }

  /** Puts days into a block until it is full. */
  private final class Filling {
    private final FactorBlock block;
    private final Consumer<FactorBlock> consumer;
    private int blockStart = -1;

    Filling(FactorBlock block, Consumer<FactorBlock> consumer) {
      this.block = block;
      this.consumer = consumer;
    }

    /** Before a day is written, and after the last. */
    void day(int day) {
      if (blockStart >= 0 && (day - blockStart == block.capacity() || day == end - from)) {
        consumer.accept(block);
        blockStart = -1;
      }
      if (blockStart < 0 && day < end - from) {
        blockStart = day;
        int last = Math.min(day + block.capacity(), end - from);
        block.begin(panel.days().subList(from + day, from + last));
      }
    }

    void write(int factor, int day, int first, double[] values, int offset, int length) {
      block.write(factor, day - blockStart, first, values, offset, length);
    }
  }

  void run(BatchRun.Sink sink) {
    run(day -> {}, sink);
  }

  private void run(IntConsumer onDay, BatchRun.Sink sink) {
    int instruments = panel.symbols().size();
    int width = BatchRun.width(instruments, engine.isParallel());
    List<PanelChunk> chunks = new ArrayList<>();
    try {
      for (int first = 0; first < instruments; first += width) {
        int count = Math.min(width, instruments - first);
        chunks.add(new PanelChunk(plan, panel, first, count, start(), 1));
      }
      run(chunks, onDay, sink);
    } finally {
      chunks.forEach(PanelChunk::close);
    }
  }

  private int start() {
    return plan.warmUpRows().isPresent() ? Math.max(0, from - plan.warmUpRows().getAsInt()) : 0;
  }

  private void run(List<PanelChunk> chunks, IntConsumer onDay, BatchRun.Sink sink) {
    RowProgram program = chunks.get(0).program();
    chunks.forEach(chunk -> chunk.sink(from, end, sink));
    CrossSections meeting = new CrossSections(
        chunks.stream().map(PanelChunk::part).toList(), panel.symbols().size());
    int last = end + BatchRun.longestDelay(program);
    for (int day = start(); day < last; day++) {
      engine.checkStop();
      if (day >= from && day < end) {
        onDay.accept(day - from);
      }
      int today = day;
      for (int stage = 0; stage < program.stageCount(); stage++) {
        int part = stage;
        ParallelWork.run(
            chunks.size(),
            engine.executor(),
            chunk -> chunks.get(chunk).run(today, today + 1, part));
        meeting.meet(stage, day - start(), engine.executor());
      }
      if (day >= from && day < end) {
        engine.progress().progress(day - from + 1L, (long) end - from);
      }
    }
    onDay.accept(end - from);
  }
}
