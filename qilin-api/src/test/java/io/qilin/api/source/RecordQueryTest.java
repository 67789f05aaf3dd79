package io.qilin.api.source;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordQueryTest {
  private static final Symbol A = Symbol.parse("600519.SH");
  private static final Symbol B = Symbol.parse("000001.SZ");
  private static final Instant NOON = Instant.parse("2024-01-02T03:30:00Z");
  private static final Provenance SOURCE = new Provenance("test", "made", true);

  @Test
  void whenARecordWasNotPublicYet_thenItIsNotAccepted() {
    RecordQuery<Tick> query = RecordQuery.of(Tick.class, NOON);
    assertThat(query.accepts(tick(A, NOON.minusSeconds(5), NOON))).isTrue();
    assertThat(query.accepts(tick(A, NOON.minusSeconds(5), NOON.plusNanos(1)))).isFalse();
  }

  @Test
  void whenNarrowed_thenOnlyThoseRecordsAreAccepted() {
    RecordQuery<Tick> query = RecordQuery.of(Tick.class, NOON)
        .between(NOON.minusSeconds(10), NOON.minusSeconds(5))
        .withSymbols(Set.of(A));
    assertThat(query.accepts(tick(A, NOON.minusSeconds(10), NOON))).isTrue();
    assertThat(query.accepts(tick(A, NOON.minusSeconds(5), NOON))).isTrue();
    assertThat(query.accepts(tick(A, NOON.minusSeconds(11), NOON))).isFalse();
    assertThat(query.accepts(tick(A, NOON.minusSeconds(4), NOON))).isFalse();
    assertThat(query.accepts(tick(B, NOON.minusSeconds(7), NOON))).isFalse();
    assertInvalid(() -> query.between(NOON, NOON.minusSeconds(1)))
        .hasMessageContaining("before it begins");
  }

  @Test
  void whenASourceDoesNotServeRecords_thenItSaysWhich() {
    MarketDataSource barsOnly = new MarketDataSource() {
      @Override
      public Bars bars(BarQuery query) {
        throw new AssertionError("not asked for");
      }

      @Override
      public Map<Symbol, io.qilin.api.market.SecurityTimeline> securities() {
        return Map.of();
      }

      @Override
      public void close() {}
    };
    assertThatThrownBy(() -> barsOnly.records(RecordQuery.of(Tick.class, NOON)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining("TICKS");
  }

  @Test
  void whenACapabilityStandsForRecords_thenItIsFoundByTheirType() {
    for (DataCapability capability : DataCapability.values()) {
      capability
          .recordType()
          .ifPresent(type -> assertThat(DataCapability.of(type)).isEqualTo(capability));
    }
    assertThat(DataCapability.DAILY_BARS.recordType()).isEmpty();
  }

  @Test
  void whenATickCannotBe_thenItIsRefused() {
    assertInvalid(() -> tick(A, NOON, NOON.minusSeconds(1))).hasMessageContaining("public before");
    assertInvalid(() -> tick(0, 1, 1)).hasMessageContaining("price");
    assertInvalid(() -> tick(Double.NaN, 1, 1)).hasMessageContaining("price");
    assertInvalid(() -> tick(1, -1, 1)).hasMessageContaining("volume");
    assertInvalid(() -> tick(1, 1, Double.POSITIVE_INFINITY)).hasMessageContaining("amount");
    assertThat(tick(1, 1, Double.NaN).symbol()).contains(A);
  }

  @Test
  void whenAnAnswerIsMade_thenItsRowsAreCopied() {
    List<Tick> rows = new java.util.ArrayList<>(List.of(tick(1, 1, 1)));
    Records<Tick> answer = new Records<>(rows, SOURCE, List.of());
    rows.clear();
    assertThat(answer.rows()).hasSize(1).isUnmodifiable();
  }

  private static Tick tick(Symbol symbol, Instant event, Instant asOf) {
    return new Tick(symbol, event, asOf, SOURCE, 1, 10, 100, 1000, TradingPhase.CONTINUOUS);
  }

  private static Tick tick(double price, double volume, double amount) {
    return new Tick(A, NOON, NOON, SOURCE, 1, price, volume, amount, TradingPhase.CONTINUOUS);
  }
}
