package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.expression.Range;
import io.qilin.testkit.Panels;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A push that fails leaves no stream that goes on with half a day. */
class FailedPushTest {
  private static final Field X = Field.of("x");
  private static final Panel PANEL = Panels.series(X, 1, 4, 2, 8, 5);
  private static final FactorSet SET = FactorSet.of(
      "s", new Factor("ema", "EMA($x,3)"), new Factor("range", "Range($x,EMA($x,2),3,0)"));

  /** Fails where the newest value is below 0. */
  private static final class Picky extends Range {
    @Override
    public double value(double[][] windows, int length, double[] parameters) {
      if (windows[0][length - 1] < 0) {
        throw new IllegalStateException("below zero");
      }
      return super.value(windows, length, parameters);
    }
  }

  private final FactorPlan plan = FactorEngine.builder()
      .operators(FactorOperators.of(List.of(new Picky())))
      .build()
      .plan(SET);
  private final FactorStream stream = plan.stream(PANEL.symbols());

  @Test
  void whenAnOperatorFails_thenTheStreamIsRefusedAndASnapshotGoesOn() {
    push(stream, 1);
    push(stream, 4);
    byte[] snapshot = stream.snapshot();
    assertThatThrownBy(() -> push(stream, -1))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER));

    Symbol other = Symbol.parse("600999.SH");
    List<ThrowingCallable> calls = List.of(
        () -> push(stream, 2),
        () -> stream.value(0, 0),
        () -> stream.copy(0, new double[1]),
        stream::snapshot,
        () -> stream.list(other),
        () -> stream.delist(PANEL.symbols().get(0)));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
          .hasMessageContaining("row 2");
    }
    assertThat(stream.rows()).isEqualTo(2);
    assertThat(stream.symbols()).doesNotContain(other);

    FactorStream restored = plan.restore(snapshot);
    FactorTable expected = plan.compute(PANEL);
    for (int day = 2; day < 5; day++) {
      push(restored, PANEL.value(X, 0, day));
      for (int factor = 0; factor < 2; factor++) {
        assertThat(restored.value(factor, 0)).isEqualTo(expected.value(factor, 0, day));
      }
    }
  }

  @Test
  void whenARowIsOfAnotherStream_thenNothingHasChanged() {
    CrossSection foreign =
        FactorEngine.DEFAULT.plan(FactorSet.of("s", new Factor("c", "$close"))).stream(
                PANEL.symbols())
            .newRow();
    push(stream, 1);

    assertThatThrownBy(() -> stream.push(foreign))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));

    push(stream, 4);
    assertThat(stream.value(0, 0)).isEqualTo(plan.compute(PANEL).value(0, 0, 1));
  }

  private static void push(FactorStream to, double value) {
    to.push(to.newRow().set(X, 0, value));
  }
}
