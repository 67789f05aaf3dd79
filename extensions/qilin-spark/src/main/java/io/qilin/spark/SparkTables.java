package io.qilin.spark;

import io.qilin.api.error.QilinException;
import io.qilin.data.arrow.ArrowStreams;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Tables between Spark, {@link TableBatch} and Arrow. Arrow is read and written by Qilin itself, so that neither the driver nor
 * an executor needs a JVM flag for it.
 *
 * <p>Types: DOUBLE, FLOAT and DECIMAL are FLOAT64; BYTE, SHORT and INT are INT32; LONG is INT64; DATE, TIMESTAMP, STRING and
 * BOOLEAN are DATE, TIMESTAMP, TEXT and BOOLEAN; back, TIME becomes a LONG of nanoseconds and moments lose what is below a
 * microsecond. What is not known is null in Spark and Arrow, and {@code NaN} in a column of numbers of Qilin: {@code NaN} of
 * Spark comes back as null. A stream is read within {@link io.qilin.data.table.TableLimits#DEFAULT}.
 *
 * <p>For sessions in the process of the driver, not for Spark Connect. Stateless and safe to share.
 */
public final class SparkTables {
  private SparkTables() {}

  /**
   * The rows as Arrow IPC streams, each with its schema and one batch of up to 8,192 rows and about 16 MiB.
   *
   * @throws QilinException UNSUPPORTED for a column of another type, a streaming Dataset, or over Spark Connect
   */
  public static Dataset<byte[]> toArrow(Dataset<Row> rows) {
    return SparkJobs.call(() -> {
      RowBatches.Form form = RowBatches.Form.of(rows.schema());
      JavaRDD<byte[]> streams =
          Sparks.internal(rows).mapPartitions(own -> new Streams(new RowBatches(own, form)));
      return Sparks.classic(rows.sparkSession()).createDataset(streams.rdd(), Encoders.BINARY());
    });
  }

  /** Batches as streams. */
  private record Streams(RowBatches batches) implements Iterator<byte[]> {
    @Override
    public boolean hasNext() {
      return batches.hasNext();
    }

    @Override
    public byte[] next() {
      return FactorStreams.stream(batches.next());
    }
  }

  /**
   * The rows of Arrow IPC streams of one schema. Errors in them are found when the rows are used: DATA_FORMAT, LIMIT_EXCEEDED,
   * INVALID_ARGUMENT for a stream of other columns.
   *
   * @param schema the columns of each of the streams
   */
  public static Dataset<Row> fromArrow(Dataset<byte[]> streams, TableSchema schema) {
    return SparkJobs.call(() -> {
      List<String> expected = described(schema);
      JavaRDD<InternalRow> rows =
          streams.toJavaRDD().mapPartitions(own -> new TableRows(new Batches(own, expected)));
      return Sparks.classic(streams.sparkSession())
          .internalCreateDataFrame(rows.rdd(), RowBatches.Form.structOf(schema), false);
    });
  }

  /** Names and types, to be sent. */
  private static List<String> described(TableSchema schema) {
    ArrayList<String> columns = new ArrayList<>();
    schema.fields().forEach(field -> columns.add(field.type() + " " + field.name()));
    return columns;
  }

  /** The batches of streams, one stream after the other. */
  private static final class Batches implements Iterator<TableBatch> {
    private final Iterator<byte[]> streams;
    private final List<String> expected;
    private Optional<TableReader> reader = Optional.empty();
    private Optional<TableBatch> batch = Optional.empty();
    private int count;

    Batches(Iterator<byte[]> streams, List<String> expected) {
      this.streams = streams;
      this.expected = expected;
    }

    @Override
    public boolean hasNext() {
      while (batch.isEmpty()) {
        if (reader.isEmpty()) {
          if (!streams.hasNext()) {
            return false;
          }
          reader = Optional.of(open(streams.next(), "stream " + count++ + " of the partition"));
        }
        batch = reader.get().next();
        if (batch.isEmpty()) {
          reader.get().close();
          reader = Optional.empty();
        } else if (!described(batch.get().schema()).equals(expected)) {
          throw QilinException.invalid(
              "stream " + (count - 1) + " of the partition has the columns "
                  + described(batch.get().schema()) + ", not " + expected);
        }
      }
      return true;
    }

    @Override
    public TableBatch next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      TableBatch next = batch.orElseThrow();
      batch = Optional.empty();
      return next;
    }
  }

  private static TableReader open(byte[] stream, String name) {
    return ArrowStreams.open(new ByteArrayInputStream(stream), name, TableScan.ALL);
  }

  /**
   * Batches of the driver as rows of Spark, a partition each.
   *
   * @param batches at least one, of one schema
   * @throws QilinException INVALID_ARGUMENT for none, or for different schemas
   */
  public static Dataset<Row> of(SparkSession session, List<TableBatch> batches) {
    return SparkJobs.call(() -> {
      if (batches.isEmpty()) {
        throw QilinException.invalid("a table needs at least one batch, to know its columns by");
      }
      TableSchema schema = batches.get(0).schema();
      List<byte[]> streams = new ArrayList<>();
      for (TableBatch batch : batches) {
        if (!batch.schema().equals(schema)) {
          throw QilinException.invalid("batches of one table have one schema, not "
              + schema.fields() + " and " + batch.schema().fields());
        }
        streams.add(FactorStreams.stream(batch));
      }
      org.apache.spark.sql.classic.SparkSession classic = Sparks.classic(session);
      JavaRDD<byte[]> spread = JavaSparkContext.fromSparkContext(classic.sparkContext())
          .parallelize(streams, streams.size());
      return fromArrow(classic.createDataset(spread.rdd(), Encoders.BINARY()), schema);
    });
  }

  /**
   * The rows on the driver, in batches of up to 8,192 rows and about 16 MiB; no more than a partition is fetched at a time.
   *
   * @return batches whose order is that of the rows; its methods throw as {@link SparkJobs#call}
   * @throws QilinException UNSUPPORTED for a column of another type, a streaming Dataset, or over Spark Connect
   */
  public static Iterator<TableBatch> batches(Dataset<Row> rows) {
    Iterator<byte[]> streams = SparkJobs.call(() -> toArrow(rows).toLocalIterator());
    Iterator<TableBatch> batches =
        new Batches(streams, described(RowBatches.Form.of(rows.schema()).table()));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return SparkJobs.call(batches::hasNext);
      }

      @Override
      public TableBatch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return batches.next();
      }
    };
  }
}
