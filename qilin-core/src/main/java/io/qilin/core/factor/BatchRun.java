package io.qilin.core.factor;

import io.qilin.api.market.Panel;
import io.qilin.api.progress.ProgressListener;
import io.qilin.core.internal.ParallelWork;
import io.qilin.core.internal.row.RowProgram;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Runs a plan over a panel, a large one part of its expressions by part, chunk of instruments by chunk, each over all its days or, where several threads help, over a part
 * of them: the working memory of a chunk stays in the processor's caches. With cross-sectional operators all chunks go through
 * each day together.
 */
final class BatchRun {
  /** Values of a row: enough for the loops over them to outweigh going from kernel to kernel, few enough for the caches. */
  private static final int WIDTH = 256;

  private final FactorPlan plan;
  private final FactorEngine engine;
  private final Helpers helpers;
  private final Panel panel;
  private final int from;
  private final int end;
  /** Whether nobody wants the results any more. */
  private final BooleanSupplier abandoned;

  BatchRun(FactorPlan plan, Panel panel, int from, int end) {
    this(plan, Helpers.of(plan.engine()), panel, from, end, () -> false);
  }

  private BatchRun(
      FactorPlan plan, Helpers helpers, Panel panel, int from, int end, BooleanSupplier abandoned) {
    this.plan = plan;
    this.engine = plan.engine();
    this.helpers = helpers;
    this.panel = panel;
    this.from = from;
    this.end = end;
    this.abandoned = abandoned;
  }

  /** Takes values of one expression on one day, of instruments side by side. */
  interface Sink {
    void write(
        int expression, int day, int firstInstrument, double[] values, int offset, int length);
  }

  void run(Sink sink) {
    engine.checkStop();
    int instruments = panel.symbols().size();
    if (instruments == 0) {
      return;
    }
    // All instruments of a large market side by side are too much for the cache, however small the
    // parts.
    boolean small = !plan.isCrossSectional() || instruments <= BatchParts.LANES;
    if (small && plan.parts().size() > 1) {
      runParts(sink, plan.parts());
    } else if (plan.isCrossSectional()) {
      new BlockRun(plan, helpers, panel, from, end, Long.MAX_VALUE).run(sink);
    } else {
      run(sink, BatchParts.of(instruments, end - from, plan.warmUpRows(), helpers.threads()));
    }
  }

  /** Runs one part of the plan after the other; or several threads take one each, where they would wait for one another in a part. */
  private void runParts(Sink sink, List<PlanPart> parts) {
    Progress progress = new Progress(
        helpers.progress(), (long) panel.symbols().size() * (end - from), parts.size());
    boolean apart = plan.isCrossSectional() || parts.size() >= 4 * helpers.threads();
    ParallelWork.run(parts.size(), apart ? helpers.executor() : Runnable::run, (number, failed) -> {
      PlanPart part = parts.get(number);
      Helpers own = apart ? Helpers.none(progress.ofOne()) : helpers.telling(progress.ofOne());
      new BatchRun(part.plan(), own, panel, from, end, failed).run(part.to(sink));
    });
  }

  /** Runs a plan without cross-sectional operators, the panel divided in this way. */
  void run(Sink sink, BatchParts parts) {
    int instruments = panel.symbols().size();
    int chunks = parts.chunks(instruments);
    Progress progress = new Progress(helpers.progress(), (long) instruments * (end - from), 1);
    ParallelWork.run(chunks * parts.spans(), helpers.executor(), (part, failed) -> {
      int first = part % chunks * parts.width();
      int count = Math.min(parts.width(), instruments - first);
      int day = parts.first(part / chunks, from, end);
      int last = parts.first(part / chunks + 1, from, end);
      try (PanelChunk lanes =
          new PanelChunk(plan, panel, first, count, start(day), days(parts.width()))) {
        run(lanes, day, last, sink, progress, failed);
      }
    });
  }

  /** Adds up what the threads have done, in instruments × days, on each of which some parts of the plan are computed. */
  private record Progress(ProgressListener listener, AtomicLong done, long total, int parts) {
    Progress(ProgressListener listener, long total, int parts) {
      this(listener, new AtomicLong(), total, parts);
    }

    void add(long cells) {
      if (cells > 0) {
        listener.progress(done.addAndGet(cells) / parts, total);
      }
    }

    /** Hears of one part, in whatever unit. */
    ProgressListener ofOne() {
      AtomicLong told = new AtomicLong();
      return (own, all) -> {
        long cells = total * own / all;
        add(cells - told.getAndSet(cells));
      };
    }
  }

  /** Days of a row: the fewer lanes, the more, as going from one kernel to the next costs the same for few and for many. */
  static int days(int lanes) {
    return Math.min(PanelChunk.FED_DAYS, Integer.highestOneBit(Math.max(1, WIDTH / lanes)));
  }

  private int start(int day) {
    return plan.warmUpRows().isPresent() ? Math.max(0, day - plan.warmUpRows().getAsInt()) : 0;
  }

  private void run(
      PanelChunk lanes,
      int first,
      int after,
      Sink sink,
      Progress progress,
      BooleanSupplier failed) {
    int days = lanes.days();
    int last = after + longestDelay(lanes.program());
    int told = first;
    lanes.sink(
        first,
        after,
        (expression, day, instrument, values, offset, length) ->
            sink.write(expression, first - from + day, instrument, values, offset, length));
    for (int day = lanes.start(); day < last; day += days) {
      if (abandoned.getAsBoolean() || failed.getAsBoolean()) {
        return;
      }
      engine.checkStop();
      lanes.run(day, 0);
      int reached = Math.min(after, Math.max(first, day + days));
      progress.add((long) (reached - told) * lanes.count());
      told = reached;
    }
  }

  static int longestDelay(RowProgram program) {
    int longest = 0;
    for (int output = 0; output < program.outputCount(); output++) {
      longest = Math.max(longest, program.delay(output));
    }
    return longest;
  }
}
