package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;

/** The parts of Spark that only its sessions in the driver's process have. */
final class Sparks {
  private Sparks() {}

  static SparkSession classic(org.apache.spark.sql.SparkSession session) {
    if (session instanceof SparkSession classic) {
      return classic;
    }
    throw overConnect();
  }

  /**
   * The rows with columns that are named by their places, for {@link #column}: Spark takes names that differ in case for one,
   * and reads dots as fields of a struct.
   */
  static Dataset<Row> byPlace(Dataset<Row> rows) {
    return rows.toDF(
        IntStream.range(0, rows.schema().size()).mapToObj(Sparks::name).toArray(String[]::new));
  }

  /** The column at a place of {@link #byPlace}. */
  static Column column(int place) {
    return functions.col(name(place));
  }

  private static String name(int place) {
    return "c" + place;
  }

  /** Rows as Spark has them, without objects for cells. One row may be the next one's place: they must be copied to be kept. */
  static JavaRDD<InternalRow> internal(Dataset<Row> rows) {
    if (rows.isStreaming()) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "a streaming Dataset has no end; hand its batches over one by one in foreachBatch, or"
              + " compute it as a job of qilin-flink");
    }
    if (rows instanceof org.apache.spark.sql.classic.Dataset<Row> classic) {
      return classic.queryExecution().toRdd().toJavaRDD();
    }
    throw overConnect();
  }

  /**
   * What tasks get of a lambda, as Java serializes it.
   *
   * @throws QilinException INVALID_ARGUMENT if it holds what cannot be sent
   */
  static byte[] serialized(Serializable lambda, String what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(lambda);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT,
          what + " cannot be sent to the tasks: " + e + "; make inside the lambda what it needs",
          e);
    }
    return bytes.toByteArray();
  }

  private static QilinException overConnect() {
    return new QilinException(
        ErrorCode.UNSUPPORTED,
        "Qilin works in the process of Spark's driver, not over Spark Connect; use a session of"
            + " its own");
  }
}
