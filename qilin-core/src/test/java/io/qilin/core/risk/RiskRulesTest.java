package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.BEIJING;
import static io.qilin.core.risk.RiskCases.CHINEXT;
import static io.qilin.core.risk.RiskCases.DAYS;
import static io.qilin.core.risk.RiskCases.DELISTED;
import static io.qilin.core.risk.RiskCases.INDEX;
import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.NEW;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.ST;
import static io.qilin.core.risk.RiskCases.STAR;
import static io.qilin.core.risk.RiskCases.SUSPENDED;
import static io.qilin.core.risk.RiskCases.UNKNOWN_STATUS;
import static io.qilin.core.risk.RiskCases.UNREFORMED;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.cash;
import static io.qilin.core.risk.RiskCases.context;
import static io.qilin.core.risk.RiskCases.sell;
import static io.qilin.core.risk.RiskCases.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Portfolio;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule at its edge, with amounts computed by hand. */
class RiskRulesTest {
  private static final RiskSettings MODERATE = RiskSettings.moderate();

  private static RiskVerdict.Reject rejected(
      RiskSettings settings, Order order, RiskContext context) {
    RiskVerdict verdict = RiskGate.standard(settings).check(order, context);
    return verdict.fold(
        () -> {
          throw new AssertionError("passed: " + order);
        },
        reject -> reject);
  }

  private static void rejects(
      RiskSettings settings, Order order, RiskContext context, String rule, String... words) {
    RiskVerdict.Reject reject = rejected(settings, order, context);
    assertThat(reject.rule()).as(reject.reason()).isEqualTo(rule);
    assertThat(reject.reason()).contains(words);
  }

  private static void passes(RiskSettings settings, Order order, RiskContext context) {
    assertThat(RiskGate.standard(settings).check(order, context)).isEqualTo(RiskVerdict.pass());
  }

  @Nested
  class Exchange {
    @Test
    void whenTheBoardIsNotPermitted_thenItSaysWhichAre() {
      RiskSettings onlyMain = MODERATE.toBuilder()
          .boards(Set.of(io.qilin.api.market.Board.SSE_MAIN))
          .build();
      rejects(onlyMain, buy(STAR, "10.00", 200), cash(), "board-permission", "STAR", "SSE_MAIN");
      passes(onlyMain, buy(MAIN, "10.00", 200), cash());
      rejects(MODERATE, buy(INDEX, "10.00", 100), cash(), "board-permission", "neither an A-share");
    }

    @Test
    void whenTheShareIsUnderWarning_thenItIsRefusedUnlessAllowed() {
      rejects(MODERATE, buy(ST, "10.00", 100), cash(), "risk-warning", "ST", "NONE");
      RiskSettings allowed = MODERATE.toBuilder()
          .warnings(Set.of(RiskWarning.NONE, RiskWarning.ST))
          .build();
      passes(allowed, buy(ST, "10.00", 100), cash());
      rejects(
          allowed,
          buy(ST, "10.00", 500_100),
          cash("1000000000"),
          "risk-warning",
          "500000",
          "500100");
      passes(MODERATE, sell(ST, "10.00", 100), context(with("0", Map.of(ST, 100L))));
      Portfolio today = new Portfolio(
          Money.parse("1000000"),
          Map.of(
              ST,
              List.of(
                  new Holding(499_900, Money.parse("4999000"), RiskCases.SESSION.plusDays(1)))));
      rejects(
          allowed.toBuilder().limits(1, 1, 1).build(),
          buy(ST, "10.00", 200),
          context(today),
          "risk-warning",
          "beside the 499900 bought already");
    }

    @Test
    void whenTheStatusIsUnknown_thenItIsRefusedUnlessNotRequired() {
      rejects(MODERATE, buy(UNKNOWN_STATUS, "10.00", 100), cash(), "risk-warning", "not known");
      passes(
          MODERATE.toBuilder().requireStatus(false).build(),
          buy(UNKNOWN_STATUS, "10.00", 100),
          cash());
    }

    @Test
    void whenTheShareDidNotTrade_thenNothingIsAllowed() {
      rejects(
          MODERATE,
          buy(SUSPENDED, "10.00", 100),
          cash(),
          "suspended",
          DAYS.get(24).toString());
      rejects(
          MODERATE,
          sell(SUSPENDED, "10.00", 100),
          context(with("0", Map.of(SUSPENDED, 100L))),
          "suspended",
          "did not trade");
    }

