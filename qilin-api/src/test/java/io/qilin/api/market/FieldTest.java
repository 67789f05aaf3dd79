package io.qilin.api.market;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {
  @Test
  void whenWrittenInCapitals_thenItIsTheSameField() {
    assertThat(Field.of("CLOSE")).isEqualTo(Field.CLOSE).hasToString("$close");
    assertThat(Field.of("Pre_Close").name()).isEqualTo("pre_close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "_", "close_2", "市盈率", "北向资金（亿）", "市值：总"})
  void whenQlibAllowsIt_thenItIsAField(String name) {
    assertThat(Field.of(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "$close", "a b", "a-b", "a.b", "é", "İ", "a\n", "🐉"})
  void whenItIsNoName_thenItIsRefused(String name) {
    assertInvalid(() -> Field.of(name)).hasMessageContaining("1 to 64");
  }

  @Test
  void whenItIsLong_thenSixtyFourIsTheLimit() {
    assertThat(Field.of("x".repeat(64)).name()).hasSize(64);
    assertInvalid(() -> Field.of("x".repeat(65)));
  }

  @Test
  void whenItIsAPrice_thenItCarriesTheAdjustment() {
    assertThat(new Field[] {Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VWAP})
        .allMatch(Field::isPrice);
    assertThat(new Field[] {Field.VOLUME, Field.AMOUNT, Field.FACTOR, Field.PRE_CLOSE})
        .noneMatch(Field::isPrice);
  }

  @Test
  void whenSorted_thenByName() {
    assertThat(Field.CLOSE).isLessThan(Field.OPEN);
  }
}
