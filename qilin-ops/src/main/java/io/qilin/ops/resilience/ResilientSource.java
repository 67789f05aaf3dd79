package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A source of market data that is asked through a {@link Resilience}, and others that stand in for it. An answer is always of one source
 * alone and names it; that of a kept copy says so in its provenance. What the guard itself refuses is DATA_FETCH.
 *
 * <p>For several sources that are equals, with copies kept and answers compared, take {@code SourceChain} of qilin-data instead: it
 * has a breaker of its own for each.
 *
 * <p>Safe for use by several threads.
 */
public final class ResilientSource implements MarketDataSource {
  /** A source that stands in, by name. */
  private record Named(String name, MarketDataSource source) {}

  private static final Ask ASK = Ask.of(true, true, Wording.DATA);

  private final MarketDataSource source;
  private final Resilience resilience;
  private final List<Named> fallbacks;
  private final Consumer<Bars> check;

  private ResilientSource(
      MarketDataSource source, Resilience resilience, List<Named> fallbacks, Consumer<Bars> check) {
    this.source = source;
    this.resilience = resilience;
    this.fallbacks = fallbacks;
    this.check = check;
  }

  /** A source without others, whose bars are taken as they come. */
  public static ResilientSource of(MarketDataSource source, Resilience resilience) {
    return new ResilientSource(
        Objects.requireNonNull(source, "source"),
        Objects.requireNonNull(resilience, "resilience"),
        List.of(),
        bars -> {});
  }

  /** The same with another source at the end of those that stand in. It is closed with this. */
  public ResilientSource withFallback(String name, MarketDataSource other) {
    List<Named> more = new ArrayList<>(fallbacks);
    more.add(
        new Named(Objects.requireNonNull(name, "name"), Objects.requireNonNull(other, "other")));
    return new ResilientSource(source, resilience, List.copyOf(more), check);
  }

  /**
   * The same with a look at bars before they are handed on, of whatever source.
   *
   * @param look throws what speaks against them, DATA_QUALITY for example; that counts as a failure of the source
   */
  public ResilientSource withCheck(Consumer<Bars> look) {
    return new ResilientSource(source, resilience, fallbacks, Objects.requireNonNull(look, "look"));
  }

  @Override
  public Bars bars(BarQuery query) {
    return outcome(query).orThrow();
  }

  /** The bars, and how they were come by: a stand-in is {@link Outcome.Degraded}. */
  public Outcome<Bars> outcome(BarQuery query) {
    Objects.requireNonNull(query, "query");
    return ask(from -> checked(from.bars(query)), bars -> bars.provenance().copyOf());
  }

  @SuppressWarnings("NullAway") // a source may break its word; the guard counts a null as a failure
  private Bars checked(Bars bars) {
    if (bars != null) {
      check.accept(bars);
    }
    return bars;
  }

  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    return ask(MarketDataSource::securities, any -> Optional.empty()).orThrow();
  }

  @Override
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    Objects.requireNonNull(query, "query");
    return ask(from -> from.records(query), records -> records.provenance().copyOf())
        .orThrow();
  }

  private <T> Outcome<T> ask(
      Function<MarketDataSource, T> question, Function<T, Optional<Instant>> fetched) {
    List<Fallback<T>> others = new ArrayList<>(fallbacks.size());
    for (Named other : fallbacks) {
      others.add(new Fallback<>(other.name(), () -> question.apply(other.source()), fetched));
    }
    return resilience.run(ASK, link -> question.apply(source), others);
  }

  /** Closes all sources; the first failure is thrown after the last was closed. The guard stays open. */
  @Override
  public void close() {
    List<MarketDataSource> all = new ArrayList<>();
    all.add(source);
    fallbacks.forEach(each -> all.add(each.source()));
    QilinException first = null;
    for (MarketDataSource each : all) {
      try {
        each.close();
      } catch (QilinException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
