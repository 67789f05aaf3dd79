package io.qilin.api.factor;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000", "\u0085"})
  void whenTheNameIsUnusable_thenItIsRefused(String name) {
    assertInvalid(() -> new Factor(name, "$close")).hasMessageContaining("1 to 128");
    assertInvalid(() -> new Label(name, "$close"));
  }

  @Test
  void whenTheNameIsLong_thenOneHundredTwentyEightIsTheLimit() {
    assertThat(new Factor("x".repeat(128), "$close").name()).hasSize(128);
    assertInvalid(() -> new Factor("x".repeat(129), "$close"));
  }

  @Test
  void whenTheExpressionIsNull_thenThatIsTheError() {
    assertThatNullPointerException().isThrownBy(() -> new Factor("a", null));
    assertThatNullPointerException().isThrownBy(() -> new Label("a", null));
    assertThatNullPointerException().isThrownBy(() -> new Factor(null, "$close"));
  }

  @Test
  void whenASetIsMade_thenItKeepsTheOrder() {
    FactorSet set = FactorSet.of("two", new Factor("b", "$close"), new Factor("a", "$open"));
    assertThat(set.names()).containsExactly("b", "a");
    assertThat(set.factors()).isUnmodifiable();
  }

  @Test
  void whenASetIsEmptyOrAmbiguous_thenItIsRefused() {
    assertInvalid(() -> new FactorSet("none", List.of()));
    assertInvalid(() -> FactorSet.of("two", new Factor("a", "$close"), new Factor("a", "$open")))
        .hasMessageContaining("two factors are named 'a'");
  }

  @Test
  void whenTheDefaultLabelIsUsed_thenItIsTheReturnAfterTomorrow() {
    assertThat(Label.NEXT_DAY_RETURN.expression()).isEqualTo("Ref($close,-2)/Ref($close,-1)-1");
  }
}
