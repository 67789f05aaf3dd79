package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * Runs what uses a result of Spark, so that it fails as Qilin does.
 *
 * <pre>{@code
 * long rows = SparkJobs.call(() -> factors.count());
 * }</pre>
 */
public final class SparkJobs {
  private static final int LONGEST = 300;
  private static final int DEEPEST = 50;

  private SparkJobs() {}

  /**
   * Runs an action.
   *
   * @return what it returns
   * @throws QilinException the one that a task threw, where one did, with Spark's own as suppressed; else CANCELLED for a job
   *     that was cancelled or a thread that was interrupted, which it stays; INVALID_ARGUMENT if Spark refused the query;
   *     DATA_FORMAT if the query met a cell that it cannot compute with, as ANSI mode has it; RESOURCE_EXHAUSTED if Spark
   *     refused a task memory; SYSTEM for anything else, executors that were lost say
   */
  public static <T> T call(Callable<T> action) {
    try {
      return action.call();
    } catch (Exception e) {
      throw failure(e);
    }
  }

  static QilinException failure(Throwable thrown) {
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < DEEPEST; at = at.getCause(), depth++) {
      if (at instanceof QilinException own) {
        if (own != thrown) {
          own.addSuppressed(thrown);
        }
        return own;
      }
      if (at instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new QilinException(ErrorCode.CANCELLED, "waiting for Spark was interrupted", thrown);
      }
      if (at instanceof SparkThrowable spark
          && "SPARK_JOB_CANCELLED".equals(spark.getCondition())) {
        return new QilinException(ErrorCode.CANCELLED, "the job was cancelled", thrown);
      }
      if (at instanceof SparkThrowable spark && isDataException(spark)) {
        return new QilinException(
            ErrorCode.DATA_FORMAT, "the query cannot be computed: " + said(at), thrown);
      }
      if (at instanceof OutOfMemoryError) {
        return new QilinException(
            ErrorCode.RESOURCE_EXHAUSTED,
            "a task of Spark ran out of memory; give executors more, tasks fewer taskBytes, or use"
                + " more partitions",
            thrown);
      }
    }
    if (thrown instanceof AnalysisException) {
      return new QilinException(
          ErrorCode.INVALID_ARGUMENT, "Spark refused the query: " + said(thrown), thrown);
    }
    return new QilinException(ErrorCode.SYSTEM, "Spark failed: " + said(thrown), thrown);
  }

  /** Whether it is of SQL's class 22: a cell that cannot be cast, an overflow, a division by zero. */
  private static boolean isDataException(SparkThrowable thrown) {
    String state = thrown.getSqlState();
    return state != null && state.startsWith("22");
  }

  /** The first line of what it says. */
  private static String said(Throwable thrown) {
    String text = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
    String line = text.lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
