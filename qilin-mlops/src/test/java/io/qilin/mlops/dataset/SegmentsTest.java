package io.qilin.mlops.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final List<LocalDate> DAYS = Tables.days(60);

  private static Segments thirds() {
    return new Segments(
        Tables.range(DAYS, 0, 20), Tables.range(DAYS, 20, 40), Tables.range(DAYS, 40, 60));
  }

  @Property(tries = 100)
  void whenPurged_thenNoLabelReachesTheNextSegment(
      @ForAll @IntRange(max = 12) int label, @ForAll @IntRange(max = 6) int embargo) {
    Segments purged = thirds().purged(DAYS, label, embargo);

    assertThat(DAYS.indexOf(purged.train().last()) + label + embargo).isEqualTo(19);
    assertThat(DAYS.indexOf(purged.valid().last()) + label + embargo).isEqualTo(39);
    assertThat(purged.test()).isEqualTo(thirds().test());
    assertThat(purged.train().first()).isEqualTo(DAYS.get(0));
  }

  /** The close of one day of valid is changed; no label of train may notice. */
  @Test
  void whenAPriceOfValidChanges_thenNoLabelOfTrainDoes() {
    Segments purged = thirds().purged(DAYS, 2, 0);
    int changed = DAYS.indexOf(purged.valid().first());
    LabelTable one = labels(changed, 10);
    LabelTable other = labels(changed, 11);
    int last = DAYS.indexOf(purged.train().last());

    for (int day = 0; day <= last; day++) {
      assertThat(one.value(0, 0, day)).isEqualTo(other.value(0, 0, day));
    }
    // A control: one day more would have.
    assertThat(one.value(0, 0, last + 1)).isNotEqualTo(other.value(0, 0, last + 1));
  }

  private static LabelTable labels(int changed, double close) {
    double[] closes = new double[DAYS.size()];
    for (int i = 0; i < closes.length; i++) {
      closes[i] = 10 + 0.1 * i;
    }
    closes[changed] = close;
    Panel panel = Panel.builder(DAYS, Adjustment.RAW)
        .column(Panels.SYMBOL, Field.CLOSE, 0, closes)
        .build();
    return FactorEngine.DEFAULT.labels(panel, List.of(Label.NEXT_DAY_RETURN));
  }

  @Test
  void whenSegmentsHaveAGapAlready_thenNothingIsCut() {
    Segments apart = new Segments(
        Tables.range(DAYS, 0, 10), Tables.range(DAYS, 20, 30), Tables.range(DAYS, 40, 50));

    assertThat(apart.purged(DAYS, 2, 3)).isEqualTo(apart);
  }

  @Test
  void whenNothingIsLeft_thenItIsRefused() {
    assertThatThrownBy(() -> thirds().purged(DAYS, 20, 0))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE))
        .hasMessageContaining("train");
    assertThatThrownBy(() -> thirds().purged(DAYS, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> thirds().purged(List.of(), 2, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> thirds().purged(DAYS, -1, 0)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenSegmentsOverlap_thenTheyAreRefused() {
    assertThatThrownBy(() -> new Segments(
            Tables.range(DAYS, 0, 21), Tables.range(DAYS, 20, 40), Tables.range(DAYS, 40, 60)))
        .hasMessageContaining("train")
        .hasMessageContaining("valid");
  }
}
