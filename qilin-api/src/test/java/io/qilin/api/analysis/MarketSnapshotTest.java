package io.qilin.api.analysis;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MarketSnapshotTest {
  private static final Symbol A = Symbol.parse("600519.SH");
  private static final Symbol B = Symbol.parse("600000.SH");
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 8);
  private static final LocalDate TUESDAY = LocalDate.of(2024, 1, 9);
  private static final Provenance SOURCE = new Provenance("test", "made", true);

  private static Panel panel(Adjustment adjustment, Symbol symbol, LocalDate... days) {
    return Panel.builder(List.of(days), adjustment)
        .column(symbol, Field.CLOSE, 0, new double[days.length])
        .build();
  }

  private static final Panel RAW = panel(Adjustment.RAW, A, MONDAY, TUESDAY);
  private static final Panel ADJUSTED = panel(Adjustment.BACKWARD, A, MONDAY, TUESDAY);

  private static SecurityTimeline timeline(LocalDate... from) {
    return SecurityTimeline.of(java.util.Arrays.stream(from)
        .map(day -> new SecurityStatus(
            A,
            day,
            Board.SSE_MAIN,
            "贵州茅台",
            RiskWarning.NONE,
            Optional.empty(),
            OptionalLong.empty()))
        .toList());
  }

  private static MarketSnapshot snapshot(
      LocalDate day,
      Panel raw,
      Panel adjusted,
      Map<Symbol, SecurityTimeline> securities,
      Optional<FactorTable> factors) {
    return new MarketSnapshot(day, raw, adjusted, securities, SOURCE, Optional.empty(), factors);
  }

  private static MarketSnapshot of(Panel raw, Panel adjusted) {
    return snapshot(TUESDAY, raw, adjusted, Map.of(), Optional.empty());
  }

  private static Optional<FactorTable> factors(int fromDay, int toDay) {
    return Optional.of(FactorTable.writer(List.of("F"), RAW, fromDay, toDay).build());
  }

  @Test
  void whenEverythingEndsOnTheDay_thenTheSnapshotStands() {
    MarketSnapshot snapshot =
        snapshot(TUESDAY, RAW, ADJUSTED, Map.of(A, timeline(MONDAY, TUESDAY)), factors(0, 2));
    assertThat(snapshot.securities()).containsOnlyKeys(A).isUnmodifiable();
    assertThat(snapshot.raw().lastDay()).isEqualTo(snapshot.day());
  }

  @Test
  void whenRawIsNotRaw_thenItIsRefused() {
    assertInvalid(() -> of(ADJUSTED, ADJUSTED)).hasMessageContaining("raw must hold raw prices");
  }

  @Test
  void whenAPanelEndsOnAnotherDay_thenItIsRefused() {
    assertInvalid(() -> of(RAW.until(MONDAY), ADJUSTED))
        .hasMessageContaining("must end on 2024-01-09");
    assertInvalid(() -> of(RAW, ADJUSTED.until(MONDAY)));
    assertInvalid(() -> snapshot(MONDAY, RAW, ADJUSTED, Map.of(), Optional.empty()));
  }

  @Test
  void whenThePanelsDoNotMatch_thenTheyAreRefused() {
    assertInvalid(() -> of(RAW, panel(Adjustment.BACKWARD, B, MONDAY, TUESDAY)))
        .hasMessageContaining("same instruments and days");
    assertInvalid(() -> of(RAW, panel(Adjustment.BACKWARD, A, TUESDAY)));
  }

  @Test
  void whenATimelineKnowsTomorrow_thenItIsRefused() {
    Map<Symbol, SecurityTimeline> early = Map.of(A, timeline(MONDAY, TUESDAY.plusDays(1)));
    assertInvalid(() -> snapshot(TUESDAY, RAW, ADJUSTED, early, Optional.empty()))
        .hasMessageContaining("the timeline of 600519.SH knows more than 2024-01-09");
  }

  @Test
  void whenATimelineStandsUnderAnotherSymbol_thenItIsRefused() {
    assertInvalid(
            () -> snapshot(TUESDAY, RAW, ADJUSTED, Map.of(B, timeline(MONDAY)), Optional.empty()))
        .hasMessageContaining("600519.SH is filed under 600000.SH");
  }

  @Test
  void whenFactorsEndOnAnotherDay_thenTheyAreRefused() {
    assertInvalid(() -> snapshot(TUESDAY, RAW, ADJUSTED, Map.of(), factors(0, 1)))
        .hasMessageContaining("must end on 2024-01-09, but end on 2024-01-08");
    assertInvalid(() -> snapshot(TUESDAY, RAW, ADJUSTED, Map.of(), factors(1, 1)))
        .hasMessageContaining("but end on no day");
  }

  @Test
  void whenAPartIsNull_thenThatIsTheError() {
    assertThatNullPointerException().isThrownBy(() -> of(null, ADJUSTED));
    assertThatNullPointerException().isThrownBy(() -> of(RAW, null));
    assertThatNullPointerException()
        .isThrownBy(() -> snapshot(null, RAW, ADJUSTED, Map.of(), Optional.empty()));
    assertThatNullPointerException()
        .isThrownBy(() -> snapshot(TUESDAY, RAW, ADJUSTED, null, Optional.empty()));
    assertThatNullPointerException()
        .isThrownBy(() -> snapshot(TUESDAY, RAW, ADJUSTED, Map.of(), null));
  }
}
