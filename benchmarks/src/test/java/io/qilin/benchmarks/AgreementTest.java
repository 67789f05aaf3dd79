package io.qilin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.data.demo.SplitMixPanel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
  private static final Panel PANEL = SplitMixPanel.dense(3, 130);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whenDuckDbComputesAlpha158_thenAllFeaturesAreQilinsOnFullWindows(int threads) {
    try (FactorBatch qilin = FactorBatch.alpha158(PANEL, threads);
        DuckDbAlpha158 duckDb = DuckDbAlpha158.load(PANEL, threads)) {
      duckDb.compute();
      FactorBlock block = qilin.compute();
      assertThat(block.names()).hasSize(158);
      assertThatCode(() -> Agreement.requireEqual(block, duckDb::column, name -> true))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whenChecked_thenTheSmallPanelsAgree() {
    assertThatCode(Agreement::check).doesNotThrowAnyException();
  }

  @Test
  void whenOneValueDiffers_thenItIsNamed() {
    try (FactorBatch qilin = FactorBatch.alpha158(PANEL, 1)) {
      FactorBlock block = qilin.compute();
      assertThatThrownBy(() -> Agreement.requireEqual(
              block,
              name -> {
                double[] values = columnOf(block, name);
                values[2 * 130 + 129] += name.equals("VSUMD60") ? 1e-6 : 0;
                return values;
              },
              name -> true))
          .isInstanceOfSatisfying(QilinException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.RECORD_MISMATCH);
            assertThat(e).hasMessageContaining("VSUMD60 of instrument 2 on day 129");
          });
    }
  }

  @Test
  void whenAPeerDoesNotKnow_thenItDiffers() {
    try (FactorBatch qilin = FactorBatch.alpha158(PANEL, 1)) {
      FactorBlock block = qilin.compute();
      assertThatThrownBy(() -> Agreement.requireEqual(
              block,
              name -> {
                double[] values = columnOf(block, name);
                values[Agreement.FULL] = Double.NaN;
                return values;
              },
              name -> true))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("KMID of instrument 0 on day 60");
    }
  }

  @Test
  void whenWindowsHaveGaps_thenOnlyThePlacesOfExtremesDiffer() {
    Panel gaps = SplitMixPanel.of(3, 130, SplitMixPanel.SUSPENDED);
    try (FactorBatch qilin = FactorBatch.alpha158(gaps, 1);
        DuckDbAlpha158 duckDb = DuckDbAlpha158.load(gaps, 1)) {
      duckDb.compute();
      FactorBlock block = qilin.compute();
      assertThatCode(() ->
              Agreement.requireEqual(block, duckDb::column, name -> !Alpha158Sql.isPlace(name)))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> Agreement.requireEqual(block, duckDb::column, Alpha158Sql::isPlace))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("IMAX");
    }
  }

  private static double[] columnOf(FactorBlock block, String name) {
    int column = block.names().indexOf(name);
    double[] values = new double[3 * 130];
    for (int i = 0; i < 3; i++) {
      for (int d = 0; d < 130; d++) {
        values[i * 130 + d] = block.value(column, i, d);
      }
    }
    return values;
  }
}
