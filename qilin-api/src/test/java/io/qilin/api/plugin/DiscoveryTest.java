package io.qilin.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiscoveryTest {
  private static final AtomicBoolean INTERRUPTED = new AtomicBoolean();
  private static final CountDownLatch ENDED = new CountDownLatch(1);

  @TempDir
  Path folder;

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  /** A kind of plugin. */
  public interface Plugin {
    String name();
  }

  /** Works. */
  public static final class Good implements Plugin {
    @Override
    public String name() {
      return "good";
    }
  }

  /** Never comes to be. */
  public static final class Hanging implements Plugin {
    /** Waits for ever, or until it is interrupted. */
    public Hanging() throws InterruptedException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        INTERRUPTED.set(true);
        throw e;
      } finally {
        ENDED.countDown();
      }
    }

    @Override
    public String name() {
      return "hanging";
    }
  }

  /** Says nothing fit for a log. */
  public static final class Loud implements Plugin {
    @Override
    public String name() {
      throw new IllegalStateException("one\ntwo\u2028" + "x".repeat(1000));
    }
  }

  private ServiceLoader<Plugin> offering(String... classes) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Plugin.class.getName()), String.join("\n", classes) + "\n");
    return ServiceLoader.load(
        Plugin.class,
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            return findResources(name);
          }
        });
  }

  @Test
  void whenOneHangs_thenTheOthersAreFoundAndItIsInterruptedAndNamed() throws Exception {
    Discovery<String> discovery = Discovery.of(
        offering(Hanging.class.getName(), "com.example.Missing", Good.class.getName()),
        Plugin::name,
        Duration.ofSeconds(2),
        executor);

    assertThat(discovery.found()).containsExactly("good");
    assertThat(discovery.broken()).hasSize(2);
    assertThat(discovery.broken().get(0)).contains(Hanging.class.getName(), "within 2000 ms");
    assertThat(discovery.broken().get(1)).contains("com.example.Missing");
    ENDED.await();
    assertThat(INTERRUPTED).isTrue();
  }

  @Test
  void whenOneThrows_thenItsReasonIsOneShortLine() throws IOException {
    Discovery<String> discovery =
        Discovery.of(offering(Loud.class.getName(), Good.class.getName()), Plugin::name);

    assertThat(discovery.found()).containsExactly("good");
    assertThat(discovery.broken())
        .singleElement()
        .satisfies(line -> assertThat(line)
            .contains("IllegalStateException: one two x")
            .hasSizeLessThan(400)
            .doesNotContainPattern("[\n\u2028]"));
  }

  @Test
  void whenTheCallerIsInterrupted_thenItIsCancelledAndTheFlagStays() throws IOException {
    ServiceLoader<Plugin> loader = offering(Good.class.getName());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Discovery.of(loader, Plugin::name, Duration.ofMinutes(1), task -> {}))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whenTheExecutorIsFull_thenThePluginIsNamedAndTheReasonToo() throws IOException {
    ExecutorService closed = Executors.newSingleThreadExecutor();
    closed.shutdown();
    Discovery<String> discovery =
        Discovery.of(offering(Good.class.getName()), Plugin::name, Duration.ofSeconds(1), closed);
    assertThat(discovery.found()).isEmpty();
    assertThat(discovery.broken())
        .singleElement()
        .asString()
        .contains(Good.class.getName(), "the executor took no more work");
  }

  @Test
  void whenTheTimeIsNone_thenItIsRefused() throws IOException {
    ServiceLoader<Plugin> loader = offering(Good.class.getName());
    assertThatThrownBy(() -> Discovery.of(loader, Plugin::name, Duration.ZERO, executor))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("more than zero");
  }

  @Test
  void whenPluginsAreGiven_thenABadOneDoesNotKeepTheOthersAway() {
    Discovery<String> discovery =
        Discovery.of(List.<Plugin>of(new Loud(), new Good()), Plugin::name);
    assertThat(discovery.found()).containsExactly("good");
    assertThat(discovery.broken()).hasSize(1);
  }
}
