package io.qilin.api.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketBreadth;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.SealTick;
import io.qilin.api.record.SourceTier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotRecordsTest {
  private static final Symbol ONE = Symbol.parse("600001.SH");
  private static final Symbol TWO = Symbol.parse("600002.SH");
  private static final Instant NOON = Instant.parse("2024-01-02T04:00:00Z");
  private static final Provenance FROM = new Provenance("test", "made", true);

  private static NewsItem news(Instant event, Instant asOf, String title, Symbol... about) {
    return new NewsItem(
        event, asOf, FROM, title, "", SourceTier.MEDIA, Optional.empty(), List.of(about));
  }

  private static SealTick seal(Symbol of, Instant event) {
    return new SealTick(of, event, event, FROM, 1, 1, 0);
  }

  @Test
  void whenARecordBecamePublicLater_thenItIsRefusedWithItsMoments() {
    NewsItem late = news(NOON, NOON.plusNanos(1), "late", ONE);
    assertThatThrownBy(() -> SnapshotRecords.of(List.of(late), NOON))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("2024-01-02T04:00:00.000000001Z")
        .hasMessageContaining("NewsItem")
        .hasMessageContaining("600001.SH");
    assertThat(SnapshotRecords.of(List.of(late), NOON.plusNanos(1)).size()).isEqualTo(1);
  }

  @Test
  void whenAskedByKindAndShare_thenOnlyThoseAnswer() {
    NewsItem both = news(NOON, NOON, "both", ONE, TWO);
    NewsItem market = news(NOON, NOON, "market");
    SealTick tick = seal(TWO, NOON);
    MarketBreadth breadth =
        new MarketBreadth(NOON, NOON, FROM, 1, 0, 0, 1, 1, Double.NaN, List.of());
    SnapshotRecords records = SnapshotRecords.of(List.of(both, market, tick, breadth), NOON);
    assertThat(records.of(NewsItem.class, ONE)).containsExactly(both);
    assertThat(records.of(NewsItem.class, TWO)).containsExactly(both);
    assertThat(records.of(SealTick.class, TWO)).containsExactly(tick);
    assertThat(records.of(SealTick.class, ONE)).isEmpty();
    assertThat(records.all(NewsItem.class)).containsExactly(both, market);
    assertThat(records.all(MarketBreadth.class)).containsExactly(breadth);
    assertThat(records.has(MarketBreadth.class)).isTrue();
    assertThat(records.has(io.qilin.api.record.Tick.class)).isFalse();
    assertThat(records.size()).isEqualTo(4);
    assertThat(records.asOf()).isEqualTo(NOON);
  }

  @Test
  void whenGivenInAnyOrder_thenTheyComeByEventThenPublicationThenAsGiven() {
    NewsItem first = news(NOON.minusSeconds(2), NOON, "first");
    NewsItem second = news(NOON.minusSeconds(1), NOON.minusSeconds(1), "second");
    NewsItem third = news(NOON.minusSeconds(1), NOON, "third");
    NewsItem alike = news(NOON.minusSeconds(1), NOON, "alike");
    List<MarketRecord> given = List.of(third, alike, second, first);
    assertThat(SnapshotRecords.of(given, NOON).all(NewsItem.class))
        .containsExactly(first, second, third, alike);
  }

  @Test
  void whenThereAreNone_thenEveryAnswerIsEmpty() {
    SnapshotRecords none = SnapshotRecords.none(NOON);
    assertThat(none.size()).isZero();
    assertThat(none.all(NewsItem.class)).isEmpty();
    assertThat(none.of(NewsItem.class, ONE)).isEmpty();
    assertThatThrownBy(() -> none.all(NewsItem.class).add(news(NOON, NOON, "x")))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
