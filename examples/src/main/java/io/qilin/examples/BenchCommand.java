package io.qilin.examples;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.progress.ProgressListener;
import io.qilin.data.bench.Machine;
import io.qilin.data.bench.Timings;
import io.qilin.data.bench.Yardstick;
import io.qilin.data.demo.SplitMixPanel;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measures the factor engine on a panel that anybody can make. */
@Command(
    name = "bench",
    description = {
      "Measures how long a factor set takes over a made-up panel, warm, in this process, and prints one line of JSON.",
      "",
      "firstRunMs is the first run, compiler cold; then come --warmup runs that do not count and --runs that do."
          + " p99Ms of fewer than 100 runs is the longest. writeFloorMs is the median time to write the same output"
          + " with plain stores to warm memory in this process: no engine that stores its results is faster, so"
          + " medianToFloor compares across machines. checksum proves the input. Run it on an idle machine; the"
          + " floor takes as much memory again as the output.",
      "",
      "With --driver stream all figures are of one tick: the next day of all instruments is pushed. The whole panel goes"
          + " by before the warm-up, so that every window is full.",
      ""
    },
    footer = {
      "",
      "Example: qilin bench --set alpha158 --symbols 512 --days 1024",
      "Example: qilin bench --symbols 64 --days 260 --nan 0.02 --threads 2 --runs 50",
      "Example: qilin bench --driver stream --symbols 4096 --days 128 --warmup 1000 --runs 2000"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 1_000_000;

  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Option(
      names = "--set",
      paramLabel = "alpha158|alpha360|alpha101",
      description = "The factors; alpha158 unless given.")
  private String set = "alpha158";

  @Option(
      names = "--symbols",
      paramLabel = "N",
      description = "Instruments of the panel; 512 unless given.")
  private int symbols = 512;

  @Option(names = "--days", paramLabel = "N", description = "Days of the panel; 1024 unless given.")
  private int days = 1024;

  @Option(
      names = "--nan",
      paramLabel = "SHARE",
      description = "Share of rows that are not known, from 0 to 1; 0 unless given.")
  private double nan;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; 1 unless given. A stream has one.")
  private int threads = 1;

  @Option(
      names = "--driver",
      paramLabel = "batch|stream",
      description = "Whole panel or day by day; batch unless given.")
  private Driver driver = Driver.BATCH;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Runs that do not count; 10 unless given.")
  private int warmup = 10;

  @Option(names = "--runs", paramLabel = "N", description = "Runs that count; 15 unless given.")
  private int runs = 15;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** How to go over the days. */
  private enum Driver {
    BATCH,
    STREAM
  }

  @Override
  public Integer call() {
    between("--symbols", symbols, 1, SplitMixPanel.MAX_INSTRUMENTS);
    between("--days", days, 1, Integer.MAX_VALUE);
    between("--threads", threads, 1, Threads.MOST);
    between("--warmup", warmup, 0, MOST_RUNS);
    between("--runs", runs, 1, MOST_RUNS);
    if (!(nan >= 0 && nan <= 1)) {
      throw new ParameterException(spec.commandLine(), "--nan is from 0 to 1, was " + nan);
    }
    if (driver == Driver.STREAM && threads > 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads is 1 with --driver stream, was " + threads);
    }
    terminal.out().print(measure(KnownSets.named(set, spec)).json() + "\n");
    terminal.out().flush();
    return ExitCode.DONE;
  }

  private void between(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + least + " to " + most + ", was " + value);
    }
  }

  private BenchReport measure(FactorSet factors) {
    long start = System.nanoTime();
    Panel panel = set.equals("alpha101")
        ? SplitMixPanel.wide(symbols, days, nan)
        : SplitMixPanel.of(symbols, days, nan);
    double panelMs = (System.nanoTime() - start) / 1e6;
    boolean batch = driver == Driver.BATCH;
    Timings first;
    Timings measured;
    try (Threads helpers = Threads.helping(threads)) {
      Runnable run = batch
          ? BatchRun.of(panel, factors, threads, helpers.executor())
          : StreamRun.of(panel, factors);
      first = Timings.measure(1, System::nanoTime, run);
      measured = timed(run, batch ? warmup : days - 1 + warmup);
    }
    Yardstick yardstick =
        Yardstick.of(factors.factors().size(), batch ? symbols * days : symbols, System::nanoTime);
    return new BenchReport(
        new BenchReport.Work(
            factors.name(),
            factors.factors().size(),
            symbols,
            days,
            nan,
            threads,
            driver.name().toLowerCase(Locale.ROOT),
            warmup),
        panelMs,
        checksums(panel),
        first.medianMs(),
        measured,
        yardstick.writes(runs),
        Machine.current());
  }

  /** The runs that count, after some that do not; the bar is drawn between them. */
  private Timings timed(Runnable run, int before) {
    ProgressListener bar = terminal.progress("bench");
    long all = (long) before + runs;
    for (int done = 0; done < before; done++) {
      bar.progress(done, all);
      run.run();
    }
    long[] nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      bar.progress((long) before + i, all);
      long start = System.nanoTime();
      run.run();
      nanos[i] = System.nanoTime() - start;
    }
    bar.progress(all, all);
    return Timings.of(nanos);
  }

  private static SortedMap<Field, Long> checksums(Panel panel) {
    SortedMap<Field, Long> sums = new TreeMap<>();
    panel.fields().forEach(field -> sums.put(field, SplitMixPanel.checksum(panel, field)));
    return sums;
  }
}
