package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.FaultDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderWatchTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(30);

  @TempDir
  private Path folder;

  @Test
  void whenAnythingHappensNearAFile_thenItIsSaid() throws IOException, InterruptedException {
    Path file = Files.createDirectory(folder.resolve("a")).resolve("x.yaml");
    try (FolderWatch watch = FolderWatch.ofSystem()) {
      assertThat(watch.follow(Set.of(file))).isTrue();
      assertThat(watch.await(0)).isFalse();
      Files.writeString(file, "1");
      assertThat(watch.await(LONG)).isTrue();
      Files.writeString(file, "2");
      assertThat(watch.await(LONG)).isTrue();
      assertThat(watch.trouble()).isEmpty();
    }
  }

  @Test
  void whenItsFolderComesLater_thenThatIsSaid() throws IOException, InterruptedException {
    Path file = folder.resolve("a").resolve("b").resolve("x.yaml");
    try (FolderWatch watch = FolderWatch.ofSystem()) {
      assertThat(watch.follow(Set.of(file))).isTrue();
      Files.createDirectory(folder.resolve("a"));
      assertThat(watch.await(LONG)).isTrue();
      watch.follow(Set.of(file));
      Files.createDirectory(folder.resolve("a").resolve("b"));
      assertThat(watch.await(LONG)).isTrue();
      watch.follow(Set.of(file));
      Files.writeString(file, "1");
      assertThat(watch.await(LONG)).isTrue();
    }
  }

  @Test
  void whenTheFileSystemWatchesNothing_thenThatIsNoTrouble() {
    try (FolderWatch watch = FolderWatch.ofSystem()) {
      assertThat(watch.follow(Set.of(FaultDisk.empty().path("/x.yaml")))).isFalse();
      assertThat(watch.offered()).isFalse();
      assertThat(watch.trouble()).isEmpty();
    }
  }

  @Test
  void whenThereIsNoFile_thenThereIsNothingToAwait() throws InterruptedException {
    try (FolderWatch watch = FolderWatch.ofSystem()) {
      assertThat(watch.follow(Set.of())).isFalse();
      assertThat(watch.await(LONG)).isFalse();
    }
  }

  @Test
  void whenTheSystemLosesCount_thenThatIsSomethingThatHappened() throws InterruptedException {
    Told service = new Told();
    try (FolderWatch watch = new FolderWatch(system -> service, (path, on) -> new Lost())) {
      assertThat(watch.follow(Set.of(folder.resolve("x.yaml")))).isTrue();
      service.keys.add(new Lost());
      assertThat(watch.await(LONG)).isTrue();
      assertThat(watch.overflows()).isEqualTo(1);
      assertThat(watch.trouble()).isEmpty();
    }
  }

  @Test
  void whenTheWatchingEnds_thenItBeginsAnew() throws Exception {
    try (FolderWatch watch =
        new FolderWatch(java.nio.file.FileSystem::newWatchService, (path, service) -> {
          WatchKey key = path.register(service, StandardWatchEventKinds.ENTRY_CREATE);
          service.close();
          return key;
        })) {
      watch.follow(List.of(folder.resolve("x.yaml")));
      watch.await(LONG);
      assertThat(watch.trouble()).isNotEmpty();
      assertThat(watch.await(0)).isFalse();
    }
  }

  /** A service that says what it was told. */
  private static final class Told implements WatchService {
    private final Queue<WatchKey> keys = new ArrayDeque<>();

    @Override
    public @Nullable WatchKey poll() {
      return keys.poll();
    }

    @Override
    public @Nullable WatchKey poll(long timeout, TimeUnit unit) {
      return keys.poll();
    }

    @Override
    public WatchKey take() {
      return keys.remove();
    }

    @Override
    public void close() {
      keys.clear();
    }
  }

  /** A key whose events were too many. */
  private static final class Lost implements WatchKey {
    @Override
    public List<WatchEvent<?>> pollEvents() {
      return List.of(new WatchEvent<Object>() {
        @Override
        public Kind<Object> kind() {
          return StandardWatchEventKinds.OVERFLOW;
        }

        @Override
        public int count() {
          return 1;
        }

        @Override
        public @Nullable Object context() {
          return null;
        }
      });
    }

    @Override
    public boolean reset() {
      return true;
    }

    @Override
    public void cancel() {
      // Nothing is registered.
    }

    @Override
    public boolean isValid() {
      return true;
    }

    @Override
    public Watchable watchable() {
      return Path.of("");
    }
  }
}
