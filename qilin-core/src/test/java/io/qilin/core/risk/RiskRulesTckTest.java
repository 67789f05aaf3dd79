package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.ST;
import static io.qilin.core.risk.RiskCases.STAR;
import static io.qilin.core.risk.RiskCases.SUSPENDED;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.cash;
import static io.qilin.core.risk.RiskCases.context;
import static io.qilin.core.risk.RiskCases.sell;
import static io.qilin.core.risk.RiskCases.with;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Portfolio;
import io.qilin.testkit.RiskRuleTck;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract of risk rules, for each standard rule. */
class RiskRulesTckTest {
  private abstract static class Contract extends RiskRuleTck {
    private final RiskRule rule;
    private final Case passing;
    private final Case rejected;
    private final Set<Reads> reads;

    Contract(
        String id,
        RiskSettings settings,
        RiskContext context,
        Order passing,
        Order rejected,
        Set<Reads> reads) {
      this(standard(id, settings), new Case(passing, context), new Case(rejected, context), reads);
    }

    Contract(RiskRule rule, Case passing, Case rejected, Set<Reads> reads) {
      this.rule = rule;
      this.passing = passing;
      this.rejected = rejected;
      this.reads = reads;
    }

    static RiskRule standard(String id, RiskSettings settings) {
      return RiskRules.standard(settings).stream()
          .filter(one -> one.id().equals(id))
          .findFirst()
          .orElseThrow();
    }

    @Override
    protected RiskRule rule() {
      return rule;
    }

    @Override
    protected Case passing() {
      return passing;
    }

    @Override
    protected Case rejected() {
      return rejected;
    }

    @Override
    protected Set<Reads> reads() {
      return reads;
    }
  }

  private static final RiskSettings MODERATE = RiskSettings.moderate();
  private static final Set<RiskRuleTck.Reads> NOTHING = Set.of();
  private static final Set<RiskRuleTck.Reads> HISTORY = Set.of(RiskRuleTck.Reads.HISTORY);
  /** Equity 910 000 yuan, of which 10 000 are of the share that is bought. */
  private static final RiskContext INVESTED = context(with("900000", Map.of(MAIN, 1_000L)));

  @Nested
  class BoardPermission extends Contract {
    BoardPermission() {
      super(
          "board-permission",
          MODERATE.toBuilder().boards(Set.of(Board.SSE_MAIN)).build(),
          cash(),
          buy(MAIN, "10.00", 100),
          buy(STAR, "10.00", 200),
          NOTHING);
    }
  }

  @Nested
  class Warning extends Contract {
    Warning() {
      super(
          "risk-warning",
          MODERATE,
          cash(),
          buy(MAIN, "10.00", 100),
          buy(ST, "10.00", 100),
          Set.of(Reads.SECURITIES));
    }
  }

  @Nested
  class Suspended extends Contract {
    Suspended() {
      super(
          "suspended",
          MODERATE,
          cash(),
          buy(MAIN, "10.00", 100),
          buy(SUSPENDED, "10.00", 100),
          HISTORY);
    }
  }

  @Nested
  class Lot extends Contract {
    Lot() {
      super("lot", MODERATE, cash(), buy(MAIN, "10.00", 100), buy(MAIN, "10.00", 101), NOTHING);
    }
  }

  @Nested
  class Tick extends Contract {
    Tick() {
      super("tick", MODERATE, cash(), buy(MAIN, "10.00", 100), buy(MAIN, "10.001", 100), NOTHING);
    }
  }

  @Nested
  class PriceLimit extends Contract {
    PriceLimit() {
      super(
          "price-limit",
          MODERATE,
          cash(),
          buy(MAIN, "11.00", 100),
          buy(MAIN, "11.01", 100),
          HISTORY);
    }
  }

  @Nested
  class Cage extends Contract {
    Cage() {
      super(
          "price-cage",
          MODERATE.toBuilder().continuous(true).build(),
          cash(),
          buy(MAIN, "10.20", 100),
          buy(MAIN, "10.21", 100),
          HISTORY);
    }
  }

  @Nested
  class Sellable extends Contract {
    Sellable() {
      super(
          "sellable",
          MODERATE,
          INVESTED,
          sell(MAIN, "10.00", 100),
          sell(OTHER, "10.00", 100),
          NOTHING);
    }
  }

  @Nested
  class Cash extends Contract {
    Cash() {
      super(
          "cash",
          MODERATE,
          cash(),
          buy(MAIN, "10.00", 99_000),
          buy(MAIN, "10.00", 100_000),
          NOTHING);
    }
  }

  @Nested
  class Single extends Contract {
    Single() {
      super(
          "single",
          MODERATE,
          INVESTED,
          buy(MAIN, "10.00", 12_600),
          buy(MAIN, "10.00", 12_700),
          HISTORY);
    }
  }

  @Nested
  class Total extends Contract {
    Total() {
      super(
          "total",
          MODERATE,
          INVESTED,
          buy(MAIN, "10.00", 71_800),
          buy(MAIN, "10.00", 71_900),
          HISTORY);
    }
  }

