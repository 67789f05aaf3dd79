package io.qilin.opentelemetry;

import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.demo.DemoProvider;
import io.qilin.testkit.MarketDataProviderTck;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

/** A traced source keeps the contract of the source. */
class TracedSourceContractTest extends MarketDataProviderTck {
  private static final Telemetry HOST = new Telemetry();

  @AfterAll
  static void close() {
    HOST.close();
  }

  /** The provider of the demo market, whose sources are traced. */
  public static final class Traced implements MarketDataProvider {
    private final MarketDataProvider demo = new DemoProvider();

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
      return QilinTelemetry.of(HOST.sdk(), () -> 0).trace(id(), demo.open(settings));
    }
  }

  @Override
  protected MarketDataProvider provider() {
    return new Traced();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("symbols", "10", "years", "1", "seed", "7");
  }
}
