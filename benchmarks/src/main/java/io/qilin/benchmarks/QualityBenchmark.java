package io.qilin.benchmarks;

import io.qilin.data.quality.table.TableReport;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
 * How long do five checks take over ten million rows of eight columns in memory: completeness, uniqueness, price order,
 * range and timeliness? DuckDB does the same over the same table. The answers of both are compared with the right ones
 * first. {@code scattered} are keys in no order and of no small range.
 *
 * <pre>
 * java -Xmx6g -jar benchmarks/target/benchmarks.jar QualityBenchmark
 * </pre>
 *
 * <p>The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 10)
@Fork(1)
public class QualityBenchmark {
  /** The order of rows and the range of keys. */
  @Param({"sorted", "scattered"})
  public String keys = "";

  /** Threads that judge. */
  @Param({"1", "2"})
  public int threads;

  private QualityTable table = QualityTable.sorted();
  private DuckDbQuality duckDb = DuckDbQuality.load(List.of(), 1);
  private ExecutorService executor = Executors.newCachedThreadPool();

  /** For JMH. */
  public QualityBenchmark() {}

  /** Makes the table and compares the answers. */
  @Setup
  public void load() {
    if (keys.equals("scattered")) {
      table = QualityTable.scattered();
    }
    duckDb.close();
    duckDb = DuckDbQuality.load(table.batches(), threads);
    QualityTable.check(qilin());
    QualityTable.check(duckDb(), "DuckDB");
  }

  /** Ends the threads and the database. */
  @TearDown
  public void close() {
    duckDb.close();
    executor.shutdown();
  }

  /** Qilin. */
  @Benchmark
  public TableReport qilin() {
    return table.judge(executor, threads);
  }

  /** DuckDB, three statements. */
  @Benchmark
  public List<Long> duckDb() {
    return duckDb.judge();
  }
}
