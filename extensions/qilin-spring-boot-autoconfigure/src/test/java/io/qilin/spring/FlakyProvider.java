package io.qilin.spring;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.source.MarketDataProviders;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A made-up market that is away, hangs, or answers garbage as a test says. */
public final class FlakyProvider implements MarketDataProvider {
  /** What it does now. */
  public enum Mood {
    WELL,
    AWAY,
    FAULTY,
    HANGING
  }

  public volatile Mood opening = Mood.WELL;
  public volatile Mood answering = Mood.WELL;
  public final CountDownLatch hang = new CountDownLatch(1);

  @Override
  public String id() {
    return "flaky";
  }

  @Override
  public Set<DataCapability> capabilities() {
    return Set.of(DataCapability.DAILY_BARS);
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    behave(opening);
    return new Source(
        MarketDataProviders.discover().get("demo").open(Map.of("symbols", "3", "years", "1")));
  }

  private void behave(Mood mood) {
    switch (mood) {
      case AWAY -> throw new QilinException(ErrorCode.NETWORK, "the line is cut");
      case FAULTY -> throw new ClassCastException("a fault of the provider");
      case HANGING -> {
        try {
          hang.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new QilinException(ErrorCode.CANCELLED, "interrupted");
        }
      }
      case WELL -> {}
    }
  }

  private final class Source implements MarketDataSource {
    private final MarketDataSource market;

    private Source(MarketDataSource market) {
      this.market = market;
    }

    @Override
    public Bars bars(BarQuery query) {
      behave(answering);
      return market.bars(query);
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      return market.securities();
    }

    @Override
    public void close() {
      market.close();
    }
  }
}
