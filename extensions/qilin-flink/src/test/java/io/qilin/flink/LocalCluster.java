package io.qilin.flink;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** A Flink cluster in this process, with two task managers, on loopback. */
final class LocalCluster {
  static final int SLOTS = 4;

  /** The state backend of all tests, {@code hashmap} unless set; {@code rocksdb} if its jars are on the class path. */
  private static final String BACKEND = "qilin.flink.backend";

  private final MiniCluster cluster;
  private final URI rest;

  private LocalCluster(MiniCluster cluster, URI rest) {
    this.cluster = cluster;
    this.rest = rest;
  }

  static LocalCluster start() throws Exception {
    Configuration settings = new Configuration();
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(200));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(10));
    MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
        .setConfiguration(settings)
        .setNumTaskManagers(2)
        .setNumSlotsPerTaskManager(SLOTS)
        .setCommonBindAddress("127.0.0.1")
        .withRandomPorts()
        .build());
    cluster.start();
    return new LocalCluster(cluster, cluster.getRestAddress().get(60, TimeUnit.SECONDS));
  }

  MiniCluster cluster() {
    return cluster;
  }

  /** An environment whose jobs run in the cluster, without checkpoints and restarts. */
  StreamExecutionEnvironment environment(int parallelism) {
    return environment(parallelism, new Configuration());
  }

  StreamExecutionEnvironment environment(int parallelism, Configuration settings) {
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, System.getProperty(BACKEND, "hashmap"));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createRemoteEnvironment(
        rest.getHost(), rest.getPort(), settings);
    environment.setParallelism(parallelism);
    return environment;
  }

  /** One that makes checkpoints, and restarts a failed job without end. */
  StreamExecutionEnvironment checkpointed(int parallelism, Duration every) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, every);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    return environment(parallelism, settings);
  }

  /** Runs a job and gives all that a stream of it has collected. */
  static <E> List<E> collect(StreamExecutionEnvironment environment, CloseableIterator<E> collected)
      throws Exception {
    JobClient job = start(environment);
    try {
      return drain(collected);
    } finally {
      FlinkJobs.await(job);
    }
  }

  /** Starts a job; what goes wrong is typed as FlinkJobs does. */
  static JobClient start(StreamExecutionEnvironment environment) {
    try {
      return environment.executeAsync("test");
    } catch (Exception e) {
      throw FlinkJobs.failure("the start of the job", e);
    }
  }

  /** All that a stream of a started job has collected. */
  static <E> List<E> drain(CloseableIterator<E> collected) throws Exception {
    List<E> all = new ArrayList<>();
    try {
      collected.forEachRemaining(all::add);
    } finally {
      collected.close();
    }
    return all;
  }

  void stop() throws Exception {
    cluster.closeAsync().get(60, TimeUnit.SECONDS);
  }
}
