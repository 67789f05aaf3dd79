package io.qilin.mlops.job;

import io.qilin.mlops.store.Database;
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
 * A process that submits jobs and runs them until it is killed. It prints {@code Q id} for each job whose submit returned and
 * {@code S id attempt} when a body begins. A body holds a lock of the system on a file of its job while it runs: the system gives
 * it back when the process dies, and prints {@code TWICE} if another body has it.
 */
final class JobCrashChild {
  private JobCrashChild() {}

  static JobBody body(Path folder) {
    return context -> {
      Path file = folder.resolve("job-" + context.jobId() + ".lock");
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        say(lock == null ? "TWICE " + context.jobId() : "S " + context.jobId());
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

  static void say(String line) {
    synchronized (JobCrashChild.class) {
      System.out.println(line);
      System.out.flush();
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(16);
    JobService jobs = JobService.builder(
            Database.sqlite(folder.resolve("jobs.db")),
            Clock.systemUTC(),
            System::nanoTime,
            new JobThreads(threads, threads, threads))
        .body("train", body(folder))
        .settings(JobSettings.DEFAULT
            .withParallelism(3)
            .withRound(Duration.ofMillis(5))
            .withoutOthers())
        .open();
    for (int i = 0; ; i++) {
      say("Q "
          + jobs.submit(JobRequest.builder("train", "job " + i)
              .parameters(i % 3 == 0 ? Map.of("quick", "yes") : Map.of())
              .restartAfterCrash(i % 2)
              .build()));
    }
  }
}
