package io.qilin.ops.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.AlertSink;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/ops-quota.md. */
@Timeout(60)
class QuotaExampleTest {
  private final AlertSink alerts = new RecordingAlertSink();
  private final Clock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final CountDownLatch traded = new CountDownLatch(3);

  @Test
  void whenCopiedFromThePage_thenItWorks() throws InterruptedException {
    List<String> out = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(16);
    // region page
    try (StrategyQuotas quotas =
        StrategyQuotas.builder(16, System::nanoTime).alerts(alerts, clock).build()) {
      quotas.register("momentum", Quota.builder().maxWorkers(4).cpuShare(0.25).build());
      quotas.register("limit-up", Quota.builder().maxWorkers(8).weight(3).build());

      try (QuotaLease lease = quotas.acquire("momentum", Duration.ofSeconds(1))) {
        lease.run(this::trade);
      }
      Executor limitUp = quotas.executor("limit-up", pool);
      limitUp.execute(this::trade);
      String answer = quotas
          .tryAcquire("nobody registered me")
          .fold(
              lease -> {
                try (lease) {
                  lease.run(this::trade);
                  return "ran";
                }
              },
              refused -> refused.limit() + ", try again in " + refused.retryAfter());
      for (QuotaUsage usage : quotas.usage()) {
        out.add(usage.strategy() + ": " + usage.granted() + " granted");
      }
      // endregion page
      assertThat(answer).isEqualTo("ran");
      assertThat(traded.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(out)
          .containsExactly(
              "limit-up: 1 granted", "momentum: 1 granted", "nobody registered me: 1 granted");
    } finally {
      pool.shutdownNow();
    }
  }

  private void trade() {
    traded.countDown();
  }
}
