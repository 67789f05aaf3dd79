package io.qilin.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableScanTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 2);

  @Test
  void whenAScanIsNarrowed_thenTheFirstStaysAsItWas() {
    TableFilter days = new TableFilter.Days("date", FIRST, FIRST.plusDays(1));
    TableFilter texts = new TableFilter.Texts("instrument", Set.of("b", "a"));
    TableScan scan = TableScan.ALL.withColumns(List.of("close")).where(days).where(texts);
    assertThat(scan.columns()).containsExactly("close");
    assertThat(scan.filters()).containsExactly(days, texts);
    assertThat(scan.limits()).isEqualTo(TableLimits.DEFAULT);
    assertThat(TableScan.ALL.filters()).isEmpty();
    assertThat(texts.column()).isEqualTo("instrument");
  }

  @Test
  void whenDaysEndBeforeTheyBegin_thenTheyAreRefused() {
    assertThatThrownBy(() -> new TableFilter.Days("date", FIRST, FIRST.minusDays(1)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("before they begin");
  }

  @Test
  void whenALimitLeavesNoRoom_thenItIsRefused() {
    assertThatThrownBy(() -> new TableLimits(1, 1, 1, 1, 1, 0, 1))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("at least 1");
  }

  @Test
  void whenNoFormatFits_thenTheKnownEndsAreNamed() {
    assertThatThrownBy(() -> TableFormats.discover().of(Path.of("bars.xlsx")))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("bars.xlsx")
        .hasMessageContaining("known ends");
  }
}
