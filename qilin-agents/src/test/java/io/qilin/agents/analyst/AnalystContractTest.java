package io.qilin.agents.analyst;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketRecord;
import io.qilin.testkit.AnalystTck;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract of analysts, for each built-in one and both formula sheets. */
class AnalystContractTest {
  private static final Panel RANDOM = Panels.random(48, 320, 20240102L);
  private static final LocalDate DAY = RANDOM.days().get(300);
  private static final Panel SMALL = Panels.random(32, 90, 20240102L);
  private static final int SEALED = 24;
  private static final Panel WITH_SEALS = Markets.sealed(RANDOM, DAY, SEALED);
  private static final LocalDate SMALL_DAY = SMALL.days().get(70);
  private static final Panel SMALL_SEALS = Markets.sealed(SMALL, SMALL_DAY, SEALED);

  private static List<SealFacts> seals() {
    List<SealFacts> out = new ArrayList<>();
    for (Symbol symbol : WITH_SEALS.symbols().subList(0, SEALED)) {
      int k = out.size();
      out.add(SealFacts.builder(symbol, DAY)
          .firstSeal(LocalTime.of(9, 31).plusMinutes(10L * k % 110))
          .sealAmount(1e7 * (1 + k))
          .breaks(k % 4)
          .trend(0.01 * (k - 10))
          .continuation(0.3)
          .build());
    }
    return out;
  }