  @Nested
  class Sector extends Contract {
    Sector() {
      super(
          "sector",
          MODERATE.toBuilder().sectors(Map.of(MAIN, "bank")).build(),
          INVESTED,
          buy(MAIN, "10.00", 30_800),
          buy(MAIN, "10.00", 30_900),
          HISTORY);
    }
  }

  @Nested
  class Volume extends Contract {
    Volume() {
      super(
          "volume",
          MODERATE,
          cash(),
          buy(MAIN, "10.00", 50_000),
          buy(MAIN, "10.00", 50_100),
          HISTORY);
    }
  }

  @Nested
  class PositionLoss extends Contract {
    PositionLoss() {
      super(
          "position-loss",
          MODERATE,
          INVESTED,
          buy(MAIN, "10.00", 26_300),
          buy(MAIN, "10.00", 26_400),
          HISTORY);
    }
  }

  @Nested
  class Drawdown extends Contract {
    Drawdown() {
      super(
          standard(
              "drawdown",
              MODERATE.toBuilder().highWaterMark(Money.parse("1000000")).build()),
          new Case(buy(MAIN, "10.00", 100), context(with("840000.01", Map.of(MAIN, 1_000L)))),
          new Case(buy(MAIN, "10.00", 100), context(with("840000", Map.of(MAIN, 1_000L)))),
          HISTORY);
    }
  }

  @Nested
  class DailyLoss extends Contract {
    DailyLoss() {
      super(
          standard(
              "daily-loss",
              MODERATE.toBuilder().dayStart(Money.parse("1000000")).build()),
          new Case(buy(MAIN, "10.00", 100), context(with("940000.01", Map.of(MAIN, 1_000L)))),
          new Case(buy(MAIN, "10.00", 100), context(with("940000", Map.of(MAIN, 1_000L)))),
          HISTORY);
    }
  }

  @Nested
  class Liquidity extends Contract {
    Liquidity() {
      super(
          RiskRules.liquidity(MODERATE),
          new Case(buy(MAIN, "10.00", 100), floating(100_000_000)),
          new Case(buy(MAIN, "10.00", 100), floating(100_000_001)),
          EnumSet.allOf(Reads.class));
    }

    private static RiskContext floating(long shares) {
      LocalDate listed = LocalDate.of(2010, 1, 4);
      SecurityStatus status = new SecurityStatus(
          MAIN,
          listed,
          Board.SSE_MAIN,
          "name",
          RiskWarning.NONE,
          Optional.of(listed),
          OptionalLong.of(shares));
      return new RiskContext(
          RiskCases.SESSION,
          RiskCases.HISTORY,
          Map.of(MAIN, SecurityTimeline.of(List.of(status))),
          Portfolio.ofCash(Money.parse("1000000")));
    }
  }

  @Nested
  class ValueAtRiskLimit extends Contract {
    ValueAtRiskLimit() {
      super(
          RiskRules.valueAtRisk(MODERATE),
          new Case(buy(MAIN, "10.00", 50_000), million()),
          new Case(buy(MAIN, "10.00", 50_100), million()),
          HISTORY);
    }

    private static RiskContext million() {
      return TailRuleTest.context(
          TailRuleTest.history(true), Portfolio.ofCash(Money.parse("1000000")));
    }
  }

  @Nested
  class Breaker extends Contract {
    Breaker() {
      super(
          RiskRules.marketBreaker(
              MarketBreaker.DEFAULT,
              () -> new MarketDay(-0.02, 0.05, 0.02, 0.01, OptionalDouble.empty(), 0, 0, 0)),
          new Case(buy(MAIN, "10.00", 35_400), INVESTED),
          new Case(buy(MAIN, "10.00", 35_500), INVESTED),
          HISTORY);
    }
  }

  @Nested
  class Extreme extends Contract {
    Extreme() {
      super(
          RiskRules.extremeMove(
              ExtremeMove.DEFAULT,
              symbol -> Optional.of(
                  new IntradayMove(symbol.equals(MAIN) ? 0.1499 : 0.15, 0, 0.01, 0.01))),
          new Case(buy(MAIN, "10.00", 100), cash()),
          new Case(buy(OTHER, "10.00", 100), cash()),
          NOTHING);
    }
  }

  @Nested
  class TwoDayStress extends Contract {
    TwoDayStress() {
      super(
          "two-day-stress",
          MODERATE,
          INVESTED,
          buy(MAIN, "10.00", 99_500),
          buy(MAIN, "10.00", 99_600),
          HISTORY);
    }
  }

  @Nested
  class OneDayStress extends Contract {
    OneDayStress() {
      super(
          "one-day-stress",
          MODERATE,
          INVESTED,
          buy(MAIN, "10.00", 108_200),
          buy(MAIN, "10.00", 108_300),
          HISTORY);
    }
  }

  @Nested
  class LockedStress extends Contract {
    LockedStress() {
      super(
          "locked-stress",
          MODERATE,
          INVESTED,
          buy(MAIN, "10.00", 99_700),
          buy(MAIN, "10.00", 99_800),
          HISTORY);
    }
  }
}
