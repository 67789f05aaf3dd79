package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another future must differ in whatever code could look at. */
class OtherFutureTest {
  private static final int DAYS = 400;
  private static final int CUT = 99;

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 7, -3})
  void whenAfterTheCut_thenAllButAFewValuesAreOthersAndSomeUnknown(double value) {
    double[] after = after(Field.CLOSE, value);

    assertThat(Arrays.stream(after).filter(each -> each == 0 || each == value)).isEmpty();
    assertThat(Arrays.stream(after).filter(Double::isNaN).count()).isBetween(3L, 40L);
  }

  @Test
  void whenAShareIsTraded_thenItMayBeSuspendedAndTheOtherWayRound() {
    assertThat(zeros(after(Field.VOLUME, 100))).isBetween(3L, 40L);
    assertThat(zeros(after(Field.VOLUME, 0))).isBetween(3L, 40L);
  }

  @Test
  void whenBeforeTheCut_thenNothingChanges() {
    Panel panel = panel(Field.VOLUME, 5);

    assertThat(OtherFuture.after(panel, CUT, 3).values(Field.VOLUME, 0))
        .startsWith(Arrays.copyOf(panel.values(Field.VOLUME, 0), CUT + 1));
  }

  private static long zeros(double[] values) {
    return Arrays.stream(values).filter(value -> value == 0).count();
  }

  private static double[] after(Field field, double value) {
    double[] all = OtherFuture.after(panel(field, value), CUT, 3).values(field, 0);
    return Arrays.copyOfRange(all, CUT + 1, DAYS);
  }

  private static Panel panel(Field field, double value) {
    double[] values = new double[DAYS];
    Arrays.fill(values, value);
    return Panel.builder(Panels.weekdays(Panels.FIRST_DAY, DAYS), Adjustment.RAW)
        .column(Panels.SYMBOL, field, 0, values)
        .build();
  }
}
