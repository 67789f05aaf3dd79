package io.qilin.api.source;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BarQueryTest {
  private static final Symbol A = Symbol.parse("600519.SH");
  private static final Symbol B = Symbol.parse("000001.SZ");
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 2);
  private static final LocalDate LAST = LocalDate.of(2024, 1, 31);

  @Test
  void whenAllIsAsked_thenEveryRowIsAccepted() {
    assertThat(BarQuery.ALL.accepts(A, LocalDate.MIN)).isTrue();
    assertThat(BarQuery.ALL.accepts(B, LocalDate.MAX)).isTrue();
  }

  @Test
  void whenNarrowed_thenOnlyThoseRowsAreAccepted() {
    BarQuery query = BarQuery.ALL.between(FIRST, LAST).withSymbols(Set.of(A));
    assertThat(query.accepts(A, FIRST)).isTrue();
    assertThat(query.accepts(A, LAST)).isTrue();
    assertThat(query.accepts(A, FIRST.minusDays(1))).isFalse();
    assertThat(query.accepts(A, LAST.plusDays(1))).isFalse();
    assertThat(query.accepts(B, FIRST)).isFalse();
    assertThat(query).isEqualTo(BarQuery.ALL.withSymbols(Set.of(A)).between(FIRST, LAST));
  }

  @Test
  void whenTheMomentIsGiven_thenTheLastDayIsTheLastThatIsAccepted() {
    for (Symbol symbol : List.of(A, B, Symbol.other("MSFT"))) {
      for (LocalDate day : List.of(FIRST, LAST, LocalDate.of(1991, 7, 1))) {
        Instant open = BarQuery.publicAt(symbol, day);
        assertThat(BarQuery.ALL.knownAt(open).lastDay(symbol)).contains(day);
        assertThat(BarQuery.ALL.knownAt(open.minusNanos(1)).lastDay(symbol))
            .contains(day.minusDays(1));
        assertThat(BarQuery.ALL.knownAt(open).accepts(symbol, day)).isTrue();
        assertThat(BarQuery.ALL.knownAt(open.minusNanos(1)).accepts(symbol, day))
            .isFalse();
        assertThat(
                BarQuery.ALL.between(FIRST.minusYears(90), FIRST).knownAt(open).lastDay(symbol))
            .contains(day.isBefore(FIRST) ? day : FIRST);
      }
      assertThat(BarQuery.ALL.lastDay(symbol)).isEmpty();
      assertThat(BarQuery.ALL.between(FIRST, LAST).lastDay(symbol)).contains(LAST);
      assertThat(BarQuery.ALL.knownAt(Instant.MAX).lastDay(symbol).orElseThrow())
          .isAfter(LAST);
      assertThat(BarQuery.ALL.knownAt(Instant.MIN).lastDay(symbol).orElseThrow())
          .isBefore(FIRST);
    }
  }

  @Test
  void whenTheSetIsChangedOutside_thenTheQueryIsNot() {
    Set<Symbol> wanted = new HashSet<>(Set.of(A, B));
    BarQuery query = BarQuery.ALL.withSymbols(wanted);
    wanted.clear();
    assertThat(query.symbols()).containsExactly(B, A).isUnmodifiable();
  }

  @Test
  void whenItEndsBeforeItBegins_thenItIsRefused() {
    assertInvalid(() -> BarQuery.ALL.between(LAST, FIRST))
        .hasMessageContaining("ends on 2024-01-02, before it begins on 2024-01-31");
    assertThat(BarQuery.ALL.between(FIRST, FIRST).accepts(A, FIRST)).isTrue();
  }

  @Test
  void whenAPartIsNull_thenThatIsTheError() {
    assertThatNullPointerException()
        .isThrownBy(() -> new BarQuery(Set.of(), null, Optional.empty(), Optional.empty()))
        .withMessage("from");
    assertThatNullPointerException()
        .isThrownBy(() -> new BarQuery(Set.of(), Optional.empty(), null, Optional.empty()))
        .withMessage("to");
    assertThatNullPointerException().isThrownBy(() -> BarQuery.ALL.withSymbols(null));
  }

  @Test
  void whenBarsAreMade_thenTheyTellWhereTheyComeFrom() {
    Panel panel = Panel.builder(List.of(FIRST), Adjustment.RAW)
        .column(A, Field.CLOSE, 0, new double[1])
        .build();
    Provenance made = new Provenance("demo", "seed 7", true);
    Bars bars = new Bars(panel, made, 1, List.of());
    assertThat(bars.findings()).isUnmodifiable();
    assertThat(made).hasToString("demo:seed 7 (synthetic)");
    assertThat(new Provenance("csv", "a.csv", false)).hasToString("csv:a.csv");
    assertInvalid(() -> new Bars(panel, made, -1, List.of())).hasMessageContaining("-1");
  }

  @Test
  void whenAProviderSaysNothing_thenItsPriorityIsZero() {
    MarketDataProvider provider = new MarketDataProvider() {
      @Override
      public String id() {
        return "none";
      }

      @Override
      public Set<DataCapability> capabilities() {
        return Set.of(DataCapability.DAILY_BARS);
      }

      @Override
      public MarketDataSource open(java.util.Map<String, String> settings) {
        throw new AssertionError("not opened here");
      }
    };
    assertThat(provider.priority()).isZero();
  }
}
