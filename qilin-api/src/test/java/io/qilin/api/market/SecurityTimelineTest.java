package io.qilin.api.market;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SecurityTimelineTest {
  private static final Symbol SYMBOL = Symbol.parse("600896.SH");
  private static final LocalDate LISTED = LocalDate.of(1996, 10, 3);
  private static final LocalDate WARNED = LocalDate.of(2021, 4, 30);
  private static final LocalDate LEFT = LocalDate.of(2022, 7, 1);

  private static SecurityStatus status(LocalDate from, String name, RiskWarning warning) {
    return new SecurityStatus(
        SYMBOL, from, Board.SSE_MAIN, name, warning, Optional.of(LISTED), OptionalLong.of(1_000));
  }

  private static final SecurityTimeline TIMELINE = SecurityTimeline.of(List.of(
      status(LEFT, "退市海医", RiskWarning.DELISTING),
      status(LISTED, "中海海盛", RiskWarning.NONE),
      status(WARNED, "*ST海医", RiskWarning.STAR_ST)));

  @Test
  void whenBuiltFromPartsInAnyOrder_thenTheOldestComesFirst() {
    assertThat(TIMELINE.symbol()).isEqualTo(SYMBOL);
    assertThat(TIMELINE.statuses())
        .extracting(SecurityStatus::from)
        .containsExactly(LISTED, WARNED, LEFT);
    assertThat(TIMELINE.statuses()).isUnmodifiable();
  }

  @Test
  void whenAskedForADay_thenTheStatusInForceAnswers() {
    assertThat(TIMELINE.on(LISTED.minusDays(1))).isEmpty();
    assertThat(TIMELINE.on(LISTED).orElseThrow().riskWarning()).isEqualTo(RiskWarning.NONE);
    assertThat(TIMELINE.on(WARNED.minusDays(1)).orElseThrow().name()).isEqualTo("中海海盛");
    assertThat(TIMELINE.on(WARNED).orElseThrow().name()).isEqualTo("*ST海医");
    assertThat(TIMELINE.on(LEFT.plusYears(9)).orElseThrow().riskWarning())
        .isEqualTo(RiskWarning.DELISTING);
  }

  @Test
  void whenCutAtADay_thenLaterStatusesAreUnknown() {
    assertThat(TIMELINE.until(LISTED.minusDays(1))).isEmpty();
    assertThat(TIMELINE.until(WARNED).orElseThrow().statuses()).hasSize(2);
    assertThat(TIMELINE.until(LEFT).orElseThrow().statuses()).isEqualTo(TIMELINE.statuses());
  }

  @Test
  void whenThePartsDoNotFit_thenTheyAreRefused() {
    assertInvalid(() -> SecurityTimeline.of(List.of()));
    assertInvalid(() -> SecurityTimeline.of(
            List.of(status(LISTED, "a", RiskWarning.NONE), status(LISTED, "b", RiskWarning.ST))))
        .hasMessageContaining("two statuses of 600896.SH begin on 1996-10-03");
    SecurityStatus other = new SecurityStatus(
        Symbol.parse("600519.SH"),
        WARNED,
        Board.SSE_MAIN,
        "c",
        RiskWarning.NONE,
        Optional.empty(),
        OptionalLong.empty());
    assertInvalid(() -> SecurityTimeline.of(List.of(status(LISTED, "a", RiskWarning.NONE), other)))
        .hasMessageContaining("600896.SH and 600519.SH");
  }

  @Test
  void whenAStatusIsImpossible_thenItIsRefused() {
    assertInvalid(() -> new SecurityStatus(
            SYMBOL,
            LISTED,
            Board.CHINEXT,
            "a",
            RiskWarning.NONE,
            Optional.empty(),
            OptionalLong.empty()))
        .hasMessageContaining("600896.SH cannot be on board CHINEXT");
    assertInvalid(() -> new SecurityStatus(
        SYMBOL,
        LISTED,
        Board.SSE_MAIN,
        "a",
        RiskWarning.NONE,
        Optional.empty(),
        OptionalLong.of(0)));
    assertThatNullPointerException().isThrownBy(() -> TIMELINE.on(null));
  }
}
