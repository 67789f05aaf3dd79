package io.qilin.api.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOrderIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "Z-9_", "0123456789012345678901234567890123456789012345678901234567890123"})
  void whenItHasTheForm_thenItParsesBack(String text) {
    ClientOrderId id = ClientOrderId.parse(text);
    assertThat(id).hasToString(text);
    assertThat(ClientOrderId.parse(id.toString())).isEqualTo(id).isEqualByComparingTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\n",
        "é",
        "１",
        "a;b",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void whenItHasAnotherForm_thenItIsRefused(String text) {
    assertThatThrownBy(() -> ClientOrderId.parse(text))
        .isInstanceOfSatisfying(QilinException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
          assertThat(e).hasMessageContaining("1 to 64").message().doesNotContain("\n");
        });
  }
}
