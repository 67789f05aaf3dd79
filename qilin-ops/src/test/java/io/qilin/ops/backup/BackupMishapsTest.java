package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackupMishapsTest {
  @TempDir
  Path folder;

  private BackupFixture fixture;

  @BeforeEach
  void make() {
    fixture = new BackupFixture(folder);
  }

  @AfterEach
  void calm() {
    assertThat(Thread.interrupted()).as("an interrupt that was left").isFalse();
  }

  private static ErrorCode code(ThrowingCallable call) {
    return catchThrowableOfType(QilinException.class, call).code();
  }

  private ErrorCode interrupted(ThrowingCallable call) {
    Thread.currentThread().interrupt();
    try {
      ErrorCode code = code(call);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      return code;
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  @Test
  void whenAFolderAboveIsALink_thenBackupsAreMadeAndRestoredBelowIt() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Backups backups = fixture.backups(link.resolve("backups")).build();
    Backup made = backups.create();
    assertThat(backups.verify(made).clean()).isTrue();
    backups.restore(made, link.resolve("restored"));
    assertThat(real.resolve("restored").resolve("config").resolve("live.txt")).hasContent("first");
  }

  @Test
  void whenInterrupted_thenNothingIsCalledDamagedForIt() {
    Backup made = fixture.backups.create();
    assertThat(interrupted(() -> fixture.backups.verify(made))).isEqualTo(ErrorCode.CANCELLED);
    assertThat(interrupted(fixture.backups::list)).isEqualTo(ErrorCode.CANCELLED);
    assertThat(interrupted(fixture.backups::newest)).isEqualTo(ErrorCode.CANCELLED);
    assertThat(interrupted(() -> fixture.backups.named(made.name())))
        .isEqualTo(ErrorCode.CANCELLED);
    assertThat(interrupted(() -> fixture.backups.retain(Retention.DEFAULT)))
        .isEqualTo(ErrorCode.CANCELLED);
    assertThat(fixture.backups.verify(made).clean()).isTrue();
  }

  /** A driver may tell an interrupt in a way of its own. */
  @Test
  void whenInterruptedWhileAPartIsCopiedOrChecked_thenThatIsCancelled() {
    AtomicReference<String> when = new AtomicReference<>("");
    Backups backups = fixture
        .backups(folder.resolve("other"))
        .part(BackupPart.of("odd", into -> interrupt(when, "copy"), copy -> {
          interrupt(when, "check");
          return "";
        }))
        .build();
    Backup made = backups.create();
    when.set("check");
    assertThat(code(() -> backups.verify(made))).isEqualTo(ErrorCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    when.set("copy");
    assertThat(code(backups::create)).isEqualTo(ErrorCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void interrupt(AtomicReference<String> when, String now) throws IOException {
    if (when.get().equals(now)) {
      Thread.currentThread().interrupt();
      throw new IOException("the statement was interrupted");
    }
  }

  @Test
  void whenTheLockIsAPipe_thenThatIsRefusedAndNotWaitedFor() throws Exception {
    Path root = Files.createDirectory(folder.resolve("backups"));
    Path pipe = root.resolve("lock");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0, "there are pipes with names here");
    assertTimeoutPreemptively(
        Duration.ofSeconds(50),
        () -> assertThatThrownBy(fixture.backups::create)
            .isInstanceOf(QilinException.class)
            .hasMessageContaining(pipe.toString()));
  }

  /** To close any channel on a file gives up all locks that the process has on it. */
  @Test
  void whenTwoObjectsShareAFolder_thenTheSecondDoesNotTakeTheLockFromTheFirst() throws Exception {
    Path locks = Path.of("/proc/locks");
    assumeTrue(Files.isReadable(locks), "the system tells its locks");
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Path root = folder.resolve("backups");
    Backups slow = fixture
        .backups(root)
        .part(BackupPart.of(
            "slow",
            into -> {
              in.countDown();
              end.await();
            },
            copy -> ""))
        .build();
    Thread first = new Thread(slow::create);
    first.start();
    try {
      assertThat(in.await(30, TimeUnit.SECONDS)).isTrue();
      String inode = ":" + Files.getAttribute(root.resolve("lock"), "unix:ino") + " ";
      assertThat(Files.readAllLines(locks)).anyMatch(line -> line.contains(inode));
      assertThat(code(fixture.backups::create)).isEqualTo(ErrorCode.CONFLICT);
      assertThat(Files.readAllLines(locks)).anyMatch(line -> line.contains(inode));
    } finally {
      end.countDown();
      first.join(30_000);
    }
    assertThat(fixture.backups.create().sequence()).isEqualTo(2);
  }

  @Test
  void whenAFileWithAShortNameLiesAmongObjects_thenItIsLeftOut() throws IOException {
    Path objects = Files.createDirectory(folder.resolve("objects"));
    Files.writeString(objects.resolve("x"), "a note");
    String name = FileDigest.of("model".getBytes(StandardCharsets.UTF_8)).sha256();
    Path below = Files.createDirectory(objects.resolve(name.substring(0, 2)));
    Files.writeString(below.resolve(name), "model");
    Backups backups = fixture
        .backups(folder.resolve("other"))
        .part(ObjectsPart.of("objects", objects))
        .build();
    assertThat(backups.create().parts().get(1).said()).isEqualTo("1 files");
  }

  @Test
  void whenAnOptionalFileIsALinkToNothing_thenItIsMissedAndNotPassedOver() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("memory"), folder.resolve("gone"));
    Backups backups = fixture
        .backups(folder.resolve("other"))
        .part(FilePart.of("memory", link, BackupFixture::check).optional())
        .build();
    assertThat(code(backups::create)).isEqualTo(ErrorCode.DATA_NOT_FOUND);
  }

  @Test
  void whenABackupIsMade_thenOnlyItsOwnerMayLookIntoIt() throws IOException {
    assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "files have owners here");
    Backup made = fixture.backups.create();
    assertThat(PosixFilePermissions.toString(
            Files.getPosixFilePermissions(fixture.backups.root().resolve(made.name()))))
        .isEqualTo("rwx------");
  }

  @Test
  void whenABackupThatWasAskedForFails_thenItIsTriedAgain() throws Exception {
    Semaphore tried = new Semaphore(0);
    AtomicReference<IOException> broken = new AtomicReference<>();
    Backups backups = fixture
        .backups(folder.resolve("backups"))
        .part(BackupPart.of(
            "watched",
            into -> {
              tried.release();
              IOException failure = broken.get();
              if (failure != null) {
                throw failure;
              }
            },
            copy -> ""))
        .build();
    try (BackupWorker worker = BackupWorker.builder(backups, fixture.clock, fixture.nanos::get)
        .retry(Duration.ofMillis(1))
        .start()) {
      assertThat(tried.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      Await.until("there is a backup", () -> worker.age().isPresent());
      broken.set(new IOException("No space left on device"));
      worker.wake();
      assertThat(tried.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whenABuilderIsUsedAgain_thenARunningWorkerKeepsItsSettings() {
    fixture.backups.create();
    BackupWorker.Builder builder =
        BackupWorker.builder(fixture.backups, fixture.clock, fixture.nanos::get);
    try (BackupWorker worker = builder.start()) {
      Await.until("the backup is known", () -> worker.age().isPresent());
      fixture.nanos.addAndGet(1_000);
      builder.oldest(Duration.ofNanos(1));
      assertThat(worker.health().reason()).isEmpty();
    }
  }

  @Test
  void whenAnIntervalIsBeyondAllMeasure_thenItIsRefused() {
    BackupWorker.Builder builder =
        BackupWorker.builder(fixture.backups, fixture.clock, fixture.nanos::get);
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    for (ThrowingCallable set : List.<ThrowingCallable>of(
        () -> builder.interval(endless),
        () -> builder.longest(endless),
        () -> builder.retry(endless),
        () -> builder.oldest(endless))) {
      assertThatThrownBy(set).isInstanceOf(QilinException.class).hasMessageContaining("365 days");
    }
  }
}
