package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.config.Loaded;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveConfigTest {
  private static final Duration DEBOUNCE = Duration.ofMillis(30);
  private static final Duration OFTEN = Duration.ofMillis(40);
  private static final Duration SELDOM = Duration.ofHours(1);

  @TempDir
  private Path folder;

  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final Heard<Pair> heard = new Heard<>();
  private final List<LiveConfig<?>> open = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("app.yaml"), Pair.yaml(1));
  }

  @AfterEach
  void close() {
    open.forEach(LiveConfig::close);
  }

  private LiveConfig.Builder<Pair> builder(Path of, Duration poll) {
    return LiveConfig.builder(Pairs.loader(of), clock, System::nanoTime)
        .debounce(DEBOUNCE)
        .pollInterval(poll)
        .listener(heard);
  }

  private <T> LiveConfig<T> start(LiveConfig.Builder<T> builder) {
    LiveConfig<T> live = builder.start();
    open.add(live);
    return live;
  }

  private LiveConfig<Pair> watching() {
    LiveConfig<Pair> live = start(builder(file, OFTEN));
    assertThat(live.current()).isEqualTo(new Pair(1, 1));
    return live;
  }

  private void replace(Path target, String text) throws IOException {
    Path fresh = Files.writeString(target.resolveSibling("fresh.tmp"), text);
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void becomes(LiveConfig<Pair> live, long both) throws InterruptedException {
    ConfigEvent.Changed<Pair> changed = heard.nextChange();
    assertThat(changed.after().value()).isEqualTo(new Pair(both, both));
    assertThat(live.current()).isEqualTo(new Pair(both, both));
    assertThat(live.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whenAFileIsReplacedOrWrittenInPlace_thenTheNewConfigurationIsUsedAndTold()
      throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    assertThat(live.snapshot().version()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));

    replace(file, Pair.yaml(2));
    ConfigEvent.Changed<Pair> changed = heard.changed();
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.before().value()).isEqualTo(new Pair(1, 1));
    assertThat(changed.after()).isEqualTo(live.snapshot());
    assertThat(changed.after().at()).isEqualTo(clock.instant());
    assertThat(changed.skipped()).isZero();
    assertThat(changed.changes()).extracting("path").containsExactly("left", "right");

    Files.writeString(file, Pair.yaml(3));
    becomes(live, 3);
    assertThat(live.snapshot().version()).isEqualTo(3);
    assertThat(live.health().facts()).containsEntry("version", "3");
  }

  /** The poll comes in an hour, so only the operating system can have said it. */
  @Test
  void whenTheSystemTellsOfAChange_thenNoPollIsNeeded() throws IOException, InterruptedException {
    LiveConfig<Pair> live = start(builder(file, SELDOM));
    Heard.until("watched", () -> live.health().facts().get("steps").compareTo("0") > 0);
    replace(file, Pair.yaml(2));
    becomes(live, 2);
    assertThat(live.health().facts()).containsEntry("watch", "events and polling");
  }

  @Test
  void whenAFileIsDeletedAndMadeAnew_thenTheOldStaysUntilThen()
      throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    Files.delete(file);
    assertThat(heard.refused().reason()).contains("app.yaml");
    assertThat(live.current()).isEqualTo(new Pair(1, 1));
    Files.writeString(file, Pair.yaml(2));
    becomes(live, 2);
  }

  @Test
  void whenTheFolderIsDeletedAndMadeAnew_thenItIsFollowed()
      throws IOException, InterruptedException {
    Path inside = Files.createDirectory(folder.resolve("conf")).resolve("app.yaml");
    Files.writeString(inside, Pair.yaml(1));
    LiveConfig<Pair> live = start(builder(inside, OFTEN));
    Files.delete(inside);
    Files.delete(inside.getParent());
    heard.refused();
    assertThat(live.health().status()).isEqualTo(HealthStatus.DEGRADED);
    Files.createDirectory(inside.getParent());
    Files.writeString(inside, Pair.yaml(2));
    becomes(live, 2);
    Files.move(inside.getParent(), folder.resolve("old"));
    Files.createDirectory(inside.getParent());
    Files.writeString(inside, Pair.yaml(3));
    becomes(live, 3);
    Files.writeString(inside, Pair.yaml(4));
    becomes(live, 4);
  }

  @Test
  void whenALinkIsSwappedAsByKubernetes_thenItsTargetIsRead()
      throws IOException, InterruptedException {
    Path first = Files.createDirectory(folder.resolve("..2026_01"));
    Files.writeString(first.resolve("pair.yaml"), Pair.yaml(1));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Path mounted =
        Files.createSymbolicLink(folder.resolve("pair.yaml"), Path.of("..data", "pair.yaml"));
    LiveConfig<Pair> live = start(builder(mounted, SELDOM));
    Heard.until("watched", () -> live.health().facts().get("steps").compareTo("0") > 0);
    for (int version = 2; version < 5; version++) {
      Path next = Files.createDirectory(folder.resolve("..2026_0" + version));
      Files.writeString(next.resolve("pair.yaml"), Pair.yaml(version));
      Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
      Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      becomes(live, version);
    }
  }

  @Test
  void whenAVariantOrAnOptionalFileComesAndGoes_thenItCounts()
      throws IOException, InterruptedException {
    Path optional = folder.resolve("local.yaml");
    LiveConfig<Pair> live = start(LiveConfig.builder(
            ConfigLoader.builder(Pair.class)
                .file(file)
                .optionalFile(optional)
                .profile("prod")
                .build(),
            clock,
            System::nanoTime)
        .debounce(DEBOUNCE)
        .pollInterval(OFTEN)
        .listener(heard));
    Path variant = Files.writeString(folder.resolve("app-prod.yaml"), Pair.yaml(2));
    becomes(live, 2);
    Files.writeString(optional, Pair.yaml(3));
    becomes(live, 3);
    Files.delete(variant);
    Files.delete(optional);
    becomes(live, 1);
  }

  @Test
  void whenAFileJoinsAFolder_thenItCounts() throws IOException, InterruptedException {
    Path parts = Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(parts.resolve("10.yaml"), Pair.yaml(1));
    LiveConfig<Pair> live = start(LiveConfig.builder(
            ConfigLoader.builder(Pair.class).folder(parts).build(), clock, System::nanoTime)
        .debounce(DEBOUNCE)
        .pollInterval(OFTEN)
        .listener(heard));
    Path more = Files.writeString(parts.resolve("20.yaml"), Pair.yaml(2));
    becomes(live, 2);
    Files.writeString(more, Pair.yaml(3));
    becomes(live, 3);
    Files.delete(more);
    becomes(live, 1);
  }

  @Test
  void whenAFolderTakesTheNameOfTheFile_thenItIsRefusedAndItRecovers()
      throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    Files.delete(file);
    Files.createDirectory(file);
    heard.refused();
    assertThat(live.current()).isEqualTo(new Pair(1, 1));
    Files.delete(file);
    Files.writeString(file, Pair.yaml(2));
    becomes(live, 2);
  }

  @Test
  void whenAFileIsInvalid_thenTheOldStaysTheReasonIsToldOnceAndItRecovers()
      throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    replace(file, "left: 2\nright: 3\n");
    ConfigEvent.Refused<Pair> refused = heard.refused();
    assertThat(refused.version()).isEqualTo(1);
    assertThat(refused.at()).isEqualTo(clock.instant());
    assertThat(live.current()).isEqualTo(new Pair(1, 1));
    assertThat(live.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(live.health().reason()).contains("version 1 stays", refused.reason());
    Heard.until("tried again", () -> refusals(live) >= 3);
    assertThat(heard.waiting()).as("told once").isZero();
    replace(file, "left: [\n");
    assertThat(heard.refused().reason()).isNotEqualTo(refused.reason());
    replace(file, Pair.yaml(2));
    becomes(live, 2);
    assertThat(live.health().reason()).isEmpty();
  }

  private static long refusals(LiveConfig<?> live) {
    return Long.parseLong(live.health().facts().get("refusals"));
  }

  @Test
  void whenTheOldComesBackAfterAnInvalidOne_thenAllIsWellWithoutAChange()
      throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    replace(file, "left: x\n");
    heard.refused();
    replace(file, Pair.yaml(1));
    Heard.until("healthy", () -> live.health().status() == HealthStatus.HEALTHY);
    assertThat(live.snapshot().version()).isEqualTo(1);
    assertThat(heard.waiting()).isZero();
  }

  @Test
  void whenOnlyBytesChange_thenThatIsNoChange() throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    replace(file, "# a comment\nright:   1\nleft: 1\n");
    ConfigSnapshot<Pair> same = live.reloadNow();
    assertThat(same.version()).isEqualTo(1);
    replace(file, Pair.yaml(2));
    assertThat(heard.changed().version()).isEqualTo(2);
    assertThat(heard.waiting()).isZero();
  }

  @Test
  void whenAskedToReload_thenItIsDoneAtOnceOrRefused() throws IOException {
    LiveConfig<Pair> live =
        start(builder(file, SELDOM).debounce(Duration.ofMinutes(1)).executor(Runnable::run));
    Files.writeString(file, Pair.yaml(2));
    assertThat(live.reloadNow().value()).isEqualTo(new Pair(2, 2));
    assertThat(live.current()).isEqualTo(new Pair(2, 2));
    assertThat(heard.waiting()).isOne();
    Files.writeString(file, "left: 1\nright: 2\n");
    assertThatThrownBy(live::reloadNow).isInstanceOf(QilinException.class);
    assertThat(live.current()).isEqualTo(new Pair(2, 2));
    assertThat(live.health().status()).isEqualTo(HealthStatus.DEGRADED);
    live.close();
    live.close();
    assertThat(live.current()).isEqualTo(new Pair(2, 2));
    assertThat(live.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void whenTheFirstConfigurationIsInvalid_thenItDoesNotStart() throws IOException {
    Files.writeString(file, "left: 1\nright: 2\n");
    assertThatThrownBy(() -> builder(file, OFTEN).start()).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheClockJumps_thenChangesAreSeenAllTheSame() throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    Duration[] jumps = {Duration.ofDays(1), Duration.ofDays(-2), Duration.ofHours(30)};
    for (int i = 0; i < jumps.length; i++) {
      clock.advance(jumps[i]);
      replace(file, Pair.yaml(i + 2));
      becomes(live, i + 2);
      assertThat(live.snapshot().version()).isEqualTo(i + 2);
      assertThat(live.snapshot().at()).isEqualTo(clock.instant());
    }
  }

  @Test
  void whenTheDiskFails_thenTheOldStaysAndItRecovers() throws IOException, InterruptedException {
    FaultDisk disk = FaultDisk.empty();
    Path on = disk.path("/app.yaml");
    Files.writeString(on, Pair.yaml(1));
    LiveConfig<Pair> live = start(builder(on, OFTEN));
    Heard.until("polled", () -> "polling".equals(live.health().facts().get("watch")));
    assertThat(live.health().status()).isEqualTo(HealthStatus.HEALTHY);
    disk.failAt(1, DiskFault.IO_ERROR, true);
    heard.refused();
    assertThat(live.current()).isEqualTo(new Pair(1, 1));
    disk.heal();
    Files.writeString(on, Pair.yaml(2));
    becomes(live, 2);
  }

  @Test
  void whenThePermissionIsTaken_thenTheOldStaysAndItRecovers()
      throws IOException, InterruptedException {
    LiveConfig<Pair> live = watching();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(
        Files.isReadable(file), "this user may read everything: nothing can be taken from it");
    heard.refused();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, Pair.yaml(2));
    becomes(live, 2);
  }

  @Test
  void whenTheSystemHasNoMoreWatches_thenItPollsSaysSoAndWatchesAgainLater()
      throws IOException, InterruptedException {
    AtomicInteger left = new AtomicInteger(3);
    FolderWatch scarce = new FolderWatch(FileSystem::newWatchService, (path, service) -> {
      if (left.getAndDecrement() > 0) {
        throw new IOException("User limit of inotify watches reached");
      }
      return path.register(service, java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY);
    });
    LiveConfig<Pair> live = start(builder(file, OFTEN).watch(scarce));
    Files.writeString(file, Pair.yaml(2));
    assertThat(heard.nextChange().after().value()).isEqualTo(new Pair(2, 2));
    Heard.until("watched again", () -> live.health().status() == HealthStatus.HEALTHY);
  }

  @Test
  void whenTheSystemWatchesNothing_thenItPollsAndSaysSo() throws IOException, InterruptedException {
    FolderWatch none = new FolderWatch(
        system -> {
          throw new IOException("User limit of inotify instances reached or too many open files");
        },
        (path, service) -> {
          throw new AssertionError("there is nothing to register with");
        });
    LiveConfig<Pair> live = start(builder(file, OFTEN).watch(none));
    Files.writeString(file, Pair.yaml(2));
    assertThat(heard.nextChange().after().value()).isEqualTo(new Pair(2, 2));
    assertThat(live.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(live.health().reason()).contains("inotify instances", "polled every PT0.04S");
    assertThat(live.health().facts()).containsEntry("watch", "polling");
  }

  @Test
  void whenTheLoaderThrowsAnything_thenItIsRefusedWithoutItsWords() throws InterruptedException {
    AtomicReference<Supplier<Loaded<Pair>>> loader =
        new AtomicReference<>(Pairs.loader(file)::load);
    LiveConfig<Pair> live =
        start(LiveConfig.builder(() -> loader.get().get(), clock, System::nanoTime)
            .debounce(DEBOUNCE)
            .pollInterval(SELDOM)
            .listener(heard));
    List<Throwable> thrown = List.of(
        new IllegalStateException("canary-1"),
        new StackOverflowError("canary-2"),
        new NoClassDefFoundError("canary-3"));
    for (Throwable each : thrown) {
      loader.set(() -> {
        if (each instanceof RuntimeException e) {
          throw e;
        }
        throw (Error) each;
      });
      assertThatThrownBy(live::reloadNow)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
          .hasMessageContaining(each.getClass().getSimpleName())
          .hasMessageNotContaining("canary");
      assertThat(heard.refused().reason()).doesNotContain("canary");
    }
    loader.set(Pairs.loader(file)::load);
    live.reloadNow();
    assertThat(live.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whenTheFilesChangeWhileTheyAreRead_thenThatReadingDoesNotCount() throws Exception {
    AtomicInteger writes = new AtomicInteger(1);
    Supplier<Loaded<Pair>> busy = () -> {
      Loaded<Pair> read = Pairs.loader(file).load();
      try {
        Files.writeString(file, Pair.yaml(writes.incrementAndGet()));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return read;
    };
    LiveConfig<Pair> live = start(LiveConfig.builder(busy, clock, System::nanoTime)
        .pollInterval(SELDOM)
        .debounce(Duration.ofMinutes(1)));
    assertThatThrownBy(live::reloadNow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThat(live.snapshot().version()).isEqualTo(1);
  }

  @Test
  void whenAFileIsRewrittenAgainAndAgain_thenEachIsSeen() throws Exception {
    int times = Integer.getInteger("qilin.reload.rewrites", 40);
    LiveConfig<Pair> live = start(builder(file, OFTEN).debounce(Duration.ZERO));
    for (int i = 2; i < times + 2; i++) {
      replace(file, Pair.yaml(i));
      assertThat(heard.changed().version()).isEqualTo(i);
    }
    assertThat(live.current()).isEqualTo(new Pair(times + 1, times + 1));
  }

  @Test
  void whenASettingIsOutOfRange_thenItIsRefused() {
    LiveConfig.Builder<Pair> builder = builder(file, OFTEN);
    for (Runnable wrong : List.<Runnable>of(
        () -> builder.debounce(Duration.ofNanos(-1)),
        () -> builder.debounce(Duration.ofHours(1)),
        () -> builder.pollInterval(Duration.ZERO),
        () -> builder.pollInterval(Duration.ofDays(2)),
        () -> builder.listenerQueue(0))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }
}
