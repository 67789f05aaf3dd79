package io.qilin.data.demo;

import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the records of a {@link DemoMarket}: what a source would tell beside its bars. Each figure is drawn from the seed,
 * the share and the day alone, and fits the bar of that day, so that it is the same whatever else is asked for.
 */
final class DemoRecords {
  private static final int FLOW_DAYS = 70;
  private static final int LIST_DAYS = 25;
  private static final int SEAL_DAYS = 20;
  private static final int WORD_DAYS = 30;

  private final long seed;
  private final Panel panel;
  private final Map<Symbol, SecurityTimeline> securities;
  private final LimitUpFacts facts;
  private final Provenance source;

  DemoRecords(long seed, Panel panel, Map<Symbol, SecurityTimeline> securities, Provenance source) {
    this.seed = seed;
    this.panel = panel;
    this.securities = securities;
    this.facts = LimitUpFacts.of(panel, securities, MarketRuleBook.aShare());
    this.source = source;
  }

  /** One share on one day, with its bar. */
  final class ShareDay {
    private final int instrument;
    private final int day;

    private ShareDay(int instrument, int day) {
      this.instrument = instrument;
      this.day = day;
    }

    Symbol symbol() {
      return panel.symbols().get(instrument);
    }

    LocalDate date() {
      return panel.days().get(day);
    }

    /** The name of the day, or the code. */
    String name() {
      SecurityTimeline timeline = securities.get(symbol());
      return timeline == null
          ? symbol().code()
          : timeline.on(date()).map(status -> status.name()).orElse(symbol().code());
    }

    double value(Field field) {
      return panel.value(field, instrument, day);
    }

    /** The close over the reference price, less 1. */
    double move() {
      return value(Field.CLOSE) / value(Field.PRE_CLOSE) - 1;
    }

    /** What all shares of the company cost at the first close that the market knows, in yuan. */
    double firstWorth() {
      int first = panel.firstRow(instrument);
      SecurityTimeline timeline = Objects.requireNonNull(securities.get(symbol()));
      long shares = timeline
          .on(panel.days().get(first))
          .map(status -> status.totalShares().orElseThrow())
          .orElseThrow();
      return panel.value(Field.CLOSE, instrument, first) * shares;
    }

    LimitUpFact fact() {
      return facts.at(instrument, day);
    }

    boolean traded() {
      return value(Field.CLOSE) > 0 && value(Field.VOLUME) > 0;
    }

    Provenance source() {
      return source;
    }

    /** A stream of random numbers for a kind of record of this share and day. */
    SeededRandom random(Kind kind) {
      return random(kind, date());
    }

    /** A stream of random numbers for a kind of record of this share and another day. */
    SeededRandom random(Kind kind, LocalDate other) {
      long share = symbol().toString().hashCode();
      return SeededRandom.of(seed, (share * 1_000_000 + other.toEpochDay()) * 16 + kind.stream);
    }
  }

  /** What is made, each from random numbers of its own. */
  enum Kind {
    FLOW(1),
    SEATS(2),
    SEAL(3),
    AUCTION(4),
    WORDS(5),
    COMPANY(6),
    REPORT(7);

    private final int stream;

    Kind(int stream) {
      this.stream = stream;
    }
  }

  /**
   * The records that describe a day and the days before it, and the call auction of the next, as far as they were public
   * at a moment.
   */
  SnapshotRecords known(LocalDate date, Instant asOf) {
    List<MarketRecord> made = new ArrayList<>();
    int last = panel.indexOf(date);
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (int d = Math.max(panel.firstRow(i), last - FLOW_DAYS + 1);
          d <= Math.min(last, panel.endRow(i) - 1);
          d++) {
        ShareDay share = new ShareDay(i, d);
        if (share.traded()) {
          add(share, last - d, made);
        }
      }
      if (last + 1 < panel.endRow(i)) {
        ShareDay next = new ShareDay(i, last + 1);
        if (next.traded()) {
          DemoAuctions.add(next, made);
        }
      }
      if (panel.firstRow(i) <= last) {
        ShareDay share = new ShareDay(i, last);
        DemoReports.themes(share, made);
        DemoReports.add(share, made);
      }
    }
    made.removeIf(record -> record.asOf().isAfter(asOf));
    return SnapshotRecords.of(made, asOf);
  }

  private static void add(ShareDay share, int ago, List<MarketRecord> made) {
    DemoFlows.add(share, made);
    if (ago < LIST_DAYS) {
      DemoSeats.add(share, made);
    }
    if (ago < SEAL_DAYS) {
      DemoSeals.add(share, made);
    }
    if (ago < WORD_DAYS) {
      DemoWords.add(share, made);
    }
  }
}
