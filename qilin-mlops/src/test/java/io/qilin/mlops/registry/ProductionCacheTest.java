package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ProductionCacheTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger asked = new AtomicInteger();

  private static Optional<ModelVersion> version(int number) {
    ModelDraft draft = RegistryFixture.draft("0".repeat(64), RegistryFixture.SIGNATURE);
    return Optional.of(new ModelVersion(
        new ModelId("m", number),
        draft,
        ModelStage.PRODUCTION,
        Set.of(),
        Instant.EPOCH,
        Instant.EPOCH));
  }

  @Test
  void whenTheBoundHasPassed_thenTheSourceIsAskedAgain() {
    ProductionCache cache =
        new ProductionCache(name -> version(asked.incrementAndGet()), nanos::get, 10);

    assertThat(cache.get("m")).isEqualTo(version(1));
    nanos.addAndGet(9);
    assertThat(cache.get("m")).isEqualTo(version(1));
    nanos.addAndGet(1);
    assertThat(cache.get("m")).isEqualTo(version(2));
    cache.forget("m");
    assertThat(cache.get("m")).isEqualTo(version(3));
    cache.forget("unknown");
  }

  @Test
  void whenManyNamesAreAskedFor_thenTheMemoryIsBounded() {
    ProductionCache cache = new ProductionCache(
        name -> {
          asked.incrementAndGet();
          return Optional.empty();
        },
        nanos::get,
        10);
    cache.get("first");
    for (int i = 0; i < 10_000; i++) {
      assertThat(cache.get("n" + i)).isEmpty();
    }
    int before = asked.get();

    cache.get("first");

    assertThat(asked.get()).as("the first was thrown out").isEqualTo(before + 1);
  }

  @Test
  void whenAReaderIsSlow_thenForgettingWaitsForItAndItsAnswerDoesNotStay() throws Exception {
    AtomicReference<Optional<ModelVersion>> truth = new AtomicReference<>(version(1));
    CountDownLatch hasRead = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    ProductionCache cache = new ProductionCache(
        name -> {
          Optional<ModelVersion> read = truth.get();
          if (asked.incrementAndGet() == 1) {
            hasRead.countDown();
            await(mayReturn);
          }
          return read;
        },
        nanos::get,
        1_000);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Optional<ModelVersion>> slow = threads.submit(() -> cache.get("m"));
      hasRead.await();
      truth.set(version(2));
      Future<Optional<ModelVersion>> writer = threads.submit(() -> {
        cache.forget("m");
        return cache.get("m");
      });
      mayReturn.countDown();

      assertThat(slow.get()).isEqualTo(version(1));
      assertThat(writer.get()).isEqualTo(version(2));
      assertThat(cache.get("m")).isEqualTo(version(2));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