    @Test
    void whenTheSizeIsNoLot_thenTheStepIsTold() {
      rejects(
          MODERATE,
          buy(MAIN, "10.00", 150),
          cash(),
          "lot",
          "150",
          "100 to 1000000 in steps of 100");
      rejects(MODERATE, buy(STAR, "10.00", 199), cash(), "lot", "200 to 100000 in steps of 1");
      passes(MODERATE, buy(STAR, "10.00", 201), cash());
      RiskContext odd = context(with("0", Map.of(MAIN, 150L)));
      passes(MODERATE, sell(MAIN, "10.00", 50), odd);
      passes(MODERATE, sell(MAIN, "10.00", 150), odd);
      rejects(MODERATE, sell(MAIN, "10.00", 30), odd, "lot", "30 of 150");
    }

    @Test
    void whenThePriceIsBetweenTicks_thenTheTickIsTold() {
      rejects(MODERATE, buy(MAIN, "10.005", 100), cash(), "tick", "10.005", "0.01");
      passes(MODERATE, buy(MAIN, "10.010", 100), cash());
    }

    @Test
    void whenThePriceIsOutsideTheLimits_thenTheLimitsAreTold() {
      rejects(MODERATE, buy(MAIN, "11.01", 100), cash(), "price-limit", "9.00 to 11.00");
      rejects(MODERATE, buy(MAIN, "8.99", 100), cash(), "price-limit", "9.00 to 11.00");
      passes(MODERATE, buy(MAIN, "11.00", 100), cash());
      passes(MODERATE, buy(CHINEXT, "12.00", 100), cash());
      rejects(MODERATE, buy(BEIJING, "13.01", 100), cash(), "price-limit", "7.00 to 13.00");
      rejects(MODERATE, buy(UNREFORMED, "10.51", 100), cash(), "price-limit", "9.50 to 10.50");
    }

    @Test
    void whenTheShareIsNewlyListed_thenThereIsNoLimitButAlsoNoBoundOnTheLoss() {
      assertThat(ShareFacts.of(NEW, cash()).listingDay()).isEqualTo(3);
      rejects(MODERATE, buy(NEW, "30.00", 4000), cash(), "position-loss", "1000 shares");
      passes(MODERATE, buy(NEW, "30.00", 1000), cash());
    }

    @Test
    void whenTradingIsContinuous_thenTheCageHolds() {
      RiskSettings continuous = MODERATE.toBuilder().continuous(true).build();
      rejects(continuous, buy(MAIN, "10.21", 100), cash(), "price-cage", "at most 10.20");
      passes(continuous, buy(MAIN, "10.20", 100), cash());
      passes(MODERATE, buy(MAIN, "10.21", 100), cash());
      RiskContext held = context(with("0", Map.of(MAIN, 100L)));
      rejects(continuous, sell(MAIN, "9.79", 100), held, "price-cage", "at least 9.80");
      passes(continuous, sell(MAIN, "9.80", 100), held);
    }

    @Test
    void whenSharesWereBoughtToday_thenTheyCannotBeSold() {
      Portfolio portfolio = new Portfolio(
          Money.ZERO,
          Map.of(
              MAIN,
              List.of(
                  new Holding(200, Money.ofFen(200_000), DAYS.get(20)),
                  new Holding(300, Money.ofFen(300_000), RiskCases.SESSION.plusDays(1)))));
      passes(MODERATE, sell(MAIN, "10.00", 200), context(portfolio));
      rejects(
          MODERATE,
          sell(MAIN, "10.00", 300),
          context(portfolio),
          "sellable",
          "500 held, 200 are sellable");
    }
  }

  @Nested
  class AccountLimits {
    @Test
    void whenTheCashCoversThePriceButNotTheFees_thenItIsRefused() {
      // 1 000 shares at 10.00: commission 5.00, transfer fee 0.10.
      RiskSettings wide =
          MODERATE.toBuilder().limits(1, 1, 1).losses(1, 1, 1, 1).build();
      passes(wide, buy(MAIN, "10.00", 1000), cash("10005.10"));
      rejects(wide, buy(MAIN, "10.00", 1000), cash("10005.09"), "cash", "10005.10", "900 shares");
    }

