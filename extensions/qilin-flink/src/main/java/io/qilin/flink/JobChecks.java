package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.InvalidProgramException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.java.ClosureCleaner;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** What a job must be like. */
final class JobChecks {
  private JobChecks() {}

  /**
   * Checks that a description can be sent to the task managers.
   *
   * @throws QilinException INVALID_ARGUMENT if it captures what cannot
   */
  static void requireSendable(Object description) {
    try {
      ClosureCleaner.clean(description, ExecutionConfig.ClosureCleanerLevel.RECURSIVE, false);
      ClosureCleaner.ensureSerializable(description);
    } catch (InvalidProgramException e) {
      Throwable innermost = e;
      while (innermost.getCause() != null) {
        innermost = innermost.getCause();
      }
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT,
          "the description cannot be sent to the task managers (" + innermost
              + "); let it capture nothing, best a static method, and make what it needs inside",
          e);
    }
  }

  /**
   * Checks that a job can sort. Flink's streaming mode refuses that in the tasks if there are checkpoints, and restarts the job for
   * ever.
   *
   * @throws QilinException INVALID_CONFIGURATION if it cannot
   */
  static void requireBatchOrNoCheckpoints(StreamExecutionEnvironment environment) {
    if (environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
            == RuntimeExecutionMode.STREAMING
        && environment.getCheckpointConfig().isCheckpointingEnabled()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a batch sorts, which Flink's streaming mode does only without checkpoints; call"
              + " setRuntimeMode(BATCH) before");
    }
  }

  /**
   * A failure that comes again however often the job is restarted, so that the job ends with it instead of being restarted
   * for ever.
   */
  static RuntimeException permanent(QilinException failure) {
    return new SuppressRestartsException(failure);
  }

  /**
   * Checks that a task runs in Flink's streaming mode. In batch mode, which also AUTOMATIC chooses for bounded sources, Flink
   * hands over one key after the other and no event time, so that windows would be others.
   *
   * @throws SuppressRestartsException INVALID_CONFIGURATION if it does not
   */
  static void requireStreaming(RuntimeContext context) {
    if (context instanceof StreamingRuntimeContext task && task.getJobType() == JobType.BATCH) {
      throw permanent(new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          context.getTaskInfo().getTaskName() + " follows event time, which Flink's batch mode does"
              + " not have; call setRuntimeMode(STREAMING), for bounded sources too"));
    }
  }
}
