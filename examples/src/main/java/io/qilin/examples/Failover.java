package io.qilin.examples;

import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.failover.Attempt;
import io.qilin.data.failover.CopySettings;
import io.qilin.data.failover.Served;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.reconcile.Reconciliation;
import io.qilin.data.source.MarketDataProviders;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The program of docs/sources.md: two sources, of which first one dies and then both. */
public final class Failover {
  private Failover() {}

  /**
   * Prints what is found.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Plug vendor = new Plug();
    Plug backup = new Plug();
    try (vendor;
        backup) {
      run(out, threads, vendor, backup);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void run(PrintStream out, ExecutorService threads, Plug vendor, Plug backup) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-05T10:00:00Z"), ZoneOffset.UTC);
    SourceChain chain = SourceChain.builder(threads, clock, System::nanoTime)
        .member("vendor", vendor, Set.of(DataCapability.DAILY_BARS))
        .member("backup", backup, Set.of(DataCapability.DAILY_BARS))
        .lastGood(CopySettings.DEFAULT)
        .build();

    Served<Bars> first = chain.fetchBars(BarQuery.ALL);
    out.println("served by " + first.member());

    vendor.pulled = true;
    Served<Bars> second = chain.fetchBars(BarQuery.ALL);
    out.println("served by " + second.member() + " after "
        + second.attempts().stream().map(Attempt::outcome).toList());

    backup.pulled = true;
    Served<Bars> copy = chain.fetchBars(BarQuery.ALL);
    out.println("stale: " + copy.stale() + ", " + copy.value().provenance());
    out.println(copy.value().findings().get(0).message());

    out.println(Reconciliation.compare(first.value(), copy.value()));
    out.println("vendor: " + chain.health().members().get(0).state());
  }

  /** A made-up market behind a plug that can be pulled. */
  private static final class Plug implements MarketDataSource {
    private final MarketDataSource market =
        MarketDataProviders.discover().get("demo").open(Map.of("symbols", "5", "years", "1"));
    private volatile boolean pulled;

    @Override
    public Bars bars(BarQuery query) {
      if (pulled) {
        throw new io.qilin.api.error.QilinException(
            io.qilin.api.error.ErrorCode.NETWORK, "the plug is pulled");
      }
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
