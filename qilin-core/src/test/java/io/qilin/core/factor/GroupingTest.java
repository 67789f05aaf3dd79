package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class GroupingTest {
  private static final Symbol BANK = Symbol.parse("600000.SH");
  private static final Symbol OTHER_BANK = Symbol.parse("600036.SH");
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 2);
  private static final LocalDate SECOND = LocalDate.of(2024, 1, 3);

  private final Panel panel = Panels.table(Adjustment.RAW, """
      day        symbol    industry
      2024-01-02 600000.SH 0
      2024-01-03 600000.SH -
      2024-01-02 600036.SH -0.0
      2024-01-03 600036.SH 7
      """);
  private final Grouping groups = Grouping.byField(panel, Field.of("industry"));

  @Test
  void whenCodesAreEqual_thenTheGroupIsOne() {
    assertThat(groups.group(BANK, FIRST)).isPresent().isEqualTo(groups.group(OTHER_BANK, FIRST));
    assertThat(groups.group(OTHER_BANK, SECOND))
        .isPresent()
        .isNotEqualTo(groups.group(OTHER_BANK, FIRST));
  }

  @Test
  void whenNoCodeIsKnown_thenThereIsNoGroup() {
    assertThat(groups.group(BANK, SECOND)).isEmpty();
    assertThat(groups.group(BANK, SECOND.plusDays(1))).isEmpty();
    assertThat(groups.group(Panels.SYMBOL, FIRST)).isEmpty();
  }

  @Test
  void whenThePanelLacksTheField_thenItSaysWhichThereIs() {
    assertThatThrownBy(() -> Grouping.byField(panel, Field.of("industri")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("did you mean $industry?");
  }
}
