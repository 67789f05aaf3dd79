package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, printed and parsed, and limits. */
class DataSizeTest {
  @Property(tries = 300)
  void whenPrinted_thenParsesBack(@ForAll @LongRange(min = 0) long bytes) {
    DataSize size = new DataSize(bytes);
    assertThat(DataSize.parse(size.toString())).isEqualTo(size).isEqualByComparingTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0B",
    "1023,1023B",
    "1024,1KiB",
    "67108864,64MiB",
    "1073741825,1073741825B",
    "1099511627776,1TiB",
    "1125899906842624,1024TiB"
  })
  void whenASizeIsRound_thenItsUnitIsLarge(long bytes, String printed) {
    assertThat(new DataSize(bytes)).hasToString(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "64",
        "64MB",
        "64M",
        "-1B",
        "1.5KiB",
        "01B",
        "64 MiB",
        "64mib",
        "8388608TiB",
        "9999999999999999999B"
      })
  void whenATextIsNoSize_thenItIsRefused(String text) {
    assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenALimitIsNotPositiveOrTooDeep_thenItIsRefused() {
    assertThatThrownBy(() -> new DataSize(-1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ConfigLimits.DEFAULT.withEntries(0))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("entries must be positive, was 0");
    assertThatThrownBy(() -> ConfigLimits.DEFAULT.withDepth(257))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("at most 256");
  }
}
