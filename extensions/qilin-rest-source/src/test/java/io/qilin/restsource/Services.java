package io.qilin.restsource;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/** A service of daily bars that is as plain as can be, and what tests ask of it. */
final class Services {
  static final String SECRET = "s3cr3t-token+/&=";
  static final Clock NOW = Clock.fixed(Instant.parse("2024-02-01T00:00:00Z"), ZoneOffset.UTC);

  private Services() {}

  static RestFetch.Builder fetch() {
    return RestFetch.builder("bars").path("/bars").param("token", "${secret}");
  }

  static RestEndpoint.Builder bars(RestFetch fetch) {
    return RestEndpoint.builder(DataCapability.DAILY_BARS, fetch)
        .column("symbol", RestColumn.of(RestColumn.Kind.SYMBOL, "code"))
        .column("date", RestColumn.of(RestColumn.Kind.DATE, "day"))
        .column("close", RestColumn.number(RestUnit.ONE, "close"));
  }

  static RestSpec.Builder spec(RestDouble service, RestFetch fetch) {
    return RestSpec.builder("plain", service.address()).endpoint(bars(fetch).build());
  }

  static RestSource open(RestSpec spec, FakeTime time) {
    return RestSource.builder(spec, NOW, time)
        .secret(Secret.of(SECRET))
        .pause(time::pass)
        .open();
  }

  /** The source of a service that is asked once for one page. */
  static RestSource plain(RestDouble service, UnaryOperator<RestSpec.Builder> change) {
    return open(change.apply(spec(service, fetch().build())).build(), new FakeTime());
  }

  static String row(String code, String day, Object close) {
    return "{\"code\":\"" + code + "\",\"day\":\"" + day + "\",\"close\":" + close + "}";
  }

  static QilinException failure(MarketDataSource source) {
    return catchThrowableOfType(QilinException.class, () -> source.bars(BarQuery.ALL));
  }

  static Throwable thrown(MarketDataSource source) {
    return catchThrowable(() -> source.bars(BarQuery.ALL));
  }
}
