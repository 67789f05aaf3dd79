package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.data.qlib.QlibStore;
import io.qilin.data.qlib.QlibStoreWriter;
import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TextColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * How many rows and megabytes a second does Qilin read from a file, and DuckDB from the same one? A file holds daily bars: a
 * day, an instrument and six numbers of full precision; every cell is looked at: numbers are added up, days and
 * instruments counted. Both are given one thread. DuckDB writes the Parquet file that both read ({@code parquet-duckdb},
 * SNAPPY) and reads the one that Qilin wrote ({@code parquet}, ZSTD). It has no reader for Arrow files and Qlib stores, so
 * there Qilin stands alone. A Qlib store ({@code qlib}) has a file of 32-bit numbers for each instrument and field; it is
 * read into a panel.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar ReadBenchmark
 * </pre>
 *
 * <p>The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ReadBenchmark {
  /** Which file. */
  @Param({"csv", "parquet", "parquet-duckdb", "arrow", "qlib"})
  public String format;

  /** Rows of the table. */
  @Param({"1000000"})
  public int rows;

  private Path folder;
  private Path file;
  private long bytes;
  private Connection database;

  /** What one read counts. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Rates {
    /** Millions of rows a second. */
    public double megaRows;

    /** Megabytes of the file a second. */
    public double megaBytes;

    private void count(long rows, long bytes) {
      megaRows += rows / 1e6;
      megaBytes += bytes / 1e6;
    }
  }

  /** Writes the file. */
  @Setup
  public void write() throws IOException, SQLException {
    folder = Files.createTempDirectory("read");
    database = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = 1");
    TableFormats formats = TableFormats.discover();
    if (format.equals("parquet-duckdb")) {
      Path source = folder.resolve("source.parquet");
      BarTableFile.write(formats.of(source), source, rows);
      file = folder.resolve("bars.parquet");
      execute("COPY (FROM '" + source + "') TO '" + file + "' (FORMAT parquet, CODEC 'snappy')");
    } else if (format.equals("qlib")) {
      file = folder.resolve("store");
      QlibStoreWriter.to(file).write(BarTableFile.panel(rows));
    } else {
      file = folder.resolve("bars." + format);
      BarTableFile.write(formats.of(file), file, rows);
    }
    bytes = size();
  }

  private long size() throws IOException {
    long sum = 0;
    try (Stream<Path> parts = Files.walk(file)) {
      for (Path part : parts.filter(Files::isRegularFile).toList()) {
        sum += Files.size(part);
      }
    }
    return sum;
  }

  /** Removes the file. */
  @TearDown
  public void remove() throws IOException, SQLException {
    database.close();
    try (Stream<Path> parts = Files.walk(folder)) {
      for (Path each : parts.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Reads by Qilin. */
  @Benchmark
  public double qilin(Rates rates) {
    return format.equals("qlib") ? store(rates) : table(rates);
  }

  private double store(Rates rates) {
    Panel panel = QlibStore.open(file).read(BarQuery.ALL).panel();
    double sum = 0;
    for (Field field : panel.fields()) {
      for (int i = 0; i < panel.symbols().size(); i++) {
        for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
          sum += panel.value(field, i, day);
        }
      }
    }
    rates.count(rows, bytes);
    return sum;
  }

  private double table(Rates rates) {
    double sum = 0;
    long read = 0;
    try (TableReader reader = TableFormats.discover().of(file).open(file, TableScan.ALL)) {
      for (Optional<TableBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        read += b.get().rows();
        for (Column column : b.get().columns()) {
          sum += look(column);
        }
      }
    }
    require(read);
    rates.count(rows, bytes);
    return sum;
  }

  private static double look(Column column) {
    double sum = 0;
    if (column instanceof DoubleColumn cells) {
      for (int i = 0; i < cells.rows(); i++) {
        sum += cells.value(i);
      }
    } else if (column instanceof IntColumn cells) {
      for (int i = 0; i < cells.rows(); i++) {
        sum += cells.isKnown(i) ? 1 : 0;
      }
    } else if (column instanceof TextColumn cells) {
      for (int i = 0; i < cells.rows(); i++) {
        sum += cells.code(i) >= 0 ? 1 : 0;
      }
    }
    return sum;
  }

  /** Reads by DuckDB. */
  @Benchmark
  public double duckDb(Rates rates) throws SQLException {
    if (format.equals("arrow") || format.equals("qlib")) {
      throw new QilinException(ErrorCode.UNSUPPORTED, "DuckDB has no reader for " + format);
    }
    String sql =
        "SELECT count(*), count(day) + count(instrument) + sum(open) + sum(high) + sum(low)"
            + " + sum(close) + sum(volume) + sum(amount) FROM '" + file + "'";
    try (Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      require(result.getLong(1));
      rates.count(rows, bytes);
      return result.getDouble(2);
    }
  }

  private void require(long read) {
    if (read != rows) {
      throw new QilinException(ErrorCode.SYSTEM, read + " rows were read of " + rows);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
