package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.testkit.Await;
import io.qilin.testkit.fault.FaultRun;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scenario F20: the thread of a sink is interrupted or dies while alerts come; every other alert arrives all the same. */
@Tag("fault")
@Tag("F20")
@Timeout(120)
class AlertThreadFaultTest {
  private final FaultRun run = FaultRun.of("F20", 10);
  private final Set<String> arrived = ConcurrentHashMap.newKeySet();

  /** Takes an alert; its thread dies or is interrupted where the message says so. */
  private void take(Alert alert) {
    if (alert.message().startsWith("die")) {
      throw new ThreadDeath();
    }
    arrived.add(alert.message());
    if (alert.message().startsWith("interrupt")) {
      Thread.currentThread().interrupt();
    }
  }

  private static Alert alert(String message) {
    return new Alert(Instant.EPOCH, ErrorCode.DATA_FETCH, "s", message);
  }

  private void send(AlertSink sink) {
    Random random = run.random();
    for (int i = 0; i < run.n(); i++) {
      String fate = new String[] {"die", "interrupt", "live"}[i < 3 ? i : random.nextInt(3)];
      sink.alert(alert(fate + i));
    }
    sink.alert(alert("last"));
  }

  private long missing() {
    Random random = run.random();
    long missing = arrived.contains("last") ? 0 : 1;
    for (int i = 0; i < run.n(); i++) {
      int fate = i < 3 ? i : random.nextInt(3);
      if (fate != 0 && !arrived.contains((fate == 1 ? "interrupt" : "live") + i)) {
        missing++;
      }
    }
    return missing;
  }

  @Test
  void whenTheThreadOfASinkDies_thenAnotherGoesOnAndABareThreadDoesNot()
      throws InterruptedException {
    Map<String, Long> figures = new HashMap<>();
    try (FanOutSink sinks = FanOutSink.builder(Clock.systemUTC(), System::nanoTime)
        .sink("mortal", this::take)
        .mostAMinute(1_000_000)
        .capacity(100_000)
        .start()) {
      send(sinks);
      Await.until("the last has arrived", () -> arrived.contains("last"));
      LaneStatus lane = sinks.status().get(0);
      figures.put("deaths", lane.failed());
      assertThat(lane.delivered() + lane.failed() + lane.waiting()).isEqualTo(run.n() + 1L);
      // A step that went well makes up for the one before, when it is over.
      Await.until("the sinks are well", () -> sinks.health().reason().isEmpty());
    }
    long failures = missing();
    arrived.clear();
    BlockingQueue<Alert> queue = new LinkedBlockingQueue<>();
    Thread bare = new Thread(() -> {
      try {
        while (true) {
          take(queue.take());
        }
      } catch (InterruptedException | ThreadDeath e) {
        // The planted fault: it ends, and nobody notices.
        queue.clear();
      }
    });
    bare.start();
    send(queue::add);
    bare.join(30_000);
    figures.put("plantedCaught", missing() > 0 ? 1L : 0L);
    System.out.println(run.report(failures, figures));
    assertThat(failures).isZero();
    assertThat(figures.get("deaths")).isPositive();
    assertThat(figures).containsEntry("plantedCaught", 1L);
  }
}
