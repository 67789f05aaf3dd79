package io.qilin.benchmarks;

import io.qilin.api.model.Page;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.Comparison;
import io.qilin.api.model.RunOrder;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a search among 100,000 runs of one experiment take, with the loading of its page of up to 100 runs? The goal is 50 ms.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar TrackingBenchmark}, or {@link #main} for all queries at one filling; figures
 * are in docs/benchmarks.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrackingBenchmark {
  private static final int RUNS = 100_000;
  private static final int REPEATS = 40;

  /** What is asked. */
  @Param({"newest", "greatest", "rare", "frequent", "two", "running", "param", "name", "disjoint"})
  public String query = "newest";

  private Path folder = Path.of("");
  private Database database;
  private EmbeddedTracker tracker;
  private Map<String, RunQuery> queries = Map.of();

  /** Fills a store in a temporary folder. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("tracking");
    database = Database.sqlite(folder.resolve("store.db"));
    Clock clock = Clock.systemUTC();
    tracker = EmbeddedTracker.open(
        database, ArtifactStore.open(folder.resolve("artifacts"), clock), clock, new Random(7));
    queries = queries(tracker.experiment("large").id());
    TrackingRuns.write(database, RUNS);
  }

  private static Map<String, RunQuery> queries(String in) {
    Map<String, RunQuery> queries = new TreeMap<>();
    queries.put("newest", RunQuery.in(in).build());
    queries.put("greatest", RunQuery.in(in).order(RunOrder.greatest("ic")).build());
    queries.put(
        "rare",
        RunQuery.in(in).where(RunCondition.metric("ic", Comparison.ABOVE, 0.1)).build());
    queries.put(
        "frequent",
        RunQuery.in(in).where(RunCondition.metric("ic", Comparison.ABOVE, 0.05)).build());
    queries.put(
        "two",
        RunQuery.in(in)
            .where(RunCondition.metric("ic", Comparison.ABOVE, 0.05))
            .where(RunCondition.param("model", "lgb"))
            .order(RunOrder.greatest("up"))
            .build());
    queries.put(
        "running", RunQuery.in(in).where(RunCondition.status(RunStatus.RUNNING)).build());
    queries.put(
        "param", RunQuery.in(in).where(RunCondition.param("seed", "777")).build());
    queries.put("name", RunQuery.in(in).where(RunCondition.name("run-500")).build());
    queries.put(
        "disjoint",
        RunQuery.in(in)
            .where(RunCondition.metric("up", Comparison.ABOVE, RUNS / 2))
            .where(RunCondition.metric("down", Comparison.ABOVE, -RUNS / 2))
            .order(RunOrder.greatest("ic"))
            .build());
    return queries;
  }

  /** Removes the store. */
  @TearDown
  public void close() throws IOException {
    database.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Finds and loads one page. */
  @Benchmark
  public Page<Run> search() {
    return tracker.search(queries.get(query));
  }

  /** Prints for each query the least of many repeats by the clock and by processor time, for a machine that others use too. */
  public static void main(String[] args) throws IOException {
    var processor = ManagementFactory.getThreadMXBean();
    TrackingBenchmark benchmark = new TrackingBenchmark();
    benchmark.open();
    for (String query : List.copyOf(benchmark.queries.keySet())) {
      benchmark.query = query;
      long wall = Long.MAX_VALUE;
      long cpu = Long.MAX_VALUE;
      int found = 0;
      for (int i = 0; i < REPEATS; i++) {
        long cpuStart = processor.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        found = benchmark.search().items().size();
        wall = Math.min(wall, System.nanoTime() - start);
        cpu = Math.min(cpu, processor.getCurrentThreadCpuTime() - cpuStart);
      }
      System.out.println(String.format(
          Locale.ROOT,
          "%-10s %3d runs, %.1f ms, %.1f ms of processor time",
          query,
          found,
          wall / 1e6,
          cpu / 1e6));
    }
    benchmark.close();
  }
}