  @Nested
  class Market extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new MarketAnalyst();
    }
  }

  @Nested
  class LegacyMarket extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new MarketAnalyst(Preset.LEGACY);
    }
  }

  @Nested
  class Risk extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new RiskManagerAnalyst();
    }
  }

  @Nested
  class LegacyRisk extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new RiskManagerAnalyst(Preset.LEGACY, Money.parse("100000"));
    }
  }

  @Nested
  class LimitUp extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return LimitUpQualityAnalyst.builder().seals(seals()).build();
    }

    @Override
    protected Panel market() {
      return WITH_SEALS;
    }

    @Override
    protected LocalDate day() {
      return DAY;
    }
  }

  @Nested
  class LegacyLimitUp extends LimitUp {
    @Override
    protected Analyst analyst() {
      return LimitUpQualityAnalyst.builder()
          .preset(Preset.LEGACY)
          .seals(seals())
          .build();
    }
  }

  @Nested
  class MoneyFlow extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new MoneyFlowAnalyst(Preset.STANDARD, new LimitUpMemo());
    }

    @Override
    protected Panel market() {
      return SMALL;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class CallAuction extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new CallAuctionAnalyst(Preset.STANDARD, new LimitUpMemo());
    }

    @Override
    protected Panel market() {
      return SMALL;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class LonghuBang extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return LonghuBangAnalyst.builder()
          .preset(Preset.STANDARD)
          .knownSeats(SEATS)
          .build();
    }

    @Override
    protected Panel market() {
      return SMALL;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class DragonHead extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return DragonHeadAnalyst.builder().preset(Preset.STANDARD).build();
    }

    @Override
    protected Panel market() {
      return SMALL_SEALS;
    }

    @Override
    protected LocalDate day() {
      return SMALL_DAY;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class Ecology extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return MarketEcologyAnalyst.builder().preset(Preset.STANDARD).build();
    }

    @Override
    protected Panel market() {
      return RANDOM;
    }
  }

  @Nested
  class LegacyMoneyFlow extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new MoneyFlowAnalyst(Preset.LEGACY, new LimitUpMemo());
    }

    @Override
    protected Panel market() {
      return SMALL;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class LegacyCallAuction extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new CallAuctionAnalyst(Preset.LEGACY, new LimitUpMemo());
    }

    @Override
    protected Panel market() {
      return SMALL;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class LegacyLonghuBang extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return LonghuBangAnalyst.builder().preset(Preset.LEGACY).knownSeats(SEATS).build();
    }

    @Override
    protected Panel market() {
      return SMALL;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class LegacyDragonHead extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return DragonHeadAnalyst.builder().preset(Preset.LEGACY).build();
    }

    @Override
    protected Panel market() {
      return SMALL_SEALS;
    }

    @Override
    protected LocalDate day() {
      return SMALL_DAY;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class LegacyEcology extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return MarketEcologyAnalyst.builder().preset(Preset.LEGACY).build();
    }

    @Override
    protected Panel market() {
      return RANDOM;
    }
  }

  /** An analyst that reads texts and reports. */
  abstract static class OfPapers extends AnalystTck {
    @Override
    protected Panel market() {
      return SMALL;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return PaperRecords.added(super.snapshot(market, securities, day));
    }
  }

  @Nested
  class News extends OfPapers {
    @Override
    protected Analyst analyst() {
      return new NewsAnalyst();
    }
  }

  @Nested
  class LegacyNews extends OfPapers {
    @Override
    protected Analyst analyst() {
      return new NewsAnalyst(Preset.LEGACY);
    }
  }

  @Nested
  class Social extends OfPapers {
    @Override
    protected Analyst analyst() {
      return new SocialAnalyst();
    }
  }

  @Nested
  class LegacySocial extends OfPapers {
    @Override
    protected Analyst analyst() {
      return new SocialAnalyst(Preset.LEGACY);
    }
  }

  @Nested
  class Fundamentals extends OfPapers {
    @Override
    protected Analyst analyst() {
      return FundamentalsAnalyst.builder().industryThemes("industry:").build();
    }
  }

  @Nested
  class LegacyFundamentals extends OfPapers {
    @Override
    protected Analyst analyst() {
      return FundamentalsAnalyst.builder().preset(Preset.LEGACY).build();
    }
  }

  @Nested
  class LimitUpFromRecords extends AnalystTck {
    @Override
    protected Analyst analyst() {
      return new LimitUpQualityAnalyst();
    }

    @Override
    protected Panel market() {
      return SMALL_SEALS;
    }

    @Override
    protected LocalDate day() {
      return SMALL_DAY;
    }

    @Override
    protected MarketSnapshot snapshot(
        Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
      return withRecords(super.snapshot(market, securities, day));
    }
  }

  private static final List<KnownSeat> SEATS = List.of(new KnownSeat(
      "a", Set.of("seat 0"), KnownSeat.Kind.HOT_MONEY, LocalDate.of(2020, 1, 1), Optional.empty()));

  /** Records of every kind that analysts read, which depend on nothing after the day. */
  private static MarketSnapshot withRecords(MarketSnapshot market) {
    List<MarketRecord> records = new ArrayList<>();
    List<LocalDate> days = market.raw().days();
    LocalDate session = market.day().plusDays(1);
    for (Symbol symbol : market.raw().symbols()) {
      int k = Integer.parseInt(symbol.code()) % 1000;
      for (LocalDate day : days.subList(Math.max(0, days.size() - 25), days.size())) {
        double sway = (31 * k + 17 * day.getDayOfYear()) % 41 - 20;
        records.add(Records.flow(symbol, day, 1e4 + 100 * sway, 1e4));
      }
      records.add(Records.theme(
          symbol, "theme " + k % 2, LocalDate.of(2020, 1, 1), Optional.empty(), market.day()));
      records.add(Records.seal(symbol, market.day(), "09:4" + k % 10 + ":00", 1e6, 0));
      records.add(Records.seal(symbol, market.day(), "15:00:00", 1e6 + 1000 * k, 0));
      double amount =
          market.raw().value(Field.AMOUNT, market.raw().indexOf(symbol), days.size() - 1);
      for (int seat = 0; seat < 3; seat++) {
        records.add(Records.seat(
            symbol,
            market.day(),
            "reason",
            1,
            seat < 2 ? LhbSeatRow.SeatSide.BUY5 : LhbSeatRow.SeatSide.SELL5,
            "seat " + seat,
            10.0 * k + seat,
            100.0 * seat,
            amount));
      }
      records.add(Records.auction(symbol, session, "09:19:00", 10, 1000, 0));
      records.add(Records.auction(symbol, session, "09:20:00", 10 + 0.01 * (k % 7), 900, 0));
      records.add(Records.auction(symbol, session, "09:25:00", 10 + 0.01 * (k % 5), 1000, k));
    }
    return market.withRecords(SnapshotRecords.of(records, Records.at(session, "09:26:00")));
  }
}
