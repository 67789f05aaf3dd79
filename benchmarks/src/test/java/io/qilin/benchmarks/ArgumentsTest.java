package io.qilin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static final Map<String, String> DEFAULTS = Map.of("size", "64x260", "runs", "5");

  @Test
  void whenGiven_thenTheValueHoldsAndElseTheDefault() {
    Arguments arguments = Arguments.parse(List.of("--runs", "7"), DEFAULTS);
    assertThat(arguments.count("runs", 1)).isEqualTo(7);
    assertThat(Size.parse(arguments.text("size"))).isEqualTo(new Size(64, 260));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rnus 7", "--runs", "--runs 0", "--runs many"})
  void whenWrong_thenTheArgumentIsNamed(String line) {
    assertThatThrownBy(() -> Arguments.parse(List.of(line.split(" ")), DEFAULTS).count("runs", 1))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("--r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "64x", "x260", "0x5", "64X260", "-1x5", "99999999x1", ""})
  void whenASizeIsWrong_thenTheFormIsShown(String text) {
    assertThatThrownBy(() -> Size.parse(text))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("512x1024");
  }

  @Test
  void whenASizeIsPrinted_thenItParsesBack() {
    Size size = new Size(4096, 256);
    assertThat(Size.parse(size.toString())).isEqualTo(size);
    assertThat(size.cells()).isEqualTo(1_048_576);
  }
}
