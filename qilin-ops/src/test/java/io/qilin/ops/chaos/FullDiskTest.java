package io.qilin.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.backup.StoreHost;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario F6: a real disk of 2 MiB is full; needs the right to mount one. */
@Tag("fault")
@Tag("F6")
@Tag("chaos")
@Timeout(120)
class FullDiskTest {
  private static final int MIB = 1 << 20;

  @TempDir
  Path folder;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = ran("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
    Assumptions.assumeTrue(
        mounted, "skipped: F6 needs the right to mount a tmpfs; run it as root on Linux");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(ran("umount", "-l", disk.toString())).isTrue();
    }
  }

  private static boolean ran(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void fill() throws IOException {
    byte[] block = new byte[4_096];
    try (FileChannel channel = FileChannel.open(
        disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        channel.write(ByteBuffer.wrap(block));
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** The planted fault: a log that swallows the error of the disk acknowledges what it does not keep. */
  private long lostInSilence() throws IOException {
    Path log = disk.resolve("plain.log");
    long acknowledged = 0;
    for (int i = 0; i < 100; i++) {
      try {
        Files.writeString(
            log, "x".repeat(99) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException swallowed) {
        assertThat(swallowed).isNotNull();
      }
      acknowledged++;
    }
    return acknowledged - (Files.exists(log) ? Files.size(log) / 100 : 0);
  }

  @Test
  void whenTheDiskIsFull_thenAuditFailsClosedAnalysisGoesOnAndAllRecoversWhenThereIsRoom()
      throws IOException {
    FaultRun run = new FaultRun("F6", 1, FaultRun.of("F6", 1).seed());
    Files.write(disk.resolve("ballast"), new byte[MIB]);
    long acknowledged = 0;
    long healed;
    try (ChaosHost host = new ChaosHost(disk.resolve("live"), folder.resolve("backups"))) {
      for (int i = 0; i < 3; i++) {
        host.evening("before" + i);
        acknowledged++;
      }
      fill();
      assertThat(lostInSilence()).as("what a plain log loses").isPositive();
      int refused = 0;
      for (int i = 0; refused < 3 && i < 10_000; i++) {
        try {
          host.stores.record("during" + i);
          acknowledged++;
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(3);
      QilinException e = catchThrowableOfType(QilinException.class, () -> {
        for (int i = 0; i < 1_000; i++) {
          host.stores.register("m", "m " + i + " ".repeat(5_000));
        }
      });
      assertThat(e.code()).isIn(ErrorCode.RESOURCE_EXHAUSTED, ErrorCode.IO);
      QilinException backup = catchThrowableOfType(
          QilinException.class,
          () -> host.stores
              .backups(disk.resolve("backups"), Clock.systemUTC())
              .build()
              .create());
      assertThat(backup.code()).as(backup.getMessage()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      // What needs no disk goes on; what must be audited does not.
      assertThat(host.decided().decision().summary()).isNotEmpty();
      assertThat(catchThrowableOfType(QilinException.class, () -> host.evening("unaudited"))
              .code())
          .isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);

      Files.delete(disk.resolve("ballast"));

      healed = host.healed("after");
      assertThat(host.worker.health().status()).isEqualTo(HealthStatus.HEALTHY);
      host.stores.register("m", "m again");
      assertThat(host.backups.verify(host.backups.create()).clean()).isTrue();
    }
    assertThat(StoreHost.recordsIn(disk.resolve("live"))).hasSizeGreaterThan((int) acknowledged);
    System.out.println(
        run.report(0, Map.of("acknowledged", acknowledged, "healthyAfterMillis", healed)));
  }
}
