package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmUsage;
import io.qilin.api.model.ModelEvent;
import io.qilin.api.model.ModelId;
import io.qilin.api.money.Money;
import io.qilin.ops.health.HealthStatus;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QilinMetricsTest {
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final QilinMetrics metrics = QilinMetrics.on(registry);

  private double counted(String meter, String... tags) {
    return registry.get(meter).tags(tags).counter().count();
  }

  private double shown(String meter, String... tags) {
    return registry.get(meter).tags(tags).gauge().value();
  }

  @Test
  void whenARequestIsAnswered_thenItIsCountedAndTimed() {
    metrics.requests().finished("POST", "/orders/{id}", 201, Duration.ofMillis(20));
    metrics.requests().finished("BREW", "/orders/{id}", 999, Duration.ofMillis(-1));
    assertThat(counted("qilin.requests", "method", "POST", "status", "201")).isEqualTo(1);
    assertThat(counted("qilin.requests", "method", "other", "status", "other")).isEqualTo(1);
    assertThat(registry.get("qilin.request.duration").timers())
        .singleElement()
        .satisfies(timer -> assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(20));
    assertThat(counted("qilin.metrics.refused", "meter", "qilin.request.duration"))
        .isEqualTo(1);
    assertThat(counted("qilin.metrics.folded", "meter", "qilin.requests")).isEqualTo(1);
  }

  @Test
  void whenAnAnalystWorks_thenItIsActiveTimedAndItsErrorsAreCounted() {
    String answer = metrics.agents().analyze("momentum", () -> {
      assertThat(shown("qilin.agents.active")).isEqualTo(1);
      clock.add(Duration.ofMillis(30));
      return "up";
    });
    assertThat(answer).isEqualTo("up");
    assertThat(
            registry.get("qilin.agent.analysis.duration").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(30);
    assertThatThrownBy(() -> metrics.agents().analyze("momentum", () -> {
          throw new QilinException(ErrorCode.ANALYST_TIMEOUT, "late");
        }))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> metrics.agents().analyze("momentum", () -> {
          throw new StackOverflowError();
        }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(shown("qilin.agents.active")).isZero();
    assertThat(counted("qilin.agent.errors", "agent", "momentum", "code", "QILIN-3001"))
        .isEqualTo(1);
    assertThat(counted("qilin.agent.errors", "agent", "momentum", "code", "QILIN-1000"))
        .isEqualTo(1);
    metrics.agents().analyzed("remote", Duration.ofSeconds(1));
    metrics.agents().stocks(300);
    metrics.agents().stocks(-1);
    assertThat(counted("qilin.stocks.analyzed")).isEqualTo(300);
    assertThat(counted("qilin.metrics.refused", "meter", "qilin.stocks.analyzed"))
        .isEqualTo(1);
  }

  @Test
  void whenAValueIsNoNumber_thenItIsCountedAndTheOneBeforeStays() {
    metrics.data().quality("csv", 0.9);
    metrics.data().quality("csv", Double.NaN);
    metrics.data().quality("csv", Double.POSITIVE_INFINITY);
    assertThat(shown("qilin.data.quality.score", "source", "csv")).isEqualTo(0.9);
    assertThat(counted("qilin.metrics.refused", "meter", "qilin.data.quality.score"))
        .isEqualTo(2);
    metrics.trading().trade("s", "BUY", new BigDecimal("1e400"));
    assertThat(registry.find("qilin.trade.event").summary()).isNull();
  }

  @Test
  void whenOthersAreRecorded_thenTheyAreCounted() {
    metrics.data().fetchFailed("csv", ErrorCode.DATA_FORMAT);
    metrics.caches().hit("bars");
    metrics.caches().miss("bars");
    metrics.trading().signal("BUY");
    metrics.trading().signal("600519.SH");
    metrics.llm().routed("deepseek", "USED", Duration.ofSeconds(1));
    metrics
        .llm()
        .used("deepseek/chat", new LlmUsage(10, 4, 5), Optional.of(new BigDecimal("0.02")));
    metrics
        .models()
        .accept(new ModelEvent(
            ModelEvent.Kind.MOVED, new ModelId("alpha", 3), "PRODUCTION", Instant.EPOCH));
    metrics.security().finished("AUTHORIZE", Optional.of(ErrorCode.AUTHORIZATION), 1_000);
    assertThat(counted("qilin.data.fetch.errors", "source", "csv", "code", "QILIN-2003"))
        .isEqualTo(1);
    assertThat(counted("qilin.cache.hits", "cache", "bars")).isEqualTo(1);
    assertThat(counted("qilin.cache.misses", "cache", "bars")).isEqualTo(1);
    assertThat(counted("qilin.trading.signals", "type", "BUY")).isEqualTo(1);
    assertThat(counted("qilin.trading.signals", "type", "other")).isEqualTo(1);
    assertThat(counted("qilin.llm.tokens", "tokens", "completion")).isEqualTo(5);
    assertThat(counted("qilin.llm.cost", "model", "deepseek/chat")).isEqualTo(0.02);
    assertThat(counted("qilin.model.events", "model", "alpha", "event", "MOVED"))
        .isEqualTo(1);
    assertThat(registry
            .get("qilin.security.calls")
            .tag("code", "QILIN-6001")
            .timer()
            .count())
        .isEqualTo(1);
  }

  @Test
  void whenHealthIsShown_thenItIsOneHalfOrNothingAndUnknownIfItThrows() {
    AtomicReference<HealthStatus> status = new AtomicReference<>(HealthStatus.HEALTHY);
    metrics.showHealth(status::get);
    assertThat(shown("qilin.system.health")).isEqualTo(1);
    status.set(HealthStatus.DEGRADED);
    assertThat(shown("qilin.system.health")).isEqualTo(0.5);
    status.set(HealthStatus.UNHEALTHY);
    assertThat(shown("qilin.system.health")).isZero();
    status.set(null);
    assertThat(shown("qilin.system.health")).isNaN();
  }

  /** Micrometer issue 2149: a gauge that holds its object weakly shows NaN after a collection. */
  @Test
  void whenGarbageIsCollected_thenGaugesStillShow() {
    QilinMetrics forgotten = QilinMetrics.on(registry);
    forgotten.data().quality("arrow", 0.7);
    forgotten.trading().portfolio("s", Money.parse("100.00"), Money.parse("-3.00"), 2);
    forgotten = null;
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    while (garbage.get() != null) {
      System.gc();
    }
    assertThat(shown("qilin.data.quality.score", "source", "arrow")).isEqualTo(0.7);
    assertThat(shown("qilin.portfolio.value", "strategy", "s")).isEqualTo(100);
    assertThat(shown("qilin.portfolio.cash", "strategy", "s")).isEqualTo(-3);
    assertThat(shown("qilin.portfolio.positions", "strategy", "s")).isEqualTo(2);
  }

  @Test
  void whenPrometheusAsks_thenTheNamesAreTheOnesThatWerePromised() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    QilinMetrics all = QilinMetrics.on(prometheus);
    all.requests().finished("GET", "/health", 200, Duration.ofMillis(3));
    all.agents().analyzed("momentum", Duration.ofMillis(30));
    all.agents().failed("momentum", ErrorCode.ANALYST_FAILED);
    all.agents().stocks(2);
    all.trading().signal("BUY");
    all.data().quality("csv", 0.9);
    all.data().fetchFailed("csv", ErrorCode.DATA_FETCH);
    all.caches().hit("bars");
    all.caches().miss("bars");
    all.showHealth(() -> HealthStatus.HEALTHY);
    assertThat(prometheus.scrape())
        .contains(
            "qilin_requests_total{endpoint=\"/health\",method=\"GET\",status=\"200\"} 1.0",
            "qilin_request_duration_seconds_bucket{endpoint=\"/health\",method=\"GET\",le=\"0.005\"}"
                + " 1",
            "qilin_agent_analysis_duration_seconds_count{agent=\"momentum\"} 1",
            "qilin_agent_errors_total{agent=\"momentum\",code=\"QILIN-3000\"} 1.0",
            "qilin_agents_active 0.0",
            "qilin_stocks_analyzed_total 2.0",
            "qilin_trading_signals_total{type=\"BUY\"} 1.0",
            "qilin_data_quality_score{source=\"csv\"} 0.9",
            "qilin_data_fetch_errors_total{code=\"QILIN-2000\",source=\"csv\"} 1.0",
            "qilin_cache_hits_total{cache=\"bars\"} 1.0",
            "qilin_cache_misses_total{cache=\"bars\"} 1.0",
            "qilin_system_health 1.0");
  }
}
