package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.config.Loaded;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand reloads under load: what a reader sees is one configuration, and never an older one than it saw before. */
@Timeout(120)
class SwapStressTest {
  private static final int RELOADS = Integer.getInteger("qilin.reload.n", 1_000);
  private static final int READERS = 4;

  /** Wide, so that a mixture would have many places to show. */
  record Wide(long a, long b, long c, long d, Pair inner, List<Long> list) {
    boolean whole() {
      return a == b
          && b == c
          && c == d
          && inner.left() == a
          && inner.right() == a
          && list.stream().allMatch(each -> each == a);
    }
  }

  private static Loaded<Wide> version(long n) {
    String all = String.valueOf(n);
    Loaded<Wide> loaded = ConfigLoader.builder(Wide.class)
        .overrides(Map.of(
            "a",
            all,
            "b",
            all,
            "c",
            all,
            "d",
            all,
            "inner.left",
            all,
            "inner.right",
            all,
            "list[0]",
            all,
            "list[1]",
            all))
        .build()
        .load();
    return new Loaded<>(loaded.value(), loaded.tree(), Set.of());
  }

  @Test
  void whenReloadedUnderLoad_thenEachReaderSeesWholeVersionsThatOnlyGrow() throws Exception {
    List<Loaded<Wide>> versions = new ArrayList<>();
    for (int i = 1; i <= RELOADS + 1; i++) {
      versions.add(version(i));
    }
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try (LiveConfig<Wide> live = LiveConfig.builder(
            () -> versions.get(next.getAndIncrement()),
            SettableClock.at("2026-01-05T09:30:00+08:00"),
            System::nanoTime)
        .pollInterval(Duration.ofHours(1))
        .debounce(Duration.ofMinutes(1))
        .start()) {
      CyclicBarrier start = new CyclicBarrier(READERS + 1);
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> {
          start.await(30, TimeUnit.SECONDS);
          long wrong = 0;
          long seen = 0;
          while (!ended.get()) {
            ConfigSnapshot<Wide> snapshot = live.snapshot();
            Wide value = snapshot.value();
            wrong += value.whole() && value.a() == snapshot.version() && value.a() >= seen ? 0 : 1;
            seen = value.a();
            wrong += live.current().a() >= seen ? 0 : 1;
          }
          return wrong;
        }));
      }
      start.await(30, TimeUnit.SECONDS);
      for (int i = 0; i < RELOADS; i++) {
        live.reloadNow();
      }
      ended.set(true);
      for (Future<Long> reader : readers) {
        assertThat(reader.get(30, TimeUnit.SECONDS)).isZero();
      }
      assertThat(live.snapshot().version()).isEqualTo(RELOADS + 1);
    } finally {
      ended.set(true);
      threads.shutdownNow();
    }
  }
}
