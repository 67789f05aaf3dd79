package io.qilin.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainGateTest {
  private final DrainGate gate = DrainGate.of("orders", System::nanoTime);

  private void refused() {
    assertThatThrownBy(gate::enter).isInstanceOfSatisfying(QilinException.class, e -> {
      assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      assertThat(e.code().retryable()).isTrue();
      assertThat(e).hasMessageContaining("orders takes no more work");
    });
  }

  @Test
  void whenClosed_thenNobodyGoesInAndWhoIsInsideComesOut() {
    DrainGate.Pass pass = gate.enter();
    assertThat(gate.inFlight()).isEqualTo(1);
    gate.close();
    gate.close();
    refused();
    assertThat(gate.closed()).isTrue();
    assertThat(gate.inFlight()).isEqualTo(1);
    DrainReport early = gate.drain(Duration.ofMillis(1));
    assertThat(early.clean()).isFalse();
    assertThat(early.left()).isEqualTo(1);
    pass.close();
    pass.close();
    DrainReport report = gate.drain(Duration.ofSeconds(30));
    assertThat(report.left()).isZero();
    assertThat(report.completed()).isEqualTo(1);
    assertThat(report.refused()).isEqualTo(1);
  }

  @Test
  void whenInterrupted_thenTheGateIsClosedAllTheSame() {
    DrainGate.Pass pass = gate.enter();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> gate.drain(Duration.ofSeconds(30)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
    refused();
    pass.close();
  }

  @Test
  void whenManyGoInWhileItIsClosed_thenAllWhoWentInHaveComeOutWhenItIsDrained() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    int rounds = Integer.getInteger("qilin.fault.n", 10);
    try {
      for (int round = 0; round < rounds; round++) {
        DrainGate own = DrainGate.of("round", System::nanoTime);
        AtomicInteger in = new AtomicInteger();
        AtomicInteger out = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          workers.add(threads.submit(() -> {
            boolean open = true;
            while (open) {
              try {
                own.call(() -> in.incrementAndGet() + out.incrementAndGet());
              } catch (QilinException closed) {
                open = false;
              }
            }
          }));
        }
        Await.until("a hundred have gone in", () -> in.get() >= 100);
        DrainReport report = own.drain(Duration.ofSeconds(30));
        int done = out.get();
        assertThat(report.left()).isZero();
        assertThat(done).isEqualTo(in.get());
        assertThat(report.completed()).isEqualTo(done);
        for (Future<?> worker : workers) {
          worker.get();
        }
        assertThat(out.get()).isEqualTo(done);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
