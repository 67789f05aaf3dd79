package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/** Runs jobs so that what went wrong reaches the caller as a {@link QilinException}. */
public final class FlinkJobs {
  /** By the name of the class, as neither the connector nor its client need be there. A class decides before its parents. */
  private static final Map<String, ErrorCode> CODES = Map.ofEntries(
      Map.entry("java.lang.InterruptedException", ErrorCode.CANCELLED),
      Map.entry("java.util.concurrent.CancellationException", ErrorCode.CANCELLED),
      Map.entry("org.apache.flink.runtime.client.JobCancellationException", ErrorCode.CANCELLED),
      Map.entry("java.lang.OutOfMemoryError", ErrorCode.RESOURCE_EXHAUSTED),
      Map.entry(
          "org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException",
          ErrorCode.RESOURCE_EXHAUSTED),
      Map.entry("java.net.ConnectException", ErrorCode.NETWORK),
      Map.entry("java.net.UnknownHostException", ErrorCode.NETWORK),
      Map.entry("org.apache.kafka.common.errors.NetworkException", ErrorCode.NETWORK),
      Map.entry("org.apache.kafka.common.errors.TimeoutException", ErrorCode.TIMEOUT),
      Map.entry("java.util.concurrent.TimeoutException", ErrorCode.TIMEOUT),
      Map.entry("org.apache.kafka.common.errors.AuthenticationException", ErrorCode.AUTHENTICATION),
      Map.entry("org.apache.kafka.common.errors.AuthorizationException", ErrorCode.AUTHORIZATION),
      Map.entry(
          "org.apache.kafka.common.errors.UnknownTopicOrPartitionException",
          ErrorCode.DATA_NOT_FOUND),
      Map.entry("org.apache.kafka.common.errors.InvalidOffsetException", ErrorCode.DATA_NOT_FOUND),
      Map.entry("org.apache.kafka.common.errors.RecordTooLargeException", ErrorCode.LIMIT_EXCEEDED),
      Map.entry(
          "org.apache.kafka.common.errors.InvalidTxnTimeoutException",
          ErrorCode.INVALID_CONFIGURATION),
      Map.entry("org.apache.kafka.common.config.ConfigException", ErrorCode.INVALID_CONFIGURATION),
      Map.entry("org.apache.kafka.common.errors.ProducerFencedException", ErrorCode.CONFLICT),
      Map.entry("org.apache.kafka.common.errors.InvalidProducerEpochException", ErrorCode.CONFLICT),
      Map.entry("org.apache.flink.util.StateMigrationException", ErrorCode.STORE_VERSION),
      Map.entry("java.io.IOException", ErrorCode.IO));

  private static final int MOST_CAUSES = 100;

  private FlinkJobs() {}

  /**
   * Runs the job of an environment and waits for its end.
   *
   * @throws QilinException with the code of the first cause that has one, see {@link #failure}; CANCELLED if the thread is
   *     interrupted, whose flag is then kept
   */
  public static JobExecutionResult run(StreamExecutionEnvironment environment, String name) {
    Objects.requireNonNull(name, "name");
    try {
      return environment.execute(name);
    } catch (Exception e) {
      throw failure("the job " + QilinException.quote(name), e);
    }
  }

  /**
   * Waits for the end of a job that was started.
   *
   * @throws QilinException as {@link #run}
   */
  public static JobExecutionResult await(JobClient job) {
    try {
      return job.getJobExecutionResult().get();
    } catch (InterruptedException | ExecutionException | CancellationException e) {
      throw failure("the job " + job.getJobID(), e);
    }
  }

  /**
   * What a job has thrown, as an error of Qilin: its code is that of the first {@link QilinException} among the causes, else of the
   * innermost cause whose kind is known, else SYSTEM, with the innermost cause in its message. Keeps the interrupt of the thread.
   *
   * @param what what failed, for a person
   */
  public static QilinException failure(String what, Throwable failure) {
    ErrorCode code = ErrorCode.SYSTEM;
    Throwable decisive = failure;
    boolean known = false;
    Throwable e = failure;
    for (int i = 0; e != null && i < MOST_CAUSES; i++) {
      Throwable real = real(e);
      if (real instanceof QilinException own) {
        return new QilinException(own.code(), what + " failed: " + own.getMessage(), failure);
      }
      if (real instanceof InterruptedException && e == failure) {
        Thread.currentThread().interrupt();
      }
      ErrorCode found = code(real);
      if (found != null) {
        code = found;
      }
      if (found != null || !known) {
        decisive = real;
      }
      known |= found != null;
      e = real.getCause();
    }
    return new QilinException(code, what + " failed with " + decisive, failure);
  }

  /** What was thrown on another machine, if its class is here. */
  private static Throwable real(Throwable e) {
    return e instanceof SerializedThrowable serialized
        ? serialized.deserializeError(FlinkJobs.class.getClassLoader())
        : e;
  }

  private static @Nullable ErrorCode code(Throwable e) {
    for (Class<?> type = e.getClass(); type != null; type = type.getSuperclass()) {
      ErrorCode code = CODES.get(type.getName());
      if (code != null) {
        return code;
      }
    }
    return null;
  }
}
