package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;

/** The parts of Spark that only its sessions in the driver's process have. */
final class Sparks {
  private Sparks() {}

  static SparkSession classic(org.apache.spark.sql.SparkSession session) {
    if (session instanceof SparkSession classic) {
      return classic;
    }
    throw overConnect();
  }

  /** Rows as Spark has them, without objects for cells. One row may be the next one's place: they must be copied to be kept. */
  static JavaRDD<InternalRow> internal(Dataset<Row> rows) {
    if (rows instanceof org.apache.spark.sql.classic.Dataset<Row> classic) {
      return classic.queryExecution().toRdd().toJavaRDD();
    }
    throw overConnect();
  }

  private static QilinException overConnect() {
    return new QilinException(
        ErrorCode.UNSUPPORTED,
        "Qilin works in the process of Spark's driver, not over Spark Connect; use a session of"
            + " its own");
  }
}
