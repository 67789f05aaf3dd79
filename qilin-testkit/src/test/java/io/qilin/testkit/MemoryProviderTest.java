package io.qilin.testkit;

import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Correct providers keep the contract, whatever they declare. */
class MemoryProviderTest {
  @Nested
  class ThatServesAll extends MarketDataProviderTck {
    @Override
    protected MarketDataProvider provider() {
      return new MemoryProvider();
    }

    @Override
    protected Map<String, String> settings() {
      return Map.of("seed", "7");
    }
  }

  @Nested
  class ThatServesBars extends MarketDataProviderTck {
    @Override
    protected MarketDataProvider provider() {
      return new BarsOnly();
    }

    @Override
    protected Map<String, String> settings() {
      return Map.of();
    }
  }

  @Nested
  class ThatServesSecurities extends MarketDataProviderTck {
    @Override
    protected MarketDataProvider provider() {
      return new SecuritiesOnly();
    }

    @Override
    protected Map<String, String> settings() {
      return Map.of();
    }
  }

  /** Declares bars. */
  public static final class BarsOnly extends MemoryProvider {
    /** As the service loader needs it. */
    public BarsOnly() {}

    @Override
    public Set<DataCapability> capabilities() {
      return Set.of(DataCapability.DAILY_BARS);
    }
  }

  /** Declares securities. */
  public static final class SecuritiesOnly extends MemoryProvider {
    /** As the service loader needs it. */
    public SecuritiesOnly() {}

    @Override
    public Set<DataCapability> capabilities() {
      return Set.of(DataCapability.SECURITIES);
    }
  }
}
