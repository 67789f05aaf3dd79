package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarkTest {
  private static final double NAN = Double.NaN;

  /** B does not trade on the third day. */
  private static final Panel PANEL = Bars.adjusted(4)
      .closes(Bars.A, 10, 11, 11, 12.1)
      .closes(Bars.B, 20, 21, NAN, 42)
      .build();

  @Test
  void whenSharesAreWeightedEqually_thenTheMeanOfTheKnownReturnsIsTaken() {
    assertThat(Benchmark.equalWeight().returns(PANEL, 0, 4))
        .containsExactly(new double[] {0, 0.075, 0, 0.1}, within(1e-15));
    assertThat(Benchmark.equalWeight(List.of(Bars.B)).returns(PANEL, 1, 4))
        .containsExactly(new double[] {0.05, 0, 0}, within(1e-15));
    assertThat(Benchmark.of(Bars.A).returns(PANEL, 3, 4))
        .containsExactly(new double[] {0.1}, within(1e-15));
  }

  @Test
  void whenThePanelIsRaw_thenAnExDateIsNoLoss() {
    Panel factor = Bars.raw(2)
        .column(Bars.A, Field.CLOSE, 20, 11)
        .column(Bars.A, Field.FACTOR, 1, 2)
        .build();
    assertThat(Benchmark.equalWeight().returns(factor, 1, 2))
        .containsExactly(new double[] {0.1}, within(1e-15));
    Panel reference = Bars.raw(2)
        .column(Bars.A, Field.CLOSE, 20, 11)
        .column(Bars.A, Field.PRE_CLOSE, 20, 10)
        .build();
    assertThat(Benchmark.equalWeight().returns(reference, 1, 2))
        .containsExactly(new double[] {0.1}, within(1e-15));
    Panel neither = Bars.raw(2).column(Bars.A, Field.CLOSE, 20, 11).build();
    assertRefused(
        () -> Benchmark.equalWeight().returns(neither, 1, 2),
        ErrorCode.DATA_NOT_FOUND,
        "$factor or $pre_close");
  }

  @Test
  void whenASeriesIsGiven_thenItsDaysAreTaken() {
    Benchmark series = Benchmark.of(Map.of(Bars.DAYS[1], 0.02, Bars.DAYS[2], -0.01));
    assertThat(series.returns(PANEL, 1, 3))
        .containsExactly(new double[] {0.02, -0.01}, within(1e-15));
    assertRefused(
        () -> series.returns(PANEL, 1, 4),
        ErrorCode.DATA_NOT_FOUND,
        "from 2024-01-03 to 2024-01-04, has no return on 2024-01-05");
  }

  @Test
  void whenThereIsNone_thenEveryDayIsUnknown() {
    assertThat(Benchmark.none().returns(PANEL, 0, 2)).containsExactly(NAN, NAN);
  }

  @Test
  void whenItCannotBe_thenItIsRefused() {
    assertRefused(
        () -> Benchmark.equalWeight(List.of()), ErrorCode.INVALID_ARGUMENT, "at least one");
    assertRefused(() -> Benchmark.of(Map.of()), ErrorCode.INVALID_ARGUMENT, "at least one day");
    assertRefused(
        () -> Benchmark.of(Map.of(Bars.DAYS[0], NAN)), ErrorCode.INVALID_ARGUMENT, "was NaN");
    assertRefused(
        () -> Benchmark.of(Symbol.parse("600001.SH")).returns(PANEL, 0, 1),
        ErrorCode.DATA_NOT_FOUND,
        "600001.SH is not among the 2 instruments");
  }

  @Test
  void whenPrinted_thenItSaysWhatItIs() {
    assertThat(Benchmark.none()).hasToString("none");
    assertThat(Benchmark.equalWeight()).hasToString("equal weight of all shares");
    assertThat(Benchmark.of(Bars.A)).hasToString("600000.SH");
    assertThat(Benchmark.equalWeight(List.of(Bars.A, Bars.B)))
        .hasToString("equal weight of 2 shares");
    assertThat(Benchmark.of(Map.of(Bars.DAYS[0], 0.0))).hasToString("series of 1 days");
  }

  private static void assertRefused(Runnable call, ErrorCode code, String part) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}
