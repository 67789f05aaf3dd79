package io.qilin.data.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.Tick;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.testkit.MarketDataProviderTck;
import io.qilin.testkit.SampleRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordStoreTest {
  private static final Provenance SOURCE = new Provenance("memory", "test", true);
  private static final List<Symbol> SYMBOLS =
      List.of(Symbol.parse("600000.SH"), Symbol.parse("000001.SZ"), Symbol.parse("300750.SZ"));
  private static final Instant START = Instant.parse("2024-01-02T01:30:00Z");

  /** A store behind a provider. */
  static final class Provider implements MarketDataProvider {
    /** As the contract wants it. */
    public Provider() {}

    @Override
    public String id() {
      return "memory";
    }

    @Override
    public Set<DataCapability> capabilities() {
      return RecordStore.of(SOURCE, SampleRecords.all(SOURCE)).capabilities();
    }

    @Override
    public MarketDataSource open(Map<String, String> settings) {
      if (!settings.isEmpty()) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "there are no settings, was " + settings);
      }
      return RecordStore.of(SOURCE, SampleRecords.all(SOURCE));
    }
  }

  @Nested
  class Contract extends MarketDataProviderTck {
    @Override
    protected MarketDataProvider provider() {
      return new Provider();
    }

    @Override
    protected Map<String, String> settings() {
      return Map.of();
    }
  }

  @Test
  void whenAKindIsDeclaredWithoutARecord_thenNoneIsTheAnswer() {
    RecordStore store = RecordStore.of(SOURCE, Set.of(DataCapability.TICKS), List.of());
    assertThat(store.records(RecordQuery.of(Tick.class, START)).rows()).isEmpty();
    assertThatThrownBy(() -> store.records(RecordQuery.of(NewsItem.class, START)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    assertThatThrownBy(() -> RecordStore.of(SOURCE, Set.of(DataCapability.DAILY_BARS), List.of()))
        .hasMessageContaining("no kind of record");
  }

  /** The index answers as a plain loop over all records does. */
  @Property(tries = 300)
  void whenAskedAnything_thenTheAnswerIsThatOfAPlainLoop(
      @ForAll @Size(max = 40) List<@IntRange(max = 5_000) Integer> seeds,
      @ForAll @IntRange(max = 7) int wanted,
      @ForAll @IntRange(max = 20) int from,
      @ForAll @IntRange(max = 20) int length,
      @ForAll @IntRange(max = 30) int known) {
    List<NewsItem> items = new ArrayList<>();
    for (int seed : seeds) {
      Instant event = START.plusSeconds(seed % 20);
      items.add(new NewsItem(
          event,
          event.plusSeconds(seed / 20 % 10),
          SOURCE,
          "news " + items.size(),
          "",
          SourceTier.MEDIA,
          Optional.empty(),
          some(seed / 200 % 8)));
    }
    RecordQuery<NewsItem> query = RecordQuery.of(NewsItem.class, START.plusSeconds(known))
        .withSymbols(new TreeSet<>(some(wanted)))
        .between(START.plusSeconds(from), START.plusSeconds(from + length));
    RecordStore store = RecordStore.of(SOURCE, Set.of(DataCapability.NEWS), items);
    List<NewsItem> plain = items.stream()
        .filter(query::accepts)
        .sorted(Comparator.comparing(NewsItem::eventTime).thenComparing(MarketRecord::asOf))
        .toList();
    assertThat(store.records(query).rows()).isEqualTo(plain);
  }

  private static List<Symbol> some(int bits) {
    return SYMBOLS.stream().filter(s -> (bits >> SYMBOLS.indexOf(s) & 1) == 1).toList();
  }
}
