package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketBreadth;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SourceTier;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotQueryTest {
  private static final Bars BARS = DeskMarkets.random(2, 10, 1);
  private static final LocalDate DAY = BARS.panel().days().get(8);
  private static final Instant CLOSE = PublicationTimes.closeOf(DAY);
  private static final Instant AS_OF = CLOSE.plusSeconds(3600);
  private static final Provenance FROM = new Provenance("test", "made", true);

  private static NewsItem news(Instant event, Instant asOf, String title) {
    return new NewsItem(
        event, asOf, FROM, title, "", SourceTier.MEDIA, Optional.empty(), List.of());
  }

  /** Answers from a list; an honest source filters by the query, a dishonest one does not. */
  private static final class Source implements MarketDataSource {
    private final List<MarketRecord> rows;
    private final boolean honest;
    private final List<RecordQuery<?>> asked = new ArrayList<>();

    Source(boolean honest, MarketRecord... rows) {
      this.honest = honest;
      this.rows = List.of(rows);
    }

    @Override
    public Bars bars(BarQuery query) {
      return BARS;
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      return Map.of();
    }

    @Override
    public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
      asked.add(query);
      return new Records<>(
          rows.stream()
              .filter(query.type()::isInstance)
              .map(query.type()::cast)
              .filter(row -> !honest || query.accepts(row))
              .toList(),
          FROM,
          List.of());
    }

    @Override
    public void close() {}
  }

  @Test
  void whenRead_thenOnlyWhatWasPublicAtTheMomentIsThere() {
    NewsItem early = news(CLOSE, CLOSE, "early");
    NewsItem late = news(CLOSE, AS_OF.plusNanos(1), "late");
    NewsItem old = news(CLOSE.minusSeconds(401L * 86400), CLOSE, "old");
    MarketBreadth breadth =
        new MarketBreadth(CLOSE, CLOSE, FROM, 1, 2, 3, 4, 5, Double.NaN, List.of());
    Source source = new Source(true, early, late, old, breadth);
    MarketSnapshot snapshot = Snapshots.from(BARS, Map.of())
        .at(DAY, source, new SnapshotQuery(Set.of(DataCapability.NEWS), AS_OF));
    assertThat(snapshot.asOf()).isEqualTo(AS_OF);
    assertThat(snapshot.records().all(NewsItem.class)).containsExactly(early);
    assertThat(snapshot.records().has(MarketBreadth.class)).isFalse();
    new SnapshotQuery(Set.of(DataCapability.FUNDAMENTALS, DataCapability.TICKS), AS_OF)
        .read(source);
    assertThat(source.asked)
        .extracting(
            query -> query.from().map(from -> AS_OF.getEpochSecond() - from.getEpochSecond()))
        .containsExactly(Optional.of(400L * 86400), Optional.of(30L * 86400), Optional.empty());
  }

  @Test
  void whenASourceAnswersWithTheFuture_thenItIsRefused() {
    Source source = new Source(false, news(CLOSE, AS_OF.plusNanos(1), "late"));
    assertThatThrownBy(() -> new SnapshotQuery(Set.of(DataCapability.NEWS), AS_OF).read(source))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("after the moment of decision");
    assertThatThrownBy(() -> new SnapshotQuery(Set.of(DataCapability.DAILY_BARS), AS_OF))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("DAILY_BARS");
  }

  @Test
  void whenARecordDiffersInAnyPart_thenItsKindHasAnotherDigest() {
    NewsItem one = news(CLOSE, CLOSE, "one");
    assertThat(digests(one)).containsOnlyKeys("news").isEqualTo(digests(news(CLOSE, CLOSE, "one")));
    assertThat(digests(one)).isNotEqualTo(digests(news(CLOSE, CLOSE.plusNanos(1), "one")));
    assertThat(digests(one)).isNotEqualTo(digests(news(CLOSE.minusNanos(1), CLOSE, "one")));
    assertThat(digests(one)).isNotEqualTo(digests(news(CLOSE, CLOSE, "two")));
    assertThat(digests(one)).isNotEqualTo(digests(one, one));
    assertThat(digests()).isEmpty();
  }

  private static Map<String, String> digests(MarketRecord... rows) {
    return MarketRecordDigests.of(SnapshotRecords.of(List.of(rows), AS_OF));
  }
}
