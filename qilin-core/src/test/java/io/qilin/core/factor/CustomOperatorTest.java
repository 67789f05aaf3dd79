package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorOperator;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.expression.Range;
import io.qilin.testkit.Panels;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomOperatorTest {
  private static final Panel PANEL = Panels.series(Field.of("x"), 1, 4, 2, 8, 5);

  @Test
  void whenAnOperatorIsAdded_thenItsValuesAreThoseOfItsWindows() {
    FactorTable table = engine(new Range())
        .compute(PANEL, set("2*Range($x,Ref($x,1),3,0)"), PANEL.days().get(1), PANEL.lastDay());

    // Range of three rows: the larger of the last values, less the window's first; NaN before the
    // first row.
    assertThat(table.value(0, 0, 0)).isNaN();
    assertThat(table.value(0, 0, 1)).isEqualTo(2 * (4 - 1));
    assertThat(table.value(0, 0, 2)).isEqualTo(2 * (8 - 4));
    assertThat(table.value(0, 0, 3)).isEqualTo(2 * (8 - 2));
  }

  @Test
  void whenItLooksAhead_thenItIsALabelAndNoFactor() {
    LabelTable labels =
        engine(new Range()).labels(PANEL, List.of(new Label("l", "Range($x,$x,1,1)")));

    assertThat(labels.value(0, 0, 0)).isEqualTo(3);
    assertThat(labels.value(0, 0, 2)).isEqualTo(6);
    assertThat(labels.value(0, 0, 4)).isNaN();
    assertThatThrownBy(() -> engine(new Range()).compute(PANEL, set("Range($x,$x,1,1)")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOOK_AHEAD))
        .hasMessageContaining("Range($x,$x,1,1)");
  }

  @Test
  void whenItFails_thenTheErrorNamesItsClass() {
    FactorOperator broken = new Range() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        throw new IllegalStateException("asleep");
      }
    };

    assertThatThrownBy(() -> engine(broken).compute(PANEL, set("Range($x,$x,1,0)")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining(broken.getClass().getName())
        .hasMessageContaining("asleep");
  }

  private static FactorEngine engine(FactorOperator operator) {
    return FactorEngine.builder()
        .operators(FactorOperators.of(List.of(operator)))
        .build();
  }

  private static FactorSet set(String expression) {
    return new FactorSet("s", List.of(new Factor("f", expression)));
  }
}
