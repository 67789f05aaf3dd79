package io.qilin.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.ops.backup.StoreHost;
import io.qilin.testkit.fault.FaultRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host is stopped while eight threads hand it work that is acknowledged at once and written after: what was acknowledged is
 * found when the stores are opened again.
 */
@Timeout(120)
@Tag("fault")
@Tag("shutdown")
class ShutdownUnderLoadTest {
  private static final int THREADS = 8;

  @TempDir
  Path folder;

  /** A host that takes an order, acknowledges it, and writes it behind the caller's back: the gate is what makes that safe. */
  private static final class Host {
    final StoreHost stores;
    final DrainGate gate = DrainGate.of("orders", System::nanoTime);
    final ExecutorService behind = Executors.newFixedThreadPool(2);
    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    final Lifecycle life;
    private final boolean planted;
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final CountDownLatch never = new CountDownLatch(1);

    Host(Path folder, boolean planted) {
      this.planted = planted;
      stores = StoreHost.open(folder);
      Lifecycle.Builder builder = Lifecycle.builder(System::nanoTime)
          .part(LifecyclePart.of("stores", () -> {}, stores::close))
          .part(LifecyclePart.of("writers", () -> {}, behind::shutdownNow).dependsOn("stores"));
      // The planted fault: nobody waits for the gate.
      life = (planted ? builder : builder.gate(gate)).build();
      life.start();
    }

    void take(String order, boolean model) {
      DrainGate.Pass pass = gate.enter();
      try {
        acknowledged.add(order);
        behind.execute(() -> write(order, model, pass));
      } catch (RejectedExecutionException e) {
        pass.close();
        assertThat(planted).isTrue();
      }
    }

    private void write(String order, boolean model, DrainGate.Pass pass) {
      try (pass) {
        // One order is still to be written when the stop comes, however quick the writers are.
        boolean slow = first.getAndSet(false);
        while (slow && !gate.closed()) {
          never.await(1, TimeUnit.MILLISECONDS);
        }
        if (model) {
          stores.register(order, order);
        } else {
          stores.record(order);
        }
      } catch (QilinException e) {
        assertThat(planted).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        assertThat(planted).isTrue();
      }
    }
  }

  private static long lost(Path folder, boolean planted, Random random) throws Exception {
    Host host = new Host(folder, planted);
    ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    CountDownLatch began = new CountDownLatch(THREADS + random.nextInt(40));
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      calls.add(callers.submit(() -> {
        for (int k = 1; k <= 40 && !host.gate.closed(); k++) {
          try {
            host.take("t" + thread + "-" + k, thread % 4 == 0);
          } catch (QilinException refused) {
            assertThat(refused.code().retryable()).isTrue();
          }
          began.countDown();
        }
      }));
    }
    began.await();
    LifecycleReport report = host.life.stop();
    if (planted) {
      host.gate.close();
    }
    for (Future<?> call : calls) {
      call.get();
    }
    callers.shutdownNow();
    if (!planted) {
      assertThat(report.clean()).as(report.toString()).isTrue();
    }
    Set<String> found = new HashSet<>(StoreHost.recordsIn(folder));
    StoreHost.modelsIn(folder).forEach(id -> found.add(id.substring(0, id.indexOf('/'))));
    return host.acknowledged.stream().filter(order -> !found.contains(order)).count();
  }

  @Test
  void whenAHostIsStoppedUnderLoad_thenNothingAcknowledgedIsLost() throws Exception {
    FaultRun run = FaultRun.of("shutdown", 1);
    Random random = run.random();
    long lost = 0;
    for (int i = 0; i < run.n(); i++) {
      lost += lost(folder.resolve("sound" + i), false, random);
    }
    long planted = lost(folder.resolve("planted"), true, random);
    System.out.println(run.report(lost, Map.of("lostWithoutTheWait", planted)));
    assertThat(lost).isZero();
    assertThat(planted).as("what is lost where nobody waits").isPositive();
  }
}
