package io.qilin.flink;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** A job manager or a task manager that is a process of its own, until it is killed (SIGKILL). */
final class ClusterChild {
  private static final String JOB_MANAGER = "job manager";

  private final Thread thread;

  private ClusterChild(Thread thread) {
    this.thread = thread;
  }

  /** The process itself. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(KilledChild.ACK + arguments[0]);
    String[] settings = {"--configDir", arguments[1]};
    if (arguments[0].equals(JOB_MANAGER)) {
      StandaloneSessionClusterEntrypoint.main(settings);
    } else {
      TaskManagerRunner.main(settings);
    }
  }

  static ClusterChild jobManager(Path settings, Path folder) throws IOException {
    return start(JOB_MANAGER, settings, folder);
  }

  static ClusterChild taskManager(Path settings, Path folder) throws IOException {
    return start("task manager", settings, folder);
  }

  private static ClusterChild start(String role, Path settings, Path folder) throws IOException {
    Files.createDirectories(folder);
    KilledChild child = KilledChild.of(ClusterChild.class, folder, role, settings.toString());
    Thread thread = new Thread(
        () -> {
          try {
            child.killed(Integer.MAX_VALUE);
          } catch (QilinException e) {
            // It was killed, as the thread was interrupted.
          }
        },
        role);
    thread.setDaemon(true);
    thread.start();
    return new ClusterChild(thread);
  }

  /** Kills it, if it lives. */
  void kill() throws InterruptedException {
    if (!thread.isAlive()) {
      throw new AssertionError("the " + thread.getName() + " had ended by itself");
    }
    thread.interrupt();
    thread.join();
  }

  /**
   * Writes what both kinds of process are told.
   *
   * @return the port to which jobs are sent
   */
  static int settings(Path folder) throws IOException {
    int rest = freePort();
    Files.createDirectories(folder);
    Files.write(
        folder.resolve("config.yaml"),
        List.of(
            "jobmanager.rpc.address: 127.0.0.1",
            "jobmanager.rpc.port: " + freePort(),
            "jobmanager.bind-host: 127.0.0.1",
            "jobmanager.memory.process.size: 512m",
            "rest.address: 127.0.0.1",
            "rest.bind-address: 127.0.0.1",
            "rest.port: " + rest,
            "taskmanager.host: 127.0.0.1",
            "taskmanager.bind-host: 127.0.0.1",
            "taskmanager.numberOfTaskSlots: 1",
            "taskmanager.cpu.cores: 1",
            "taskmanager.memory.task.heap.size: 64m",
            "taskmanager.memory.task.off-heap.size: 0m",
            "taskmanager.memory.managed.size: 32m",
            "taskmanager.memory.network.min: 64m",
            "taskmanager.memory.network.max: 64m",
            "taskmanager.memory.framework.heap.size: 64m",
            "taskmanager.memory.framework.off-heap.size: 32m",
            "taskmanager.memory.jvm-metaspace.size: 128m",
            "taskmanager.memory.jvm-overhead.min: 64m",
            "taskmanager.memory.jvm-overhead.max: 64m",
            "heartbeat.interval: 500",
            "heartbeat.timeout: 10000",
            "execution.checkpointing.dir: " + folder.resolve("checkpoints").toUri(),
            "io.tmp.dirs: " + Files.createDirectories(folder.resolve("tmp"))));
    return rest;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
