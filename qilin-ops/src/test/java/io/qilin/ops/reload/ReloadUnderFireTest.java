package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault scenario F16: a writer rewrites the configuration in all manners, in place, by rename, in parts, invalid, with an alias
 * bomb, while eight readers read pairs of linked values. The control reads a mutable map that is reloaded in place.
 */
@Tag("fault")
@Tag("F16")
@Timeout(600)
class ReloadUnderFireTest {
  private static final int READERS = 8;
  private static final int INVALID = 3;
  private static final int ALIASES = 4;
  private static final String BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nleft: *b\nright: *b\n";

  @TempDir
  private Path folder;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong torn = new AtomicLong();

  /** Reads pairs until the writing is over. */
  private Future<?> reader(ExecutorService threads, Supplier<long[]> pair, CountDownLatch started) {
    return threads.submit(() -> {
      long own = 0;
      while (!ended.get()) {
        long[] both = pair.get();
        if (both[0] != both[1]) {
          torn.incrementAndGet();
        }
        if (++own == 1) {
          started.countDown();
        }
        if (own % 20_000 == 0) {
          // Lets the writer run where there are fewer processors than readers.
          LockSupport.parkNanos(100_000);
        }
      }
      reads.addAndGet(own);
      return null;
    });
  }

  private void underFire(Supplier<long[]> pair, Writing writing) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      CountDownLatch started = new CountDownLatch(READERS);
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(reader(threads, pair, started));
      }
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      writing.run();
      ended.set(true);
      for (Future<?> each : readers) {
        each.get(30, TimeUnit.SECONDS);
      }
    } finally {
      ended.set(true);
      threads.shutdownNow();
    }
  }

  private interface Writing {
    void run() throws Exception;
  }

  @Test
  void whenTheConfigurationIsRewrittenInAllManners_thenNoReaderSeesAMixtureAndAllIsToldOnce()
      throws Exception {
    FaultRun run = FaultRun.of("F16", 30);
    Path file = Files.writeString(folder.resolve("app.yaml"), Pair.yaml(0));
    Heard<Pair> heard = new Heard<>();
    List<String> faults = new ArrayList<>();
    long[] lastMicros = new long[1];
    long[] refusals = new long[1];
    try (LiveConfig<Pair> live = LiveConfig.builder(
            Pairs.loader(file), SettableClock.at("2026-01-05T09:30:00+08:00"), System::nanoTime)
        .debounce(Duration.ofMillis(10))
        .pollInterval(Duration.ofMillis(500))
        .listenerQueue(100_000)
        .listener(heard)
        .start()) {
      underFire(
          () -> {
            Pair pair = live.current();
            return new long[] {pair.left(), pair.right()};
          },
          () -> {
            Random random = run.random();
            for (int i = 1; i <= run.n(); i++) {
              int manner = random.nextInt(6);
              rewrite(file, manner, i);
              // Now and then the writer rests, so that there is something to refuse or to publish.
              if ((manner == INVALID || manner == ALIASES) && random.nextBoolean()) {
                Heard.until("refusal " + i, () -> live.health().status() != HealthStatus.HEALTHY);
              } else if (random.nextInt(4) == 0) {
                replace(file, Pair.yaml(i));
                long wanted = i;
                Heard.until("reload " + i, () -> live.current().left() == wanted);
              }
            }
            long written = System.nanoTime();
            replace(file, Pair.yaml(run.n() + 1));
            Heard.until("the last reload", () -> live.current().left() == run.n() + 1);
            lastMicros[0] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - written);
          });
      ConfigSnapshot<Pair> last = live.snapshot();
      check(heard, last, faults, refusals);
    }

    System.out.println(run.report(
        torn.get() + faults.size(),
        Map.of(
            "reads",
            reads,
            "torn",
            torn,
            "refusals",
            refusals[0],
            "lastReloadMicros",
            lastMicros[0])));
    assertThat(torn.get()).isZero();
    assertThat(faults).isEmpty();
    assertThat(reads.get()).isGreaterThan(run.n());
  }

  /** Every version was told once, in order, each with the one before it. */
  private static void check(
      Heard<Pair> heard, ConfigSnapshot<Pair> last, List<String> faults, long[] refusals)
      throws InterruptedException {
    long version = 1;
    while (version < last.version()) {
      ConfigEvent<Pair> event = heard.next();
      if (event instanceof ConfigEvent.Changed<Pair> changed) {
        version++;
        if (changed.version() != version
            || changed.before().version() != version - 1
            || changed.skipped() != 0
            || changed.changes().isEmpty()) {
          faults.add("version " + version + " was told as " + changed);
        }
      } else {
        refusals[0]++;
      }
    }
    if (heard.waiting() > 0) {
      faults.add(heard.waiting() + " events too many");
    }
  }

  private static void rewrite(Path file, int manner, long both) throws IOException {
    String text = Pair.yaml(both);
    switch (manner) {
      case 0 -> Files.writeString(file, text);
      case 1 -> replace(file, text);
      case 2 -> {
        // In parts, one forced to the disk before the other.
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
          channel.force(true);
          channel.write(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2));
        }
      }
      case INVALID -> replace(file, "left: " + both + "\nright: " + (both + 1) + "\n");
      case ALIASES -> Files.writeString(file, BOMB);
      default -> {
        Files.delete(file);
        Files.writeString(file, text);
      }
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("fresh.tmp"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A reload that puts each value where readers read it, as most home-made ones do. */
  @Test
  void whenALiveMapIsReloadedInPlace_thenTheScenarioFindsIt() throws Exception {
    FaultRun run = FaultRun.of("F16-control", 200);
    Map<String, Long> live = new java.util.concurrent.ConcurrentHashMap<>();
    live.put("left", 0L);
    live.put("right", 0L);
    LongBinaryOperator reload = (times, wait) -> {
      for (long i = 0; i < times; i++) {
        live.merge("left", 1L, Long::sum);
        Thread.yield();
        live.merge("right", 1L, Long::sum);
      }
      return wait;
    };
    underFire(
        () -> new long[] {live.getOrDefault("left", 0L), live.getOrDefault("right", 0L)}, () -> {
          // Until it is found, for two processors may take turns for long.
          for (int i = 0; i < 10_000 && torn.get() == 0; i++) {
            reload.applyAsLong(run.n(), 0);
          }
        });
    System.out.println(run.report(0, Map.of("torn", torn, "reads", reads)));
    assertThat(torn.get()).as("the planted fault is found").isPositive();
  }
}
