package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.demo.DemoProvider;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.SettableClock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A decorated source keeps the contract of sources. */
@Timeout(60)
class ResilientSourceTest extends MarketDataProviderTck {
  private static final ExecutorService POOL = Executors.newCachedThreadPool();
  private static final Map<String, String> MARKET =
      Map.of("symbols", "6", "years", "1", "seed", "7");

  private final Guard guard = new Guard();

  @AfterAll
  static void stop() {
    POOL.shutdownNow();
  }

  /** The demo market, decorated. */
  public static final class Decorated implements MarketDataProvider {
    private final MarketDataProvider demo = new DemoProvider();

    /** For the service loader. */
    public Decorated() {}

    @Override
    public String id() {
      return demo.id();
    }

    @Override
    public Set<DataCapability> capabilities() {
      return demo.capabilities();
    }

    @Override
    public MarketDataSource open(Map<String, String> settings) {
      return ResilientSource.of(
          demo.open(settings),
          Resilience.builder(
                  "demo", Guard.PATIENT, POOL, System::nanoTime, SettableClock.at(Guard.START), 7)
              .build());
    }
  }

  @Override
  protected MarketDataProvider provider() {
    return new Decorated();
  }

  @Override
  protected Map<String, String> settings() {
    return MARKET;
  }

  private static FaultySource source(Fault fault) {
    return new FaultySource(new DemoProvider().open(MARKET)).then(fault);
  }

  @Test
  void whenTheSourceFails_thenAnotherStandsInAndTheOutcomeSaysSo() {
    FaultySource second = source(Fault.NONE);
    FaultySource first = source(Fault.FAIL);
    try (ResilientSource both =
        ResilientSource.of(first, guard.of(Guard.DIRECT)).withFallback("second", second)) {
      Outcome<?> outcome = both.outcome(BarQuery.ALL);
      assertThat(outcome.degraded()).isTrue();
      assertThat(outcome.toString()).contains("fallback 'second'");
      assertThat(both.securities()).hasSize(6);
    }
    assertThat(first.closed()).isTrue();
    assertThat(second.closed()).isTrue();
  }

  @Test
  void whenEveryFailureIsTheGuards_thenItIsOfData() {
    Resilience vendor = guard.of(Guard.DIRECT);
    ResilientSource alone = ResilientSource.of(source(Fault.CRASH), vendor);
    for (int i = 0; i < 10; i++) {
      assertFetch(alone);
    }
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.OPEN);
    assertFetch(alone);
    alone.close();
  }

  @Test
  void whenNullIsAnswered_thenThatIsAFailureOfData() {
    assertFetch(ResilientSource.of(source(Fault.NULL), guard.of(Guard.DIRECT))
        .withCheck(bars -> assertThat(bars).isNotNull()));
  }

  private static void assertFetch(MarketDataSource source) {
    assertThatThrownBy(() -> source.bars(BarQuery.ALL))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FETCH));
  }
}
