package io.qilin.ops.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.csv.CsvProvider;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F18: plugins that fail in every way in which one can, beside one that works. A jar on the class path is trusted: this is
 * about failure, not malice.
 */
@Tag("fault")
@Tag("F18")
@Timeout(120)
class BadPluginsFaultTest {
  private static final Set<DataCapability> BARS = Set.of(DataCapability.DAILY_BARS);
  /** For a plugin, which nobody can hand anything; a new one for each test. */
  private static volatile CountDownLatch asked = new CountDownLatch(1);

  @TempDir
  Path folder;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicLong nanos = new AtomicLong();

  @BeforeEach
  void begin() {
    asked = new CountDownLatch(1);
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  /** Works, as far as it goes. */
  public abstract static class Plugin implements MarketDataProvider {
    @Override
    public String id() {
      return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Set<DataCapability> capabilities() {
      return BARS;
    }

    @Override
    public MarketDataSource open(Map<String, String> settings) {
      throw new QilinException(ErrorCode.UNSUPPORTED, "a test opens nothing");
    }
  }

  /** Throws in its constructor. */
  public static final class Constructor extends Plugin {
    /** Fails. */
    public Constructor() {
      throw new UnsupportedOperationException("no licence");
    }
  }

  /** Throws when its class is initialised. */
  public static final class Initialiser extends Plugin {
    private static final int NUMBER = Integer.parseInt("none");

    /** Never called. */
    public Initialiser() {
      assertThat(NUMBER).isZero();
    }
  }

  /** Wants more memory than there is. */
  public static final class Memory extends Plugin {
    private final long[][] taken = new long[1_000][];

    /** Fails. */
    public Memory() {
      for (int i = 0; i < taken.length; i++) {
        taken[i] = new long[Integer.MAX_VALUE - 8];
      }
    }
  }

  /** Calls System.exit where a test lets it: here it throws what a host's guard throws. */
  public static final class Exit extends Plugin {
    /** Fails. */
    public Exit() {
      throw new SecurityException("System.exit is not for plugins");
    }
  }

  /** Gives no id. */
  public static final class NoId extends Plugin {
    @Override
    @SuppressWarnings("NullAway")
    public String id() {
      return null;
    }
  }

  /** Gives no capabilities. */
  public static final class NoCapabilities extends Plugin {
    @Override
    @SuppressWarnings("NullAway")
    public Set<DataCapability> capabilities() {
      return null;
    }
  }

  /** Has the id of another. */
  public static final class Clash extends Plugin {
    @Override
    public String id() {
      return "csv";
    }
  }

  /** Never says who it is. */
  public static final class Hang extends Plugin {
    @Override
    public String id() {
      asked.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QilinException(ErrorCode.CANCELLED, "interrupted", e);
      }
      return "hang";
    }
  }

  /** Never comes to be. */
  public static final class Unmade extends Plugin {
    /** Waits until it is interrupted. */
    public Unmade() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  private URLClassLoader plugins(List<String> classes) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(MarketDataProvider.class.getName()), String.join("\n", classes) + "\n");
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()) {
      @Override
      public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
      }
    };
  }

  @Test
  void whenPluginsFail_thenTheOthersServeAndEachIsNamed() throws IOException {
    List<Class<?>> bad = List.of(
        Constructor.class,
        Initialiser.class,
        Memory.class,
        Exit.class,
        NoId.class,
        NoCapabilities.class);
    List<String> names =
        new java.util.ArrayList<>(bad.stream().map(Class::getName).toList());
    names.add("com.example.Missing");
    names.add(2, CsvProvider.class.getName());
    try (URLClassLoader loader = plugins(names)) {
      long begun = System.nanoTime();
      MarketDataProviders providers = MarketDataProviders.discover(loader);
      long micros = (System.nanoTime() - begun) / 1_000;
      assertThat(providers.ids()).containsExactly("csv");
      assertThat(providers.best(BARS)).isInstanceOf(CsvProvider.class);
      assertThat(providers.broken()).hasSize(bad.size() + 1);
      for (String name : names) {
        if (!name.equals(CsvProvider.class.getName())) {
          assertThat(providers.broken()).as(name).anyMatch(line -> line.contains(name));
        }
      }
      assertThatThrownBy(() -> providers.get("constructor"))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
          .hasMessageContaining(Constructor.class.getName());
      System.out.println(FaultRun.of("F18", 1)
          .report(0, Map.of("named", providers.broken().size(), "discoveryMicros", micros)));
    }
  }

  /** The planted fault: a loop that isolates nothing loses the plugin that works to the first that does not. */
  @Test
  void whenDiscoveryIsolatesNothing_thenTheScenarioFindsIt() throws IOException {
    List<Class<?>> bad =
        List.of(Constructor.class, Initialiser.class, Memory.class, Exit.class, NoId.class);
    int caught = 0;
    for (Class<?> plugin : bad) {
      try (URLClassLoader loader =
          plugins(List.of(plugin.getName(), CsvProvider.class.getName()))) {
        List<String> ids = new java.util.ArrayList<>();
        try {
          for (MarketDataProvider provider : ServiceLoader.load(MarketDataProvider.class, loader)) {
            ids.add(provider.id().strip());
          }
        } catch (ServiceConfigurationError | NullPointerException | OutOfMemoryError failure) {
          assertThat(ids).doesNotContain("csv");
          caught++;
        }
      }
    }
    assertThat(caught).isEqualTo(bad.size());
    System.out.println(FaultRun.of("F18-control", bad.size()).report(caught, Map.of()));
  }

  @Test
  void whenTwoClash_thenTheErrorNamesBothClasses() throws IOException {
    try (URLClassLoader loader =
        plugins(List.of(CsvProvider.class.getName(), Clash.class.getName()))) {
      assertThatThrownBy(() -> MarketDataProviders.discover(loader))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
          .hasMessageContaining(CsvProvider.class.getName())
          .hasMessageContaining(Clash.class.getName());
    }
  }

  @Test
  void whenAPluginHangs_thenTheOthersServeAndItIsNamed() throws IOException {
    try (URLClassLoader loader =
        plugins(List.of(Unmade.class.getName(), CsvProvider.class.getName()))) {
      // Only the first is asked on another thread: the second answers in time on the slowest
      // machine.
      AtomicBoolean first = new AtomicBoolean(true);
      Executor some = task -> {
        if (first.getAndSet(false)) {
          executor.execute(task);
        } else {
          task.run();
        }
      };
      MarketDataProviders providers =
          MarketDataProviders.discover(loader, Duration.ofMillis(100), some);
      assertThat(providers.ids()).containsExactly("csv");
      assertThat(providers.broken())
          .singleElement()
          .asString()
          .contains(Unmade.class.getName(), "within 100 ms");
    }
  }

  /** Discovery without a time has no deadline of its own; a host that starts it as a health check is not held up. */
  @Test
  void whenAPluginHangs_thenTheStartOfAHostIsNotHeldUp() throws Exception {
    try (URLClassLoader loader =
        plugins(List.of(Hang.class.getName(), CsvProvider.class.getName()))) {
      HealthRegistry health = HealthRegistry.builder(executor, nanos::get)
          .required(
              "providers",
              () -> {
                MarketDataProviders.discover(loader);
                return HealthResult.healthy();
              },
              HealthProbe.STARTUP)
          .build();
      Future<HealthReport> started = executor.submit(() -> health.report(HealthProbe.STARTUP));
      asked.await();
      nanos.addAndGet(Duration.ofSeconds(5).toNanos());
      HealthReport report = started.get(30, TimeUnit.SECONDS);
      assertThat(report.passes()).isFalse();
      assertThat(report.components().get("providers").result().reason())
          .contains("has not answered within 5000 ms");
    }
  }
}
