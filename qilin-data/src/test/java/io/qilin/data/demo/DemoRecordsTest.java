package io.qilin.data.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SealTick;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.ThemeMembership;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoRecordsTest {
  private static final DemoMarket MARKET = DemoMarket.of(90, 1, 7);
  private static final List<LocalDate> DAYS = MARKET.bars().panel().days();
  private static final int AT = DAYS.size() - 20;
  private static final LocalDate DAY = DAYS.get(AT);
  private static final Instant OPENING =
      PublicationTimes.startOf(DAYS.get(AT + 1)).plusSeconds(9 * 3600 + 26 * 60);
  private static final SnapshotRecords KNOWN = MARKET.records(DAY, OPENING);

  private static double bar(Field field, MarketRecord record, LocalDate day) {
    Panel panel = MARKET.bars().panel();
    return panel.value(field, panel.indexOf(record.symbol().orElseThrow()), panel.indexOf(day));
  }

  @Test
  void whenAsked_thenEveryKindIsThere() {
    for (Class<? extends MarketRecord> kind : List.of(
        MoneyFlowDaily.class,
        LhbSeatRow.class,
        SealTick.class,
        AuctionTick.class,
        ThemeMembership.class,
        NewsItem.class,
        SocialPost.class,
        FundamentalSnapshot.class)) {
      assertThat(KNOWN.has(kind)).as("%s", kind).isTrue();
    }
  }

  @Test
  void whenAskedTwice_thenTheRecordsAreTheSame() {
    SnapshotRecords again = DemoMarket.of(90, 1, 7).records(DAY, OPENING);
    assertThat(again.all(MoneyFlowDaily.class)).isEqualTo(KNOWN.all(MoneyFlowDaily.class));
    assertThat(again.all(SealTick.class)).isEqualTo(KNOWN.all(SealTick.class));
    assertThat(again.all(NewsItem.class)).isEqualTo(KNOWN.all(NewsItem.class));
    assertThat(again.all(FundamentalSnapshot.class))
        .isEqualTo(KNOWN.all(FundamentalSnapshot.class));
  }

  @Test
  void whenADayIsSeenFromALaterOne_thenItsFiguresAreTheSame() {
    SnapshotRecords later = MARKET.records(
        DAYS.get(AT + 3), PublicationTimes.startOf(DAYS.get(AT + 3).plusDays(1)));
    List<MoneyFlowDaily> now = KNOWN.all(MoneyFlowDaily.class).stream()
        .filter(flow -> flow.date().equals(DAY))
        .toList();
    assertThat(later.all(MoneyFlowDaily.class)).containsAll(now);
  }

  @Test
  void whenTheMomentIsTheEvening_thenNothingLaterIsKnown() {
    SnapshotRecords evening = MARKET.records(DAY, PublicationTimes.ofDailyFigures(DAY));
    assertThat(evening.has(AuctionTick.class)).isFalse();
    assertThat(evening.all(LhbSeatRow.class)).noneMatch(row -> row.date().equals(DAY));
  }

  @Test
  void whenMoneyFlows_thenItIsTheAmountOfTheBarAndTheNetsAddUpToNothing() {
    for (MoneyFlowDaily flow : KNOWN.all(MoneyFlowDaily.class)) {
      double amount = bar(Field.AMOUNT, flow, flow.date());
      assertThat(flow.superLarge().buy()
              + flow.large().buy()
              + flow.medium().buy()
              + flow.small().buy())
          .isCloseTo(amount, within(0.05));
      assertThat(flow.mainNet() + flow.medium().net() + flow.small().net())
          .isCloseTo(0, within(0.1));
    }
  }

  @Test
  void whenSeatsAreListed_thenTheyTradedLessThanTheDayAndOneStandsInBothLists() {
    for (LhbSeatRow row : KNOWN.all(LhbSeatRow.class)) {
      assertThat(row.dayAmount()).isEqualTo(bar(Field.AMOUNT, row, row.date()));
      assertThat(row.buy() + row.sell()).isLessThan(row.dayAmount());
    }
    LhbSeatRow first = KNOWN.all(LhbSeatRow.class).get(0);
    assertThat(KNOWN.of(LhbSeatRow.class, first.of()).stream()
            .filter(row -> row.date().equals(first.date())))
        .hasSize(10);
  }

  @Test
  void whenTheAuctionEnds_thenItsPriceIsTheOpenOfTheBar() {
    for (AuctionTick tick : KNOWN.all(AuctionTick.class)) {
      if (tick.eventTime().equals(OPENING.minusSeconds(60))) {
        assertThat(tick.indicativePrice()).isEqualTo(bar(Field.OPEN, tick, DAYS.get(AT + 1)));
        assertThat(tick.matchedVolume()).isLessThan(bar(Field.VOLUME, tick, DAYS.get(AT + 1)));
      }
    }
  }

  @Test
  void whenASealIsShown_thenTheBarTouchedLimitUpAndEndsAsTheBarDoes() {
    Panel panel = MARKET.bars().panel();
    LimitUpFacts facts = LimitUpFacts.of(panel, MARKET.securities(), MarketRuleBook.aShare());
    int sealed = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      List<SealTick> ticks = KNOWN.of(SealTick.class, panel.symbols().get(i)).stream()
          .filter(tick -> !tick.eventTime().isBefore(PublicationTimes.startOf(DAY)))
          .toList();
      assertThat(ticks.isEmpty()).isNotEqualTo(facts.touched(i, AT));
      if (!ticks.isEmpty()) {
        assertThat(ticks.get(ticks.size() - 1).sealed()).isEqualTo(facts.sealed(i, AT));
        sealed++;
      }
    }
    assertThat(sealed).isNotNegative();
    assertThat(KNOWN.all(SealTick.class)).isNotEmpty();
  }

  @Test
  void whenTheDayIsUnknown_thenItIsRefused() {
    assertThatThrownBy(() -> MARKET.records(LocalDate.of(1999, 1, 4), OPENING))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE));
  }
}
