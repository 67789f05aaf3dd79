package io.qilin.ops.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogLevel;
import io.qilin.ops.logging.LogOutcome;
import io.qilin.testkit.Await;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario F6, the part of the logs: a real disk of 2 MiB that is full and gets room again. */
@Tag("fault")
@Tag("F6")
class LogDiskFullTest {
  private static final int CAP = 1 << 20;

  @TempDir
  Path folder;

  @Test
  void whenARealDiskIsFull_thenTheCapIsKeptTheLossCountedAndItGoesOnWhenThereIsRoom()
      throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
        "skipped: a real disk of 2 MiB can be mounted by root only");
    try {
      scenario(disk);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void scenario(Path disk) throws Exception {
    FaultRun run = FaultRun.of("F6-logs", 1);
    LogHost host = new LogHost();
    CappedFileAppender file = new CappedFileAppender();
    file.setContext(host.context);
    file.setFolder(disk.resolve("log").toString());
    file.setFileSize(FileSize.valueOf("256KB"));
    file.setTotalSize(FileSize.valueOf("1MB"));
    file.start();
    SampledAppender appender = new SampledAppender();
    appender.setName("disk");
    appender.setLinesPerSecond(10_000_000);
    appender.setBurst(1_000_000);
    appender.setOrdinaryEvents(1_024);
    appender.setDrainTime(Duration.buildBySeconds(30));
    appender.addAppender(file);
    host.attach(appender);
    String text = "x".repeat(500);
    for (int i = 0; i < 4_000; i++) {
      host.logger.warn(text);
    }
    settled(appender);
    long size = size(disk.resolve("log"));
    assertThat(size).isLessThanOrEqualTo(CAP);

    Path filler = disk.resolve("filler");
    fill(filler);
    for (int i = 0; i < 2_000; i++) {
      host.logger.info(text);
      if (i % 100 == 0) {
        host.logger.error("error {}", i);
      }
    }
    awaitFailing(file, appender);
    assertThat(appender.health().status()).isEqualTo(HealthStatus.DEGRADED);
    long dropped = appender.account().count(LogOutcome.DROPPED);
    Files.delete(filler);
    long start = System.nanoTime();
    settled(appender);
    long recovered = System.nanoTime() - start;
    appender.stop();

    assertThat(appender.account().count(LogLevel.ERROR, LogOutcome.WRITTEN)).isEqualTo(20);
    assertThat(appender.account().waiting(LogLevel.INFO)).isZero();
    assertThat(dropped).isPositive();
    assertThat(size(disk.resolve("log"))).isLessThanOrEqualTo(CAP);
    Map<String, Long> figures = new TreeMap<>();
    figures.put("dropped", dropped);
    figures.put("lostByFile", file.lost());
    figures.put("recoveredMillis", recovered / 1_000_000);
    System.out.println(run.report(0, figures));
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4_096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("space");
    }
  }

  private static void awaitFailing(CappedFileAppender file, SampledAppender appender) {
    Await.until(
        "the disk takes nothing",
        () -> file.failure().contains("space") && appender.account().waiting(LogLevel.ERROR) > 0);
  }

  private static void settled(SampledAppender appender) {
    LogAccount account = appender.account();
    Await.until(
        "no line waits",
        () -> account.waiting(LogLevel.INFO)
                + account.waiting(LogLevel.WARN)
                + account.waiting(LogLevel.ERROR)
            == 0);
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
