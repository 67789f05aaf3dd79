package io.qilin.mlops.job;

import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A process that submits jobs and runs them until it is killed. It prints {@code ack id} for each job whose submit returned. A
 * body notes its run in a file, and holds a lock of the system on a file of its job while it runs: the system gives it back when
 * the process dies. {@code TWICE} is printed if another body has it.
 */
final class JobCrashChild {
  private JobCrashChild() {}

  static JobBody body(Path folder) {
    return context -> {
      Path file = folder.resolve("job-" + context.jobId() + ".lock");
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock == null) {
          say("TWICE " + context.jobId());
        }
        Files.writeString(
            folder.resolve("runs.log"),
            context.jobId() + " " + context.attempt() + "\n",
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        for (int i = 0; i < 200 && !context.parameters().containsKey("quick"); i++) {
          context.log("step " + i);
          context.cancellation().check();
          Thread.sleep(5);
        }
      }
      return Map.of();
    };
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  public static void main(String[] arguments) throws IOException {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(16);
    JobService jobs = JobService.builder(
            TestStore.at(arguments[0]),
            Clock.systemUTC(),
            System::nanoTime,
            new JobThreads(threads, threads, threads))
        .body("train", body(Path.of(arguments[1])))
        .settings(JobSettings.DEFAULT
            .withParallelism(3)
            .withRound(Duration.ofMillis(5))
            .withoutOthers())
        .open();
    for (int i = 0; ; i++) {
      say(KilledChild.ACK
          + jobs.submit(JobRequest.builder("train", "job " + i)
              .parameters(i % 3 == 0 ? Map.of("quick", "yes") : Map.of())
              .restartAfterCrash(i % 2)
              .build()));
    }
  }
}