    @Test
    void whenOneShareGrowsTooLarge_thenTheRoomIsTold() {
      passes(MODERATE, buy(MAIN, "10.00", 15_000), cash());
      rejects(
          MODERATE,
          buy(MAIN, "10.00", 15_100),
          cash(),
          "single",
          "151000.00",
          "150000.00",
          "15000 shares");
      // 900 000 in cash and 10 000 shares: equity a million, 100 000 held, room for 50 000.
      RiskContext held = context(with("900000", Map.of(MAIN, 10_000L)));
      passes(MODERATE, buy(MAIN, "10.00", 5_000), held);
      rejects(MODERATE, buy(MAIN, "10.00", 5_100), held, "single", "5000 shares");
    }

    @Test
    void whenAllSharesGrowTooLarge_thenTheRoomIsTold() {
      RiskSettings wide = MODERATE.toBuilder().losses(1, 1, 1, 1).build();
      RiskContext held = context(with("300000", Map.of(OTHER, 70_000L)));
      passes(wide, buy(MAIN, "10.00", 10_000), held);
      rejects(
          wide,
          buy(MAIN, "10.00", 10_100),
          held,
          "total",
          "801000.00",
          "800000.00",
          "10000 shares");
    }

    @Test
    void whenASectorGrowsTooLarge_thenItIsRefused() {
      RiskSettings sectors = MODERATE.toBuilder()
          .losses(1, 1, 1, 1)
          .sectors(Map.of(MAIN, "bank", OTHER, "bank", CHINEXT, "tech"))
          .build();
      RiskContext held = context(with("700000", Map.of(OTHER, 30_000L)));
      passes(sectors, buy(MAIN, "10.00", 5_000), held);
      rejects(sectors, buy(MAIN, "10.00", 5_100), held, "sector", "bank", "5000 shares");
      passes(sectors, buy(CHINEXT, "10.00", 10_000), held);
      rejects(sectors, buy(STAR, "10.00", 200), held, "sector", "688001.SH is not known");
      passes(sectors, sell(OTHER, "10.00", 100), held);
      // A holding of unknown sector may be a bank.
      RiskContext unknown = context(with("700000", Map.of(STAR, 30_000L)));
      rejects(sectors, buy(MAIN, "10.00", 5_100), unknown, "sector", "5000 shares");
    }

    @Test
    void whenTheOrderIsLargeForTheMarket_thenItIsRefused() {
      RiskContext rich = cash("100000000");
      passes(MODERATE, buy(MAIN, "10.00", 50_000), rich);
      rejects(MODERATE, buy(MAIN, "10.00", 50_100), rich, "volume", "at most 50000");
    }

    @Test
    void whenTheEquityFell_thenNothingIsBoughtButMayBeSold() {
      // 50 000 shares bought at 12.00 are worth 500 000 now; 400 000 are cash: 900 000 of a
      // million.
      Portfolio fallen = new Portfolio(
          Money.parse("400000"),
          Map.of(OTHER, List.of(new Holding(50_000, Money.parse("600000"), DAYS.get(3)))));
      RiskSettings tenth =
          MODERATE.toBuilder().losses(1, 1, 1, 1).drawdown(0.10).build();
      rejects(
          tenth, buy(MAIN, "10.00", 100), context(fallen), "drawdown", "900000.00", "1000000.00");
      passes(tenth, sell(OTHER, "10.00", 100), context(fallen));
      passes(tenth.toBuilder().drawdown(0.11).build(), buy(MAIN, "10.00", 100), context(fallen));
      rejects(
          tenth.toBuilder().drawdown(0.11).highWaterMark(Money.parse("1100000")).build(),
          buy(MAIN, "10.00", 100),
          context(fallen),
          "drawdown",
          "1100000.00");
    }

    @Test
    void whenAPositionCouldLoseTooMuchInADay_thenItIsRefused() {
      // ChiNext falls by 20 % at most: 0.03 of a million is 150 000 yuan of shares.
      passes(MODERATE, buy(CHINEXT, "10.00", 15_000), cash());
      RiskSettings tight = MODERATE.toBuilder().losses(0.02, 0.12, 0.21, 0.30).build();
      rejects(
          tight,
          buy(CHINEXT, "10.00", 10_100),
          cash(),
          "position-loss",
          "20200.00",
          "10000 shares");
    }

