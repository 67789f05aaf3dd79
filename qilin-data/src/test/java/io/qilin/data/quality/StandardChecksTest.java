package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import io.qilin.testkit.QualityCheckTck;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each standard check keeps the contract of checks. */
class StandardChecksTest {
  private static final MarketRuleBook BOOK = MarketRuleBook.aShare();

  @Test
  void whenAskedForAll_thenEveryDimensionHasOneAndNoRuleComesTwice() {
    Set<QualityDimension> dimensions = EnumSet.noneOf(QualityDimension.class);
    StandardChecks.all().forEach(check -> dimensions.add(check.dimension()));
    assertThat(dimensions).containsExactlyInAnyOrder(QualityDimension.values());
    assertThat(StandardChecks.all()).extracting(QualityCheck::rule).doesNotHaveDuplicates();
  }

  /** A check on {@link Fixtures#GOOD} and a version of it that breaks the rule. */
  private abstract static class Contract extends QualityCheckTck {
    private final QualityCheck check;
    private final QualityInput broken;

    Contract(QualityCheck check, QualityInput broken) {
      this.check = check;
      this.broken = broken;
    }

    @Override
    protected QualityCheck check() {
      return check;
    }

    @Override
    protected QualityInput clean() {
      return Fixtures.good();
    }

    @Override
    protected QualityInput broken() {
      return broken;
    }
  }

  @Nested
  class MissingValuesContract extends Contract {
    MissingValuesContract() {
      super(new MissingValues(), Fixtures.but("10.40  10.30  3000 ", "-      10.30  3000 "));
    }
  }

  @Nested
  class AbsentRowsContract extends Contract {
    AbsentRowsContract() {
      super(new AbsentRows(), Fixtures.raw(Fixtures.GOOD.replaceAll("(?m)^2024-01-03.*\n", "")));
    }
  }

  @Nested
  class PriceOrderContract extends Contract {
    PriceOrderContract() {
      super(new PriceOrder(), Fixtures.but("10.10  10.50", "10.60  10.50"));
    }
  }

  @Nested
  class PositivePricesContract extends Contract {
    PositivePricesContract() {
      super(new PositivePrices(), Fixtures.but("10.40  10.30", "-0.0   10.30"));
    }
  }

  @Nested
  class AveragePriceContract extends Contract {
    AveragePriceContract() {
      super(new AveragePrice(), Fixtures.but("30900 ", "1     "));
    }
  }

  @Nested
  class PreviousCloseContract extends Contract {
    PreviousCloseContract() {
      super(new PreviousClose(), Fixtures.but("1.0    10.40", "1.0    10.30"));
    }
  }

  @Nested
  class TradedRowsContract extends Contract {
    TradedRowsContract() {
      super(new TradedRows(), Fixtures.but("3000   30900", "0      0    "));
    }
  }

  @Nested
  class BeyondLimitContract extends Contract {
    BeyondLimitContract() {
      super(new BeyondLimit(BOOK), Fixtures.but("10.10  10.50", "10.10  11.12"));
    }
  }

  @Nested
  class FreshnessContract extends Contract {
    FreshnessContract() {
      super(new Freshness(), Fixtures.raw(Fixtures.GOOD.replaceAll("(?m)^2024-01-05.*\n", "")));
    }
  }

  @Nested
  class FiniteNumbersContract extends Contract {
    FiniteNumbersContract() {
      super(new FiniteNumbers(), Fixtures.but("30900 ", "Infinity "));
    }
  }

  @Nested
  class TickMultipleContract extends Contract {
    TickMultipleContract() {
      super(new TickMultiple(BOOK), Fixtures.but("10.50 ", "10.505"));
    }
  }

  @Nested
  class VolumeDomainContract extends Contract {
    VolumeDomainContract() {
      super(new VolumeDomain(), Fixtures.but(" 3000 ", " -3000 "));
    }
  }

  @Nested
  class PositiveFactorContract extends Contract {
    PositiveFactorContract() {
      super(new PositiveFactor(), Fixtures.but("1.0    10.40", "0      10.40"));
    }
  }

  @Nested
  class PlausibleDayContract extends Contract {
    PlausibleDayContract() {
      super(new PlausibleDay(), Fixtures.but("2024-01-05", "2024-01-06"));
    }
  }

  @Nested
  class DuplicateRowsContract extends Contract {
    DuplicateRowsContract() {
      super(new DuplicateRows(), withFinding());
    }

    private static QualityInput withFinding() {
      QualityFinding finding = new QualityFinding(
          "conflicting-rows",
          QualityDimension.UNIQUENESS,
          QualitySeverity.CRITICAL,
          Optional.of(Panels.SYMBOL),
          Optional.of(LocalDate.of(2024, 1, 3)),
          Optional.empty(),
          Double.NaN,
          "two rows contradict each other");
      Panel panel = Fixtures.good().bars().panel();
      return Fixtures.input(panel, List.of(finding), Map.of());
    }

    @Override
    protected Optional<QualityInput> unjudgeable() {
      return Optional.of(Fixtures.input(Panels.series(Field.of("tck"), Double.NaN)));
    }
  }

  @Nested
  class ListedRowsContract extends Contract {
    ListedRowsContract() {
      super(new ListedRows(), listed(LocalDate.of(2024, 1, 4)));
    }

    @Override
    protected QualityInput clean() {
      return listed(LocalDate.of(2024, 1, 2));
    }

    private static QualityInput listed(LocalDate first) {
      SecurityStatus status = new SecurityStatus(
          Panels.SYMBOL,
          first,
          Board.SSE_MAIN,
          "拟",
          RiskWarning.NONE,
          Optional.of(first),
          OptionalLong.empty());
      return Fixtures.input(
          Fixtures.good().bars().panel(),
          List.of(),
          Map.of(Panels.SYMBOL, SecurityTimeline.of(List.of(status))));
    }
  }

  @Nested
  class ReturnOutlierContract extends Contract {
    ReturnOutlierContract() {
      super(new ReturnOutlier(BOOK), foreign(30));
    }

    @Override
    protected QualityInput clean() {
      return foreign(10);
    }

    private static QualityInput foreign(double spike) {
      double[] closes = new double[40];
      Arrays.setAll(closes, i -> 10 + 0.01 * (i * i * 13 % 17));
      closes[20] = spike;
      Panel panel = Panel.builder(
              Panels.weekdays(Panels.FIRST_DAY, 40), io.qilin.api.market.Adjustment.RAW)
          .column(io.qilin.api.market.Symbol.other("MSFT"), Field.CLOSE, 0, closes)
          .build();
      return Fixtures.input(panel);
    }
  }
}
