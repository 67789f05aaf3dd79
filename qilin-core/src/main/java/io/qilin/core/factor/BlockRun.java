package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.core.internal.ParallelWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Runs a plan over a panel day after day with all instruments together. */
final class BlockRun {
  private static final double MIB = 1 << 20;

  /** Values of a row: plans in which instruments meet have many kernels, which longer rows make up for. */
  private static final int WIDTH = 1024;

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
    int days = BatchRun.days(width(), WIDTH);
    while (days > 1 && blockDays(days) < days) {
      days /= 2;
    }
    long most = blockDays(days);
    if (most < 1) {
      throw tooLittle();
    }
    int block = most >= end - from ? end - from : (int) most / days * days;
    Filling filling = new Filling(FactorBlock.of(plan.names(), panel.symbols(), block), consumer);
    run(days, filling::day, filling::write);
  }

  /** How many days a block may have beside working memory of so many days in a row. */
  private long blockDays(int days) {
    long state = plan.stateBytes(days) * panel.symbols().size();
    return (maxBytes - state) / dayBytes();
  }

  private long dayBytes() {
    return 8L * plan.names().size() * panel.symbols().size();
  }

  private QilinException tooLittle() {
    return FactorPlan.tooLarge(
        String.format(
            Locale.ROOT,
            "%d factors of %d instruments need %.1f MiB of working memory and %.1f MiB for one day,"
                + " more than the %.1f MiB allowed",
            plan.names().size(),
            panel.symbols().size(),
            plan.stateBytes() * panel.symbols().size() / MIB,
            dayBytes() / MIB,
            maxBytes / MIB),
        "allow more, or compute fewer factors or instruments at a time");
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
    run(BatchRun.days(width(), WIDTH), day -> {}, sink);
  }

  private int width() {
    return BatchRun.width(panel.symbols().size(), engine.isParallel());
  }

  private void run(int days, IntConsumer onDay, BatchRun.Sink sink) {
    int instruments = panel.symbols().size();
    int width = width();
    List<PanelChunk> chunks = new ArrayList<>();
    try {
      for (int first = 0; first < instruments; first += width) {
        int count = Math.min(width, instruments - first);
        chunks.add(new PanelChunk(plan, panel, first, count, start(days), days));
      }
      run(chunks, onDay, sink);
    } finally {
      chunks.forEach(PanelChunk::close);
    }
  }

  /** Far enough before the first day, and whole rows before it, so that blocks begin where rows do. */
  private int start(int days) {
    int before =
        plan.warmUpRows().isPresent() ? Math.min(from, plan.warmUpRows().getAsInt()) : from;
    return from - (before + days - 1) / days * days;
  }

  private void run(List<PanelChunk> chunks, IntConsumer onDay, BatchRun.Sink sink) {
    PanelChunk any = chunks.get(0);
    chunks.forEach(chunk -> chunk.sink(from, end, sink));
    CrossSections meeting = new CrossSections(
        chunks.stream().map(PanelChunk::part).toList(), panel.symbols().size());
    int last = end + BatchRun.longestDelay(any.program());
    for (int day = any.start(); day < last; day += any.days()) {
      engine.checkStop();
      if (day >= from && day < end) {
        onDay.accept(day - from);
      }
      int today = day;
      for (int stage = 0; stage < any.program().stageCount(); stage++) {
        int part = stage;
        ParallelWork.run(
            chunks.size(), engine.executor(), chunk -> chunks.get(chunk).run(today, part));
        meeting.meet(stage, day - any.start(), engine.executor());
      }
      int reached = Math.min(day + any.days(), end);
      if (reached > from) {
        engine.progress().progress((long) reached - from, (long) end - from);
      }
    }
    onDay.accept(end - from);
  }
}
