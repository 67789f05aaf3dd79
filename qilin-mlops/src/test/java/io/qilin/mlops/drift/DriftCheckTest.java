package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.drift.DriftSignal.Kind;
import io.qilin.mlops.drift.DriftSignal.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftCheckTest {
  private final SplittableRandom chance = new SplittableRandom(9);

  private ColumnSample normal(int size, double mean) {
    return ColumnSample.of(chance.doubles(size).map(u -> mean + gauss()).toArray());
  }

  private double gauss() {
    return chance.nextGaussian();
  }

  private static DriftSignal only(DriftCheck check) {
    List<DriftSignal> signals = check.report().signals();
    return signals.get(0);
  }

  @Test
  void whenNothingChanged_thenItIsStable() {
    DriftSignal signal = only(
        new DriftCheck(DriftSettings.DEFAULT).feature("x", normal(5_000, 0), normal(1_000, 0)));
    assertThat(signal.state()).isEqualTo(State.STABLE);
    assertThat(signal.psi()).isLessThan(signal.chancePsi());
  }

  @Test
  void whenAFeatureMoved_thenItHasDrifted() {
    DriftReport report = new DriftCheck(DriftSettings.DEFAULT)
        .feature("moved", normal(5_000, 0), normal(1_000, 0.5))
        .feature("stood", normal(5_000, 0), normal(1_000, 0))
        .report();
    assertThat(report.drifted()).extracting(DriftSignal::name).containsExactly("moved");
    assertThat(report.featuresDrifted()).isEqualTo(1);
    assertThat(report.featuresJudged()).isEqualTo(2);
  }

  @Test
  void whenTheDataIsLarge_thenASmallMoveIsSlight() {
    DriftSignal signal = only(new DriftCheck(DriftSettings.DEFAULT)
        .feature("x", normal(200_000, 0), normal(200_000, 0.04)));
    assertThat(signal.adjusted()).isLessThan(0.001);
    assertThat(signal.psi()).isLessThan(0.01);
    assertThat(signal.state()).isEqualTo(State.SLIGHT);
  }

  @Test
  void whenTheDataIsSmall_thenALargeIndexByChanceIsNoDrift() {
    DriftSettings settings = DriftSettings.builder().leastSample(20).build();
    int drifted = 0;
    int above = 0;
    for (int run = 0; run < 100; run++) {
      DriftSignal signal =
          only(new DriftCheck(settings).feature("x", normal(40, 0), normal(40, 0)));
      drifted += signal.drifted() ? 1 : 0;
      above += signal.psi() > 0.25 ? 1 : 0;
    }
    // The rule of thumb calls most of them drift.
    assertThat(above).isGreaterThan(30);
    assertThat(drifted).isLessThan(12);
  }

  @Test
  void whenValuesGoMissing_thenThatIsASignalOfItsOwn() {
    double[] before = chance.doubles(1_000).map(u -> u < 0.1 ? Double.NaN : u).toArray();
    double[] after = chance.doubles(500).map(u -> u < 0.4 ? Double.NaN : u).toArray();
    DriftReport report = new DriftCheck(DriftSettings.DEFAULT)
        .feature("x", ColumnSample.of(before), ColumnSample.of(after))
        .report();
    assertThat(report.signals())
        .extracting(DriftSignal::kind)
        .containsExactly(Kind.FEATURE, Kind.MISSING);
    DriftSignal missing = report.signals().get(1);
    assertThat(missing.drifted()).isTrue();
    assertThat(missing.distance()).isCloseTo(0.3, within(0.06));
    assertThat(report.featuresDrifted()).isEqualTo(1);
  }

  /** scipy: two-sided normal test of 100 of 1,000 beside 70 of 500, pooled. */
  @Test
  void whenSharesAreCompared_thenThePValueIsScipys() {
    double[] before = new double[1_000];
    double[] after = new double[500];
    Arrays.fill(before, 0, 100, Double.NaN);
    Arrays.fill(after, 0, 70, Double.NaN);
    DriftReport report = new DriftCheck(DriftSettings.DEFAULT)
        .feature("x", ColumnSample.of(before), ColumnSample.of(after))
        .report();
    assertThat(report.signals().get(1).pValue()).isCloseTo(0.021235193550194202, within(1e-12));
  }

  @Test
  void whenAllValuesAreMissing_thenOnlyTheShareIsJudged() {
    double[] none = new double[500];
    Arrays.fill(none, Double.NaN);
    DriftReport report = new DriftCheck(DriftSettings.DEFAULT)
        .feature("x", normal(1_000, 0), ColumnSample.of(none))
        .report();
    assertThat(report.signals())
        .extracting(DriftSignal::state)
        .containsExactly(State.TOO_FEW, State.DRIFTED);
  }

  @Test
  void whenAConstantMoves_thenItHasDrifted() {
    double[] ones = new double[500];
    double[] twos = new double[500];
    Arrays.fill(ones, 1);
    Arrays.fill(twos, 2);
    DriftCheck check = new DriftCheck(DriftSettings.DEFAULT)
        .feature("moved", ColumnSample.of(ones), ColumnSample.of(twos))
        .feature("stood", ColumnSample.of(ones), ColumnSample.of(ones));
    assertThat(check.report().drifted()).extracting(DriftSignal::name).containsExactly("moved");
  }

  @Test
  void whenCategoriesShift_thenCramersVIsTheEffect() {
    DriftReport report = new DriftCheck(DriftSettings.DEFAULT)
        .categories(
            "industry",
            new CategoryCounts(Map.of("bank", 500L, "steel", 500L)),
            new CategoryCounts(Map.of("bank", 200L, "steel", 500L, "new", 100L)))
        .report();
    assertThat(report.signals().get(0).state()).isEqualTo(State.DRIFTED);
    assertThat(report.signals().get(0).distance()).isGreaterThan(0.2);
  }

  @Test
  void whenTheLabelMoves_thenItIsTold() {
    DriftReport report = new DriftCheck(DriftSettings.DEFAULT)
        .label("ret", normal(1_000, 0), normal(1_000, 1))
        .report();
    assertThat(report.labelDrifted()).isTrue();
    assertThat(report.featuresDrifted()).isZero();
    assertThat(report.json()).contains("\"kind\": \"label\"").contains("\"state\": \"drifted\"");
  }

  @Test
  void whenThereAreTooFew_thenNothingIsJudged() {
    DriftReport report = new DriftCheck(DriftSettings.DEFAULT)
        .feature("x", normal(1_000, 0), normal(199, 3))
        .categories("c", new CategoryCounts(Map.of()), new CategoryCounts(Map.of()))
        .report();
    assertThat(report.signals())
        .extracting(DriftSignal::state)
        .containsExactly(State.TOO_FEW, State.TOO_FEW, State.TOO_FEW);
    assertThat(new DriftCheck(DriftSettings.DEFAULT).report().signals()).isEmpty();
  }

  @Test
  void whenAColumnComesTwice_thenItIsRefused() {
    DriftCheck check = new DriftCheck(DriftSettings.DEFAULT).label("x", normal(9, 0), normal(9, 0));
    assertThatThrownBy(() -> check.feature("x", normal(9, 0), normal(9, 0)))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new CategoryCounts(Map.of("a", -1L)))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> DriftSettings.builder().falseAlarms(0).build())
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> DriftSettings.builder().bins(1).build())
        .isInstanceOf(QilinException.class);
  }
}
