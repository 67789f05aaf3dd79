package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeatureSetsTest {
  @Test
  void whenAlpha158_thenNamesExpressionsAndOrderAreQlibs() {
    assertThat(Alpha158.factors().factors())
        .isEqualTo(listed(GoldenFiles.own("mini/alpha158_features.tsv")))
        .hasSize(158);
  }

  @Test
  void whenAlpha360_thenNamesExpressionsAndOrderAreQlibs() {
    assertThat(Alpha360.factors().factors())
        .isEqualTo(listed(SharedFiles.golden("alpha360_features.tsv")));
  }

  @Test
  void whenAlpha360_thenSixtyDaysOfSixFieldsOldestFirst() {
    assertThat(Alpha360.factors().factors())
        .hasSize(360)
        .startsWith(new Factor("CLOSE59", "Ref($close, 59)/$close"))
        .contains(new Factor("VWAP0", "$vwap/$close"))
        .endsWith(new Factor("VOLUME0", "$volume/($volume+1e-12)"));
  }

  @Test
  void whenGeneratorIsNarrowed_thenOnlyTheWantedAreMade() {
    FactorSet set = Alpha158.builder()
        .kbar(false)
        .price(List.of(0, 2), List.of(Field.OPEN))
        .volume(List.of(1))
        .rolling(List.of(7))
        .include(Set.of(Alpha158Family.LOW, Alpha158Family.MA, Alpha158Family.IMAX))
        .exclude(Set.of(Alpha158Family.MA))
        .build();

    assertThat(set.factors())
        .containsExactly(
            new Factor("OPEN0", "$open/$close"),
            new Factor("OPEN2", "Ref($open, 2)/$close"),
            new Factor("VOLUME1", "Ref($volume, 1)/($volume+1e-12)"),
            new Factor("MIN7", "Min($low, 7)/$close"),
            new Factor("IMAX7", "IdxMax($high, 7)/7"));
  }

  @Test
  void whenGeneratorGetsAnImpossibleWindow_thenRefused() {
    assertThatThrownBy(() -> Alpha158.builder().rolling(List.of(5, 0)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> Alpha158.builder().rolling(List.of(5, 5)).build())
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("two factors are named");
  }

  private static List<Factor> listed(Path features) {
    return GoldenFiles.table(features, "\t").stream()
        .skip(1)
        .map(line -> new Factor(line[0], line[1]))
        .toList();
  }
}
