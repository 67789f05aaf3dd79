package io.qilin.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifecycleMishapsTest {
  private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

  @Test
  void whenManyAreRefusedAtAClosedGate_thenNoneOfThemCountsAsInside() throws Exception {
    DrainGate gate = DrainGate.of("orders", System::nanoTime);
    gate.close();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch knocking = new CountDownLatch(3);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      callers.add(new Thread(() -> {
        knocking.countDown();
        while (!over.get()) {
          refused(gate);
        }
      }));
    }
    callers.forEach(Thread::start);
    assertThat(knocking.await(30, TimeUnit.SECONDS)).isTrue();
    long most = 0;
    for (int i = 0; i < 10_000_000; i++) {
      most = Math.max(most, gate.inFlight());
    }
    over.set(true);
    for (Thread caller : callers) {
      caller.join(30_000);
    }
    assertThat(most).isZero();
  }

  private static void refused(DrainGate gate) {
    try {
      gate.enter();
      throw new AssertionError("let in");
    } catch (QilinException e) {
      if (e.code() != ErrorCode.RESOURCE_EXHAUSTED) {
        throw e;
      }
    }
  }

  @Test
  void whenTheTimeIsOverBeforeAnActionHasBegun_thenItIsNotBegunOrIsInterrupted() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      Bounded.Result result = Bounded.run(
          "stop late",
          () -> {
            begun.incrementAndGet();
            try {
              new CountDownLatch(1).await();
            } finally {
              ended.incrementAndGet();
            }
          },
          Duration.ofNanos(1),
          System::nanoTime);
      assertThat(result.over()).isFalse();
    }
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (each.getName().equals("qilin-stop-late")) {
        each.join(30_000);
        assertThat(each.isAlive()).as("left for ever").isFalse();
      }
    }
    assertThat(ended).hasValue(begun.get());
  }

  @Test
  void whenADeadlineIsBeyondAllMeasure_thenItIsRefusedByName() {
    LifecyclePart part = LifecyclePart.of("desk", () -> {}, () -> {});
    assertThatThrownBy(() -> part.startWithin(ENDLESS))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("desk");
    assertThatThrownBy(() -> part.stopWithin(ENDLESS)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Lifecycle.builder(System::nanoTime).drainWithin(ENDLESS))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("drainWithin");
    assertThatThrownBy(() -> Lifecycle.builder(System::nanoTime).stopWithin(ENDLESS))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("stopWithin");
    assertThatThrownBy(() -> DrainGate.of("orders", System::nanoTime).drain(ENDLESS))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("deadline");
  }
}
