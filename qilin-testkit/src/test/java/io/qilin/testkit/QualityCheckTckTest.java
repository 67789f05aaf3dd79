package io.qilin.testkit;

import static io.qilin.testkit.Failures.assertFails;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A correct check keeps the contract; each defect is found by the test that is meant for it. */
class QualityCheckTckTest {
  /** The contract with the data that {@link NegativeVolumeCheck} needs. */
  private static class Judge extends QualityCheckTck {
    private final QualityCheck check;

    Judge(QualityCheck check) {
      this.check = check;
    }

    @Override
    protected QualityCheck check() {
      return check;
    }

    @Override
    protected QualityInput clean() {
      return input("100", "200", "300");
    }

    @Override
    protected QualityInput broken() {
      return input("-1", "200", "-2");
    }

    private static QualityInput input(String... volumes) {
      Panel panel = Panels.table(
          Adjustment.RAW,
          "day symbol volume\n2024-01-02 600000.SH " + volumes[0]
              + "\n2024-01-03 600000.SH " + volumes[1]
              + "\n2024-01-02 600519.SH " + volumes[2]);
      Bars bars = new Bars(panel, new Provenance("testkit", "table", true), 3, List.of());
      return new QualityInput(bars, Map.of(), Optional.empty(), Instant.EPOCH);
    }
  }

  @Nested
  class ACorrectCheck extends Judge {
    ACorrectCheck() {
      super(new NegativeVolumeCheck());
    }
  }

  @Nested
  class ACheckOfAllData extends Judge {
    ACheckOfAllData() {
      super(new NegativeVolumeCheck());
    }

    @Override
    protected Optional<QualityInput> unjudgeable() {
      return Optional.empty();
    }
  }

  private static Judge with(CheckOutcome always) {
    return new Judge(new NegativeVolumeCheck() {
      @Override
      public CheckOutcome check(QualityInput input) {
        return always;
      }
    });
  }

  @Test
  void whenTheRuleIsNotKebabCase_thenThatIsFound() {
    assertFails(new Judge(new NegativeVolumeCheck() {
      @Override
      public String rule() {
        return "negativeVolume";
      }
    })::whenAskedForItsRule_thenItIsKebabCase);
  }

  @Test
  void whenCleanDataIsBlamedOrNotJudged_thenThatIsFound() {
    assertFails(
        with(new CheckOutcome(3, 1, List.of()))::whenTheDataObeys_thenItIsJudgedAndNothingIsFound);
    assertFails(
        with(CheckOutcome.NOT_APPLICABLE)::whenTheDataObeys_thenItIsJudgedAndNothingIsFound);
  }

  @Test
  void whenBrokenDataIsNotFound_thenThatIsFound() {
    assertFails(
        with(new CheckOutcome(3, 0, List.of()))::whenTheDataBreaksTheRule_thenThePlacesAreFound);
    assertFails(
        with(new CheckOutcome(3, 1, List.of()))::whenTheDataBreaksTheRule_thenThePlacesAreFound);
  }

  @Test
  void whenAFindingNamesAnotherRuleOrNothing_thenThatIsFound() {
    for (String[] one : new String[][] {{"other", "bad"}, {"negative-volume", " "}}) {
      assertFails(new Judge(new NegativeVolumeCheck() {
        @Override
        QualityFinding finding(Panel panel, int instrument, int day, double volume) {
          return new QualityFinding(
              one[0],
              QualityDimension.VALIDITY,
              QualitySeverity.ERROR,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              volume,
              one[1]);
        }
      })::whenTheDataBreaksTheRule_thenThePlacesAreFound);
    }
  }

  @Test
  void whenFindingsAreOutOfOrder_thenThatIsFound() {
    assertFails(new Judge(new NegativeVolumeCheck() {
      @Override
      CheckOutcome outcome(long judged, List<QualityFinding> findings) {
        List<QualityFinding> turned =
            findings.isEmpty() ? findings : List.of(findings.get(1), findings.get(0));
        return super.outcome(judged, turned);
      }
    })::whenThereAreFindings_thenTheyAreInTheOrderOfSymbolAndDay);
  }

  @Test
  void whenNothingCanBeJudgedAndAllIsPerfect_thenThatIsFound() {
    assertFails(
        with(new CheckOutcome(2, 0, List.of()))
            ::whenTheDataCannotBeJudged_thenTheCheckIsNotApplicable);
  }

  @Test
  void whenItCounts_thenThatIsFound() {
    AtomicInteger calls = new AtomicInteger();
    Judge counting = new Judge(new NegativeVolumeCheck() {
      @Override
      CheckOutcome outcome(long judged, List<QualityFinding> findings) {
        return new CheckOutcome(judged + calls.incrementAndGet(), findings.size(), findings);
      }
    });
    assertFails(counting::whenAskedTwice_thenTheOutcomeIsTheSame);
    assertFails(counting::whenAskedByManyThreads_thenTheOutcomeIsTheSame);
  }
}