    @Test
    void whenThePortfolioCouldLoseTooMuch_thenItIsRefused() {
      // 55 000 on ChiNext lose 110 000 in a day; 10 000 more on the main board 10 000: exactly 0.12
      // of a million.
      RiskContext held = context(with("450000", Map.of(CHINEXT, 55_000L)));
      RiskSettings settings = MODERATE.toBuilder().losses(0.05, 0.12, 1, 1).build();
      passes(settings, buy(MAIN, "10.00", 10_000), held);
      rejects(settings, buy(MAIN, "10.00", 10_100), held, "one-day-stress", "10000 shares");
      // Three days locked: 550 000 × 0.488 = 268 400; main board 0.271 a yuan.
      RiskSettings locked = MODERATE.toBuilder().losses(0.05, 1, 1, 0.2955).build();
      passes(locked, buy(MAIN, "10.00", 10_000), held);
      rejects(
          locked,
          buy(MAIN, "10.00", 10_100),
          held,
          "locked-stress",
          "3 days locked",
          "10000 shares");
    }

    @Test
    void whenTwoLockedDaysCouldCostTooMuch_thenItIsRefused() {
      // 550 000 × 0.36 = 198 000 on ChiNext; main board 0.19 a yuan: 19 000 for 100 000.
      RiskContext held = context(with("450000", Map.of(CHINEXT, 55_000L)));
      RiskSettings settings = MODERATE.toBuilder().losses(0.05, 1, 0.217, 1).build();
      passes(settings, buy(MAIN, "10.00", 10_000), held);
      rejects(
          settings,
          buy(MAIN, "10.00", 10_100),
          held,
          "two-day-stress",
          "217190.00",
          "2 days locked",
          "217000.00",
          "10000 shares");
    }

    @Test
    void whenTheDayLostTooMuch_thenNothingIsBoughtButMayBeSold() {
      RiskContext held = context(with("900000", Map.of(OTHER, 5_000L)));
      RiskSettings day = MODERATE.toBuilder().dayStart(Money.parse("1000000")).build();
      rejects(
          day,
          buy(MAIN, "10.00", 100),
          held,
          "daily-loss",
          "950000.00",
          "0.05",
          "1000000.00",
          "above 950000.00");
      passes(day, sell(OTHER, "10.00", 100), held);
      passes(
          day.toBuilder().dayStart(Money.parse("999999.99")).build(),
          buy(MAIN, "10.00", 100),
          held);
      passes(MODERATE, buy(MAIN, "10.00", 100), held);
    }

    @Test
    void whenAShareIsIlliquid_thenItIsNotBought() {
      Order order = buy(MAIN, "10.00", 100);
      assertThat(liquidity(1_000_000, 0, order)).isEmpty();
      assertThat(liquidity(1_000_001, 0, order))
          .singleElement()
          .satisfies(reject -> assertThat(reject.reason()).contains("1000000", "1000001"));
      assertThat(liquidity(1_000_000, 0.01, order))
          .singleElement()
          .satisfies(reject -> assertThat(reject.reason()).contains("free float", "not known"));
      assertThat(liquidity(2_000_000, 0.01, sell(MAIN, "10.00", 100))).isEmpty();
    }

    private List<RiskVerdict.Reject> liquidity(long volume, double turnover, Order order) {
      RiskSettings settings = MODERATE.toBuilder().liquidity(volume, turnover).build();
      return RiskGate.of(List.of(RiskRules.liquidity(settings))).objections(order, cash());
    }

    @Test
    void whenAShareIsBeingDelisted_thenItMayLoseEverything() {
      RiskSettings allowed = MODERATE.toBuilder()
          .warnings(Set.of(RiskWarning.NONE, RiskWarning.DELISTING))
          .build();
      rejects(allowed, buy(DELISTED, "10.00", 3_100), cash(), "position-loss", "3000 shares");
      passes(allowed, buy(DELISTED, "10.00", 3_000), cash());
    }

    @Test
    void whenAHoldingHasNoPrice_thenNothingIsBought() {
      Symbol gone = Symbol.parse("600999.SH");
      RiskContext context = context(with("900000", Map.of(gone, 1_000L)));
      rejects(MODERATE, buy(MAIN, "10.00", 100), context, "single", "600999.SH");
    }
  }

  @Test
  void whenAskedForAllObjections_thenEachRuleSpeaksForItself() {
    assertThat(RiskGate.standard(MODERATE).objections(buy(MAIN, "20.005", 99_950), cash()))
        .extracting(RiskVerdict.Reject::rule)
        .containsExactly(
            "lot",
            "tick",
            "price-limit",
            "cash",
            "single",
            "total",
            "volume",
            "position-loss",
            "one-day-stress",
            "two-day-stress",
            "locked-stress");
  }
}
