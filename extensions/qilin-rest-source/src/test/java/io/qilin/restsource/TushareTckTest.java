package io.qilin.restsource;

import io.qilin.api.source.MarketDataProvider;
import io.qilin.testkit.MarketDataProviderTck;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class TushareTckTest extends MarketDataProviderTck {
  private static final TushareDouble SERVICE = new TushareDouble();

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Override
  protected MarketDataProvider provider() {
    return new TushareProvider();
  }

  @Override
  protected Map<String, String> settings() {
    Map<String, String> settings = SERVICE.settings();
    settings.put("now", "2024-01-05T12:00:00Z");
    return settings;
  }
}
