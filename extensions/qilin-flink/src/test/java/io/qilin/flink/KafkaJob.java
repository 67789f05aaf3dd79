package io.qilin.flink;

import io.qilin.api.record.Tick;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job from one topic to two others, exactly once. */
record KafkaJob(LocalCluster cluster, String bootstrap, long seed, int partitions) {
  static final String IN = "ticks";
  static final String WINDOWS = "windows";
  static final String LETTERS = "letters";

  private static final Duration EVERY = Duration.ofMillis(100);

  /**
   * Starts it.
   *
   * @param savepoint where it goes on; empty to begin at the offsets of its group
   */
  JobClient start(int parallelism, Duration checkpoints, String savepoint) throws Exception {
    StreamExecutionEnvironment environment =
        cluster.environment(parallelism, settings(checkpoints, savepoint));
    build(environment, bootstrap, seed, partitions);
    return environment.executeAsync("kafka");
  }

  /** Checkpoints, and restarts without end. */
  static Configuration settings(Duration checkpoints, String savepoint) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(60));
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    if (!savepoint.isEmpty()) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return settings;
  }

  /** Adds the steps of the job. */
  static void build(
      StreamExecutionEnvironment environment, String bootstrap, long seed, int partitions) {
    environment.setMaxParallelism(8);
    StreamDescription<Tick> description = () -> RandomLog.describe(seed);
    KafkaIn in = KafkaIn.of(bootstrap, IN, "job").property("partition.discovery.interval.ms", "-1");
    FlinkWindows.Results results =
        FlinkWindows.of(description, in.sources(partitions)).apply(in.messages(environment));
    out(bootstrap, WINDOWS).windows(results.windows());
    out(bootstrap, LETTERS).deadLetters(results.deadLetters());
  }

  JobClient start(int parallelism) throws Exception {
    return start(parallelism, EVERY, "");
  }

  private static KafkaOut out(String bootstrap, String topic) {
    return KafkaOut.of(bootstrap, topic, "job-" + topic)
        .property("max.block.ms", "20000")
        .transactionTimeout(Duration.ofMinutes(14), Duration.ofMinutes(15));
  }

  /** Ends it with all windows told. */
  static void drain(JobClient job, String folder) throws Exception {
    job.stopWithSavepoint(true, folder, SavepointFormatType.CANONICAL).get(120, TimeUnit.SECONDS);
    job.getJobExecutionResult().get(120, TimeUnit.SECONDS);
  }

  /** Why it failed the last time, for messages of tests. */
  String failure(JobClient job) throws Exception {
    StringBuilder text = new StringBuilder();
    cluster
        .cluster()
        .getExecutionGraphInfo(job.getJobID())
        .get(60, TimeUnit.SECONDS)
        .getExceptionHistory()
        .forEach(entry -> text.append(entry.getExceptionAsString()).append('\n'));
    return text.substring(0, Math.min(text.length(), 3000));
  }

  /** Waits until it runs, with all its tasks. */
  void awaitRunning(JobClient job) throws Exception {
    MiniCluster mini = cluster.cluster();
    long guard = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      var graph = mini.getExecutionGraph(job.getJobID()).get(60, TimeUnit.SECONDS);
      boolean all = true;
      for (var vertex : graph.getAllExecutionVertices()) {
        all &= vertex.getExecutionState() == ExecutionState.RUNNING;
      }
      if (all) {
        return;
      }
      if (System.nanoTime() > guard) {
        throw new AssertionError("the job does not run: " + failure(job));
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
