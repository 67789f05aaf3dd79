package io.qilin.agents.analyst;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.testkit.AnalystTck;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of analysts, for each built-in one and both formula sheets. */
class AnalystContractTest {
  private static final Panel RANDOM = Panels.random(48, 320, 20240102L);
  private static final LocalDate DAY = RANDOM.days().get(300);
  private static final int SEALED = 24;
  private static final Panel WITH_SEALS = Markets.sealed(RANDOM, DAY, SEALED);

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
}
