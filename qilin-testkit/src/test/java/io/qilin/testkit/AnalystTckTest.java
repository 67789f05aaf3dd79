package io.qilin.testkit;

import static io.qilin.testkit.Failures.assertFails;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each defect is found by the test that is meant for it. */
class AnalystTckTest {
  private static AnalystTck judge(Analyst analyst) {
    return new AnalystTck() {
      @Override
      protected Analyst analyst() {
        return analyst;
      }
    };
  }

  /** An analyst that gives each share this opinion. */
  private static AnalystTck judge(
      String id, double score, double coverage, ScoreComponent... components) {
    return judge(new MeanAnalyst() {
      @Override
      Opinion opinion(Panel panel, int instrument) {
        Symbol symbol = panel.symbols().get(instrument);
        return new Opinion.Scored(
            id, symbol, score, 0.5, coverage, List.of(components), List.of(), List.of());
      }
    });
  }

  private static ScoreComponent component(String name, double normalised, double weight) {
    return new ScoreComponent(name, normalised, "1", normalised, weight, "bars");
  }

  @Test
  void whenTheIdIsNotKebabCase_thenThatIsFound() {
    assertFails(judge(new MeanAnalyst() {
      @Override
      public String id() {
        return "Mean_Analyst";
      }
    })::whenAskedForItsId_thenItIsKebabCase);
  }

  @Test
  void whenItNeverScores_thenTheContractDoesNotPassInSilence() {
    assertFails(judge(new MeanAnalyst() {
      @Override
      boolean speaksOf(MarketSnapshot snapshot, int instrument) {
        return false;
      }
    })::whenTheMarketIsUsual_thenItScoresAShare);
  }

  @Test
  void whenItRemembers_thenThatIsFound() {
    AtomicInteger calls = new AtomicInteger();
    Analyst counting = new MeanAnalyst() {
      @Override
      Opinion opinion(Panel panel, int instrument) {
        double score = (calls.getAndIncrement() % 1000) / 1000.0;
        return new Opinion.Scored(
            id(),
            panel.symbols().get(instrument),
            score,
            0.5,
            1,
            List.of(component("a", 1, 1)),
            List.of(),
            List.of());
      }
    };
    assertFails(judge(counting)::whenAskedTwice_thenTheOpinionsAreEqual);
    assertFails(judge(counting)::whenAskedByManyThreads_thenTheOpinionsAreEqual);
  }

  @Test
  void whenALaterDayLeavesATrace_thenThatIsFound() {
    Analyst hoarder = new MeanAnalyst() {
      private LocalDate latest = LocalDate.MIN;

      @Override
      public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
        boolean knowsMore = latest.isAfter(snapshot.day());
        latest = knowsMore ? latest : snapshot.day();
        return knowsMore ? Map.of() : super.analyze(snapshot);
      }
    };
    AnalystTck tck = new AnalystTck() {
      private boolean asked;

      @Override
      protected Analyst analyst() {
        boolean first = !asked;
        asked = true;
        return first ? hoarder : new MeanAnalyst();
      }
    };
    assertFails(tck::whenOtherDaysWereAskedBefore_thenTheOpinionsAreStillEqual);
  }

  @Test
  void whenTheSnapshotLetsTheFutureIn_thenThatIsFound() {
    AnalystTck leaking = new AnalystTck() {
      @Override
      protected Analyst analyst() {
        return new MeanAnalyst();
      }

      @Override
      protected MarketSnapshot snapshot(
          Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
        LocalDate later =
            market.days().get(Math.min(market.indexOf(day) + 1, market.days().size() - 1));
        return super.snapshot(market, securities, later);
      }
    };
    assertFails(leaking::whenTheFutureIsAnother_thenTheOpinionsAreEqual);
  }

  @Test
  void whenAnOpinionBearsAnotherName_thenThatIsFound() {
    assertFails(
        judge("other", 0, 1, component("a", 1, 1))
            ::whenItHasOpinions_thenTheyBearItsIdAndStandUnderTheirSymbol);
    assertFails(judge(new MeanAnalyst() {
      @Override
      public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
        Map<Symbol, Opinion> moved = new TreeMap<>();
        super.analyze(snapshot).forEach((s, o) -> moved.put(Symbol.other(s.code()), o));
        return moved;
      }
    })::whenItHasOpinions_thenTheyBearItsIdAndStandUnderTheirSymbol);
  }

  @Test
  void whenItSpeaksOfASuspendedShare_thenThatIsFound() {
    assertFails(judge(new MeanAnalyst() {
      @Override
      boolean speaksOf(MarketSnapshot snapshot, int instrument) {
        return true;
      }
    })::whenAShareDidNotTrade_thenThereIsNoOpinionOfIt);
  }

  @Test
  void whenTheComponentsDoNotAddUp_thenThatIsFound() {
    assertFails(judge("mean", 0, 1)::whenItScores_thenTheWeightsOfTheComponentsAddUp);
    assertFails(
        judge("mean", 0, 1, component("a", 1, 0.5), component("b", 1, 0.4))
            ::whenItScores_thenTheWeightsOfTheComponentsAddUp);
    assertFails(
        judge("mean", 0, 1, component("a", 1, 0.5), component("a", 1, 0.5))
            ::whenItScores_thenTheWeightsOfTheComponentsAddUp);
    assertFails(
        judge("mean", 0, 1, component("a", 1, 0.5), component("b", Double.NaN, 0.5))
            ::whenItScores_thenTheWeightsOfTheComponentsAddUp);
  }

  @Test
  void whenItScoresOnTooLittle_thenThatIsFound() {
    assertFails(
        judge("mean", 0, 0.4, component("a", 1, 0.4), component("b", Double.NaN, 0.6))
            ::whenItScores_thenEnoughWasKnown);
  }

  @Test
  void whenItScoresWithoutData_thenThatIsFound() {
    assertFails(judge(new MeanAnalyst() {
      @Override
      public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
        Symbol first = snapshot.raw().symbols().get(0);
        return Map.of(
            first, new Opinion.Scored(id(), first, 0, 0.5, 1, List.of(), List.of(), List.of()));
      }
    })::whenNothingIsKnown_thenItScoresNothing);
  }

  @Test
  void whenItBreaksOnSparseData_thenThatIsFound() {
    Analyst strict = new MeanAnalyst() {
      @Override
      public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
        Panel raw = snapshot.raw();
        if (snapshot.securities().isEmpty()
            || Double.isNaN(raw.value(Field.CLOSE, 0, raw.days().size() - 2))) {
          throw new IllegalStateException("sparse");
        }
        return super.analyze(snapshot);
      }
    };
    assertFails(judge(strict)::whenSecuritiesAreUnknown_thenItAnswersWithoutAnError);
    assertFails(judge(strict)::whenOnlyPricesOfTheDayAreKnown_thenItAnswersWithoutAnError);
    assertFails(judge(strict)::whenThereIsOneDayOnly_thenItAnswersWithoutAnError);
  }
}
