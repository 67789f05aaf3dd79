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
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.trading.Order;
import io.qilin.testkit.RiskRuleTck;
import java.util.Map;
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
      this.rule = RiskRules.standard(settings).stream()
          .filter(one -> one.id().equals(id))
          .findFirst()
          .orElseThrow();
      this.passing = new Case(passing, context);
      this.rejected = new Case(rejected, context);
      this.reads = reads;
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
