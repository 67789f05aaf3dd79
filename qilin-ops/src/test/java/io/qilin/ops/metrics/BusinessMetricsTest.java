package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BusinessMetricsTest {
  private static final BusinessFigures FIGURES = BusinessFigures.UNKNOWN
      .withRecommendations(2)
      .withAccuracy(0.55, 40)
      .withProfit(Money.parse("-12000.00"))
      .withLatency(Duration.ofMillis(1_500));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);
  private final BlockingQueue<Supplier<BusinessFigures>> answers = new LinkedBlockingQueue<>();
  private BusinessMetrics business;

  private BusinessMetrics.Builder builder() {
    return BusinessMetrics.builder(
        QilinMetrics.on(registry),
        () -> {
          try {
            Supplier<BusinessFigures> next = answers.poll(30, TimeUnit.SECONDS);
            return next == null ? BusinessFigures.UNKNOWN : next.get();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BusinessFigures.UNKNOWN;
          }
        },
        nanos::get);
  }

  @AfterEach
  void close() {
    end.countDown();
    if (business != null) {
      business.close();
    }
  }

  private double gauge(String meter) {
    return registry.get(meter).gauge().value();
  }

  private void until(java.util.function.BooleanSupplier condition) {
    Await.until("what the thread of the figures does", condition);
  }

  @Test
  void whenRead_thenTheGaugesShowUntilTheFiguresAreTooOld() {
    answers.add(() -> FIGURES);
    business = builder().start();
    until(() -> gauge("qilin.prediction.accuracy") == 0.55);
    assertThat(gauge("qilin.daily.recommendations")).isEqualTo(2);
    assertThat(gauge("qilin.prediction.sample")).isEqualTo(40);
    assertThat(gauge("qilin.trading.profit")).isEqualTo(-12_000);
    assertThat(gauge("qilin.system.latency")).isEqualTo(1_500);
    // A step that is not over when the clock is moved would be thought to stand still.
    until(() -> "1".equals(business.health().facts().get("steps")));
    assertThat(business.health().status()).isEqualTo(HealthStatus.HEALTHY);
    nanos.addAndGet(Duration.ofMinutes(3).toNanos() + 1);
    assertThat(gauge("qilin.prediction.accuracy")).isNaN();
    assertThat(gauge("qilin.trading.profit")).isNaN();
    assertThat(business.health().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(business.health().reason()).contains("too old");
  }

  @Test
  void whenClosed_thenTheGaugesAreGoneAndAnotherCanBeStarted() {
    answers.add(() -> FIGURES);
    builder().start().close();
    assertThat(registry.find("qilin.trading.profit").gauge()).isNull();
    answers.add(() -> FIGURES);
    business = builder().start();
    until(() -> gauge("qilin.trading.profit") == -12_000);
  }

  @Test
  void whenTheSupplierThrows_thenItIsCountedToldAndAskedAgain() {
    answers.add(() -> {
      throw QilinException.invalid("no books");
    });
    answers.add(() -> null);
    business = builder().start();
    until(() -> registry.get("qilin.business.failures").counter().count() == 2);
    until(() -> business.health().status() == HealthStatus.DEGRADED);
    assertThat(gauge("qilin.trading.profit")).isNaN();
    answers.add(() -> FIGURES.withAccuracy(Double.NaN, 0));
    until(() -> gauge("qilin.trading.profit") == -12_000);
    assertThat(gauge("qilin.prediction.accuracy")).isNaN();
    assertThat(registry
            .get("qilin.metrics.refused")
            .tag("meter", "qilin.prediction.accuracy")
            .counter()
            .count())
        .isEqualTo(1);
  }

  @Test
  void whenTheSupplierHangs_thenHealthSaysSo() throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    answers.add(() -> {
      in.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return FIGURES;
    });
    business = builder().start();
    assertThat(in.await(30, TimeUnit.SECONDS)).isTrue();
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(business.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(business.health().reason()).contains("qilin-business-metrics");
  }

  @Test
  void whenSettingsContradict_thenTheyAreRefused() {
    assertThatThrownBy(() -> builder().every(Duration.ofMinutes(3)).start())
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("staleAfter");
    assertThatThrownBy(() -> builder().every(Duration.ZERO))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("every");
  }
}
