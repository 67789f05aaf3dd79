package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.core.internal.ParallelWork;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs a plan over a panel day after day with all instruments together. */
final class BlockRun {
  private static final double MIB = 1 << 20;

  private final FactorPlan plan;
  private final FactorEngine engine;
  private final Helpers helpers;
  private final Panel panel;
  private final int from;
  private final int end;
  private final long maxBytes;

  BlockRun(FactorPlan plan, Helpers helpers, Panel panel, int from, int end, long maxBytes) {
    this.plan = plan;
    this.engine = plan.engine();
    this.helpers = helpers;
    this.panel = panel;
    this.from = from;
    this.end = end;
    this.maxBytes = maxBytes;
  }

  /** Begins to hand out block after block. */
  FactorBlocks blocks() {
    int days = BatchRun.days(width());
    while (days > 1 && blockDays(days) < days) {
      days /= 2;
    }
    long most = blockDays(days);
    if (most < 1) {
      throw tooLittle();
    }
    int block = most >= end - from ? end - from : (int) most / days * days;
    return new FactorBlocks(FactorBlock.of(plan.names(), panel.symbols(), block), this, days);
  }

  /** How many days a block may have beside working memory of so many days in a row. */
  private long blockDays(int days) {
    long state = plan.stateBytes(days) * panel.symbols().size();
    return (maxBytes - state) / Math.max(1, dayBytes());
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

  void run(BatchRun.Sink sink) {
    try (Walk walk = walk(BatchRun.days(width()), sink)) {
      walk.runTo(end - from);
    }
  }

  private int width() {
    return BatchParts.width(panel.symbols().size(), helpers.threads());
  }

  /** Sets out with so many days in a row. */
  Walk walk(int days, BatchRun.Sink sink) {
    int instruments = panel.symbols().size();
    int width = width();
    List<PanelChunk> chunks = new ArrayList<>();
    boolean begun = false;
    try {
      for (int first = 0; first < instruments; first += width) {
        int count = Math.min(width, instruments - first);
        chunks.add(new PanelChunk(plan, panel, first, count, start(days), days));
      }
      Walk walk = new Walk(chunks, sink);
      begun = true;
      return walk;
    } finally {
      if (!begun) {
        chunks.forEach(PanelChunk::close);
      }
    }
  }

  /** Far enough before the first day, and whole rows before it, so that blocks begin where rows do. */
  private int start(int days) {
    int before =
        plan.warmUpRows().isPresent() ? Math.min(from, plan.warmUpRows().getAsInt()) : from;
    return from - (before + days - 1) / days * days;
  }

  /** All instruments on their way through the days. For use by one thread. */
  final class Walk implements AutoCloseable {
    private final List<PanelChunk> chunks;
    private final CrossSections meeting;
    private int day;

    private Walk(List<PanelChunk> chunks, BatchRun.Sink sink) {
      this.chunks = chunks;
      this.day = chunks.isEmpty() ? end : chunks.get(0).start();
      chunks.forEach(chunk -> chunk.sink(from, end, sink));
      this.meeting = new CrossSections(
          chunks.stream().map(PanelChunk::part).toList(), panel.symbols().size());
    }

    /** The days asked for. */
    List<LocalDate> days() {
      return panel.days().subList(from, end);
    }

    /**
     * Goes on until the days before one of those asked for are computed, all of them for the number of days.
     *
     * @param until where a row of days begins, or the number of days
     */
    void runTo(int until) {
      if (chunks.isEmpty()) {
        return;
      }
      PanelChunk any = chunks.get(0);
      int last = until < end - from ? from + until : end + BatchRun.longestDelay(any.program());
      for (; day < last; day += any.days()) {
        engine.checkStop();
        int today = day;
        for (int stage = 0; stage < any.program().stageCount(); stage++) {
          int part = stage;
          ParallelWork.run(
              chunks.size(), helpers.executor(), chunk -> chunks.get(chunk).run(today, part));
          meeting.meet(stage, day - any.start(), helpers.executor());
        }
        int reached = Math.min(day + any.days(), end);
        if (reached > from) {
          helpers.progress().progress((long) reached - from, (long) end - from);
        }
      }
    }

    @Override
    public void close() {
      chunks.forEach(PanelChunk::close);
    }
  }
}
