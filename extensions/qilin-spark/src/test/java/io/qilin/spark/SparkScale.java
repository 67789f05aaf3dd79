package io.qilin.spark;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha101;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.data.demo.SplitMixPanel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Measures Spark beside the local engine: {@code SparkScale MASTER [SET] [INSTRUMENTSxDAYS] [ROUNDS]}, for example {@code
 * local[2] alpha158 2000x1024 3} or {@code local-cluster[2,1,1024]}. A line of a table for each round: seconds to read and
 * move the bars, to compute them into rows and into Arrow, values a second as rows, seconds of the local engine with two threads,
 * and the same in processor time of this process, which a busy machine disturbs less. One factor costs what moves and rows
 * cost without the factors; on a cluster the processor time is that of the driver alone. At the end whether a checksum over the bits of all values is the local one's.
 */
final class SparkScale {
  private SparkScale() {}

  public static void main(String[] args) throws IOException {
    String master = args[0];
    FactorSet factors =
        args.length > 1 && args[1].equals("alpha101") ? Alpha101.factors() : Alpha158.factors();
    String[] size = (args.length > 2 ? args[2] : "2000x1024").split("x");
    int instruments = Integer.parseInt(size[0]);
    int days = Integer.parseInt(size[1]);
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
    SparkSession.Builder builder =
        master.startsWith("local-cluster") ? Clusters.quiet(master) : Sessions.quiet(master);
    try (SparkSession session = builder.getOrCreate()) {
      run(session, master, factors, instruments, days, rounds);
    }
  }

  private static void run(
      SparkSession session,
      String master,
      FactorSet factors,
      int instruments,
      int days,
      int rounds) {
    long values = (long) instruments * days * factors.factors().size();
    Dataset<Row> bars = bars(session, instruments, days);
    bars.persist();
    bars.count();
    Local local = new Local(SplitMixPanel.wide(instruments, days, 0), factors);
    System.out.println("| rows | master | move s | rows s | Arrow s | values/s | local s "
        + "| CPU s of local, move, one factor, all as rows, all as Arrow |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int round = 0; round < rounds; round++) {
      Timed alone = Timed.of(local::run);
      List<Dataset<Row>> result = new ArrayList<>();
      Timed moved = Timed.of(() -> result.add(SparkFactors.compute(bars, factors)));
      Timed rows = Timed.of(() -> sink(result.get(0)));
      Dataset<Row> single =
          SparkFactors.compute(bars, FactorSet.of("one", new Factor("f", "$close/$open")));
      Timed one = Timed.of(() -> sink(single));
      Timed arrow = Timed.of(
          () -> sink(SparkFactors.computeArrow(bars, factors, SparkFactorSettings.DEFAULT)));
      System.out.println(String.format(
          Locale.ROOT,
          "| %d | %s | %.2f | %.2f | %.2f | %.1f M | %.2f | %.2f, %.2f, %.2f, %.2f, %.2f |",
          (long) instruments * days,
          master,
          moved.wall(),
          rows.wall(),
          arrow.wall() - moved.wall(),
          values / rows.wall() / 1e6,
          alone.wall(),
          alone.cpu(),
          moved.cpu(),
          one.cpu(),
          rows.cpu(),
          arrow.cpu() - moved.cpu()));
    }
    long sum = checksum(SparkFactors.compute(bars, factors));
    System.out.println("checksum " + (sum == local.checksum() ? "equal" : "DIFFERENT"));
    local.close();
  }

  private static void sink(Dataset<?> result) {
    result.write().format("noop").mode("overwrite").save();
  }

  /** Seconds by the clock and of this process's processors. */
  private record Timed(double wall, double cpu) {
    static Timed of(Runnable work) {
      var system = (com.sun.management.OperatingSystemMXBean)
          java.lang.management.ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      work.run();
      return new Timed((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }
  }

  /** The engine in this process, with two threads. */
  private static final class Local implements AutoCloseable {
    private final ExecutorService helper = Executors.newSingleThreadExecutor();
    private final Panel panel;
    private final FactorPlan plan;

    Local(Panel panel, FactorSet factors) {
      this.panel = panel;
      this.plan = FactorEngine.builder().executor(helper).build().plan(factors);
    }

    /** Computes without keeping the results. */
    void run() {
      plan.forEachBlock(panel, panel.days().get(0), panel.lastDay(), 512L << 20, block -> {});
    }

    long checksum() {
      long[] sum = new long[1];
      plan.forEachBlock(panel, panel.days().get(0), panel.lastDay(), 512L << 20, block -> {
        for (int day = 0; day < block.days().size(); day++) {
          for (int i = 0; i < block.symbols().size(); i++) {
            long row = block.symbols().get(i).code().hashCode() * 31L
                + block.days().get(day).toEpochDay();
            for (int f = 0; f < block.names().size(); f++) {
              row = row * 31 + Double.doubleToLongBits(block.value(f, i, day));
            }
            sum[0] += row;
          }
        }
      });
      return sum[0];
    }

    @Override
    public void close() {
      helper.shutdown();
    }
  }

  /** A sum over rows in any order of what their bits make. */
  private static long checksum(Dataset<Row> factors) {
    int columns = factors.columns().length;
    return Sparks.internal(factors)
        .mapPartitions(rows -> {
          long sum = 0;
          while (rows.hasNext()) {
            InternalRow row = rows.next();
            long own = row.getUTF8String(0).toString().hashCode() * 31L + row.getInt(1);
            for (int column = 2; column < columns; column++) {
              double value = row.isNullAt(column) ? Double.NaN : row.getDouble(column);
              own = own * 31 + Double.doubleToLongBits(value);
            }
            sum += own;
          }
          return List.of(sum).iterator();
        })
        .reduce(Long::sum);
  }

  /** Made on the executors, some instruments a partition, in the order of days. */
  private static Dataset<Row> bars(SparkSession session, int instruments, int days) {
    StructType schema = BarRows.schema(SplitMixPanel.wide(1, 1, 0));
    List<StructField> fields = new ArrayList<>();
    for (StructField field : schema.fields()) {
      fields.add(DataTypes.createStructField(field.name(), field.dataType(), true));
    }
    int parts = 8;
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      numbers.add(i);
    }
    JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(numbers, parts)
        .mapPartitions(own -> own.hasNext()
            ? part(own.next(), parts, instruments, days)
            : Collections.emptyIterator());
    return session.createDataFrame(rows, DataTypes.createStructType(fields));
  }

  private static Iterator<Row> part(int part, int parts, int instruments, int days) {
    Panel all = SplitMixPanel.wide(instruments, days, 0);
    return IntStream.range(0, instruments)
        .filter(i -> i % parts == part)
        .boxed()
        .flatMap(i -> IntStream.range(0, days).mapToObj(day -> {
          Object[] cells = new Object[2 + all.fields().size()];
          cells[0] = all.symbols().get(i).code();
          cells[1] = all.days().get(day);
          int k = 2;
          for (Field field : all.fields()) {
            cells[k++] = all.value(field, i, day);
          }
          return RowFactory.create(cells);
        }))
        .iterator();
  }
}
