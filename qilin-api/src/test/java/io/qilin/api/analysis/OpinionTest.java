package io.qilin.api.analysis;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpinionTest {
  private static final Symbol SYMBOL = Symbol.parse("600519.SH");
  private static final ScoreComponent COMPONENT =
      new ScoreComponent("momentum-20d", 0.1, "fraction", 0.7, 1, "bars");

  private static Opinion.Scored scored(double score, double confidence, double coverage) {
    return new Opinion.Scored(
        "market", SYMBOL, score, confidence, coverage, List.of(COMPONENT), List.of(), List.of());
  }

  private static Opinion.Abstained abstained(double coverage) {
    return new Opinion.Abstained(
        "market", SYMBOL, "too little data", coverage, List.of(), List.of(), List.of());
  }

  @Test
  void whenFolded_thenEachCaseGivesItsAnswer() {
    Opinion yes = scored(0.5, 0.9, 1);
    Opinion no = abstained(0.2);
    assertThat(yes.<Double>fold(Opinion.Scored::score, abstained -> Double.NaN)).isEqualTo(0.5);
    assertThat(no.<String>fold(s -> "", Opinion.Abstained::reason)).isEqualTo("too little data");
  }

  @ParameterizedTest
  @CsvSource({
    "-1.0001,0,0",
    "1.0001,0,0",
    "NaN,0,0",
    "0,-0.1,0",
    "0,1.1,0",
    "0,NaN,0",
    "0,0,-0.1",
    "0,0,1.1",
    "0,0,NaN"
  })
  void whenANumberIsOutOfRange_thenTheOpinionIsRefused(
      double score, double confidence, double coverage) {
    assertInvalid(() -> scored(score, confidence, coverage)).hasMessageContaining("in [");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void whenTheCoverageIsOutOfRange_thenTheAbstentionIsRefused(double coverage) {
    assertInvalid(() -> abstained(coverage)).hasMessageContaining("coverage");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "0,0.5", "-1,0.01", "-0.98,0.01", "0.5,0.75"})
  void whenShownInTheOldForm_thenItIsBetweenOneHundredthAndOne(double score, double expected) {
    assertThat(scored(score, 1, 1).score01()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void whenAListIsChangedOutside_thenTheOpinionIsNot() {
    List<String> flags = new ArrayList<>(List.of("UNBUYABLE"));
    Opinion opinion = new Opinion.Scored("a", SYMBOL, 0, 0, 0, List.of(), flags, List.of("w"));
    flags.clear();
    assertThat(opinion.flags()).containsExactly("UNBUYABLE");
    assertThat(opinion.warnings()).containsExactly("w");
  }

  @ParameterizedTest
  @CsvSource({"0,0.5", "-0.1,0.5", "1.1,0.5", "NaN,0.5", "0.5,-0.1", "0.5,1.1", "0.5,Infinity"})
  void whenAComponentIsOutOfRange_thenItIsRefused(double weight, double normalised) {
    assertInvalid(() -> new ScoreComponent("x", 1, "1", normalised, weight, "bars"));
  }

  @Test
  void whenAComponentHasNoData_thenItIsNotKnown() {
    assertThat(COMPONENT.known()).isTrue();
    assertThat(new ScoreComponent("x", Double.NaN, "1", Double.NaN, 0.5, "news").known())
        .isFalse();
  }
}
