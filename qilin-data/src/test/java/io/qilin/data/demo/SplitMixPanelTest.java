package io.qilin.data.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checksums are those that generators in other languages gave for the same recipe. */
class SplitMixPanelTest {
  @ParameterizedTest
  @CsvSource({
    "512, 1024, 0, open, 1ccf6be32e421855",
    "512, 1024, 0, high, 608b350e188e6967",
    "512, 1024, 0, low, b7de9b77aa65dbc7",
    "512, 1024, 0, close, 6bf8f66791c01bd8",
    "512, 1024, 0, volume, 01d8d8628d717aaa",
    "512, 1024, 0, vwap, 43ba6dc353de46ca",
    "512, 1024, 0.02, close, 88a0ee6c83f3888c",
    "512, 1024, 0.02, volume, 6c6644db4e7afcbc",
    "64, 260, 0, close, 2fa5b8fcb0db4a7e"
  })
  void whenMade_thenItsBitsAreThoseOfOtherLanguages(
      int instruments, int days, double suspended, String field, String checksum) {
    Panel panel = SplitMixPanel.of(instruments, days, suspended);
    assertThat(String.format("%016x", SplitMixPanel.checksum(panel, Field.of(field))))
        .isEqualTo(checksum);
  }

  @Test
  void whenThereAreMany_thenInstrumentsStandInTheOrderOfTheirNumbers() {
    Panel many = SplitMixPanel.dense(1_200, 2);
    assertThat(many.symbols()).hasSize(1_200);
    assertThat(many.symbols().get(0)).isEqualTo(Symbol.other("P000000"));
    assertThat(many.symbols().get(999)).isEqualTo(Symbol.other("P000999"));
    assertThat(many.symbols().get(1_199)).isEqualTo(Symbol.other("P001199"));
  }

  @Test
  void whenARowIsSuspended_thenAllOfItIsNotKnownAndThePriceGoesOn() {
    Panel dense = SplitMixPanel.dense(4, 500);
    Panel gaps = SplitMixPanel.of(4, 500, SplitMixPanel.SUSPENDED);
    int missing = 0;
    for (int day = 0; day < 500; day++) {
      boolean suspended = Double.isNaN(gaps.value(Field.CLOSE, 2, day));
      missing += suspended ? 1 : 0;
      for (Field field : dense.fields()) {
        assertThat(gaps.value(field, 2, day))
            .isEqualTo(Double.valueOf(suspended ? Double.NaN : dense.value(field, 2, day)));
      }
    }
    assertThat(missing).isBetween(1, 30);
    assertThat(gaps.firstRow(2)).isZero();
    assertThat(gaps.endRow(2)).isEqualTo(500);
  }

  @Test
  void whenWide_thenTheSixFieldsAreTheSameAndTheOthersFollow() {
    Panel narrow = SplitMixPanel.of(64, 40, SplitMixPanel.SUSPENDED);
    Panel wide = SplitMixPanel.wide(64, 40, SplitMixPanel.SUSPENDED);
    for (Field field : narrow.fields()) {
      assertThat(SplitMixPanel.checksum(wide, field))
          .isEqualTo(SplitMixPanel.checksum(narrow, field));
    }
    assertThat(wide.fields()).hasSize(11);
    for (int day = 0; day < 40; day++) {
      assertThat(wide.value(Field.AMOUNT, 63, day))
          .isEqualTo(
              Double.valueOf(wide.value(Field.VOLUME, 63, day) * wide.value(Field.VWAP, 63, day)));
      assertThat(wide.value(Field.of("subindustry"), 63, day)).isEqualTo(3);
      assertThat(wide.value(Field.of("cap"), 63, day) > 0)
          .isEqualTo(!Double.isNaN(wide.value(Field.CLOSE, 63, day)));
    }
    assertThat(wide.value(Field.of("sector"), 12, 0)).isEqualTo(2);
    assertThat(wide.value(Field.of("industry"), 42, 0)).isEqualTo(12);
  }

  @Test
  void whenAllRowsAreSuspended_thenNothingIsKnown() {
    Panel panel = SplitMixPanel.of(2, 30, 1);
    assertThat(panel.values(Field.VOLUME, 1)).containsOnly(Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 0", "5, 0, 0", "1000001, 1, 0", "5, 5, -0.1", "5, 5, 1.1", "5, 5, NaN"})
  void whenTheSizeMakesNoSense_thenItIsRefused(int instruments, int days, double suspended) {
    assertThatThrownBy(() -> SplitMixPanel.of(instruments, days, suspended))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenItWouldNotFit_thenItIsRefusedBeforeAnythingIsMade() {
    assertThatThrownBy(() -> SplitMixPanel.dense(1_000_000, 3_000))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void whenAFieldIsMissing_thenItHasNoChecksum() {
    Panel panel = SplitMixPanel.dense(1, 1);
    assertThatThrownBy(() -> SplitMixPanel.checksum(panel, Field.AMOUNT))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }
}
