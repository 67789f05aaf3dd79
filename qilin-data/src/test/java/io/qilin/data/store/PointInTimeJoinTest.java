package io.qilin.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.SourceTier;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PointInTimeJoinTest {
  private static final Instant OPEN = Instant.parse("2024-01-02T01:30:00Z");
  private static final Provenance SOURCE = new Provenance("test", "here", true);
  private static final List<Symbol> SYMBOLS =
      List.of(Symbol.parse("600519.SH"), Symbol.parse("000001.SZ"), Symbol.parse("300750.SZ"));
  private static final PointInTimeJoin<Tick> JOIN = PointInTimeJoin.<Tick>builder()
      .column("price", Tick::price)
      .sequence(Tick::sequence)
      .build();

  private static Tick tick(int symbol, long event, long asOf, long sequence, double price) {
    return new Tick(
        SYMBOLS.get(symbol),
        OPEN.plusSeconds(event),
        OPEN.plusSeconds(asOf),
        SOURCE,
        sequence,
        price,
        100,
        Double.NaN,
        TradingPhase.CONTINUOUS);
  }

  private static Moment at(int symbol, long seconds) {
    return new Moment(SYMBOLS.get(symbol), OPEN.plusSeconds(seconds));
  }

  private static double[] prices(TableBatch table) {
    DoubleColumn column = (DoubleColumn) table.column("price");
    double[] prices = new double[table.rows()];
    for (int row = 0; row < prices.length; row++) {
      prices[row] = column.value(row);
    }
    return prices;
  }

  @Test
  void whenSomethingBecomesPublic_thenItIsSeenFromThatMomentOn() {
    List<Tick> ticks = List.of(tick(0, 0, 10, 1, 10), tick(0, 0, 20, 2, 11), tick(1, 0, 0, 1, 99));
    List<Moment> rows = List.of(at(0, 20), at(0, 9), at(0, 10), at(0, 19), at(2, 50));
    TableBatch table = JOIN.table(rows, ticks);
    assertThat(prices(table)).containsExactly(11, Double.NaN, 10, 10, Double.NaN);
    assertThat(table.schema().names()).containsExactly("instrument", "at", "asOf", "price");
    LongColumn asOf = (LongColumn) table.column("asOf");
    assertThat(asOf.isKnown(1)).isFalse();
    assertThat(asOf.value(0)).isEqualTo(OPEN.plusSeconds(20).getEpochSecond() * 1_000_000_000L);
    assertThat(JOIN.match(rows, ticks).get(2)).contains(ticks.get(0));
  }

  @Test
  void whenARecordIsTooOld_thenItDoesNotCount() {
    PointInTimeJoin<Tick> fresh = PointInTimeJoin.<Tick>builder()
        .column("price", Tick::price)
        .maxAge(Duration.ofSeconds(5))
        .build();
    List<Tick> ticks = List.of(tick(0, 0, 10, 1, 10));
    assertThat(prices(fresh.table(List.of(at(0, 15), at(0, 16)), ticks)))
        .containsExactly(10, Double.NaN);
  }

  @Test
  void whenAnOldPeriodIsRestated_thenTheNewerPeriodIsNotHidden_andThePastStaysAsItWasKnown() {
    PointInTimeJoin<Tick> latest = PointInTimeJoin.<Tick>builder()
        .column("price", Tick::price)
        .latestEvent()
        .build();
    Tick firstPeriod = tick(0, 1, 10, 1, 1.0);
    Tick secondPeriod = tick(0, 2, 20, 2, 2.0);
    Tick firstRestated = tick(0, 1, 30, 3, 1.5);
    Tick secondRestated = tick(0, 2, 40, 4, 2.5);
    List<Tick> ticks = List.of(secondRestated, firstRestated, firstPeriod, secondPeriod);
    List<Moment> rows = List.of(at(0, 15), at(0, 25), at(0, 35), at(0, 45));
    assertThat(prices(latest.table(rows, ticks))).containsExactly(1.0, 2.0, 2.0, 2.5);
    assertThat(prices(JOIN.table(rows, ticks))).containsExactly(1.0, 2.0, 1.5, 2.5);
  }

  @Test
  void whenAMomentIsOutOfRange_thenItIsSaid() {
    Moment early = new Moment(SYMBOLS.get(0), Instant.parse("1500-01-01T00:00:00Z"));
    assertThatThrownBy(() -> JOIN.table(List.of(early), List.of()))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("1677");
    assertThatThrownBy(() -> PointInTimeJoin.<Tick>builder().column("at", Tick::price))
        .isInstanceOf(QilinException.class);
  }

  @Property(tries = 200)
  void whenJoined_thenItIsThePlainSearch_andOtherFuturesChangeNothing(@ForAll long seed) {
    Random random = new Random(seed);
    List<Tick> ticks = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      int event = random.nextInt(20);
      ticks.add(tick(
          random.nextInt(3),
          event,
          event + random.nextInt(10),
          random.nextInt(4),
          1 + random.nextInt(99)));
    }
    List<Moment> rows = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      rows.add(at(random.nextInt(3), random.nextInt(35)));
    }
    long age = random.nextInt(30);
    PointInTimeJoin<Tick> join = PointInTimeJoin.<Tick>builder()
        .column("price", Tick::price)
        .sequence(Tick::sequence)
        .maxAge(Duration.ofSeconds(age))
        .build();
    List<Optional<Tick>> matched = join.match(rows, ticks);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(matched.get(row)).isEqualTo(plain(rows.get(row), ticks, age));
    }
    long cut = random.nextInt(35);
    List<Tick> past = ticks.stream()
        .filter(tick -> !tick.asOf().isAfter(OPEN.plusSeconds(cut)))
        .toList();
    List<Moment> early =
        rows.stream().filter(row -> !row.at().isAfter(OPEN.plusSeconds(cut))).toList();
    assertThat(join.match(early, past)).isEqualTo(join.match(early, ticks));
  }

  private static Optional<Tick> plain(Moment row, List<Tick> ticks, long age) {
    Tick best = null;
    for (Tick tick : ticks) {
      boolean seen = tick.of().equals(row.symbol()) && !tick.asOf().isAfter(row.at());
      boolean later = best == null
          || Comparator.comparing(Tick::asOf).thenComparing(Tick::sequence).compare(tick, best)
              >= 0;
      best = seen && later ? tick : best;
    }
    return Optional.ofNullable(best)
        .filter(tick -> Duration.between(tick.asOf(), row.at()).toSeconds() <= age);
  }

  @Test
  void whenTablesAreJoined_thenEachRowGetsWhatWasPublic() {
    TableSchema left = new TableSchema(List.of(
        new TableField("code", ColumnType.TEXT), new TableField("t", ColumnType.TIMESTAMP)));
    TableSchema right = new TableSchema(List.of(
        new TableField("code", ColumnType.TEXT),
        new TableField("known", ColumnType.TIMESTAMP),
        new TableField("eps", ColumnType.FLOAT64)));
    TableBatch decisions = new TableBatch(
        left,
        List.of(
            TextColumn.of(Arrays.asList("B", "A", null, "A")),
            LongColumn.of(ColumnType.TIMESTAMP, new long[] {9, 5, 5, 4})));
    TableBatch figures = new TableBatch(
        right,
        List.of(
            TextColumn.of(Arrays.asList("A", "B", "A", null)),
            LongColumn.of(ColumnType.TIMESTAMP, new long[] {5, 1, 5, 1}),
            DoubleColumn.of(new double[] {1, 2, 3, 4})));
    TableAsOfJoin join = new TableAsOfJoin("code", "t", "known", List.of("eps"), Optional.empty());
    DoubleColumn eps = (DoubleColumn) join.join(decisions, figures).column("eps");
    assertThat(List.of(eps.value(0), eps.value(1), eps.value(2), eps.value(3)))
        .containsExactly(2.0, 3.0, Double.NaN, Double.NaN);
    TableAsOfJoin short5 =
        new TableAsOfJoin("code", "t", "known", List.of("eps"), Optional.of(Duration.ofNanos(5)));
    assertThat(((DoubleColumn) short5.join(decisions, figures).column("eps")).value(0))
        .isNaN();
    assertThatThrownBy(() -> new TableAsOfJoin("code", "known", "t", List.of(), Optional.empty())
            .join(decisions, figures))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenNewsIsAboutSeveralShares_thenEachOfThemHasIt_andTheMarketHasNot() {
    NewsItem both = new NewsItem(
        OPEN,
        OPEN,
        SOURCE,
        "both",
        "",
        SourceTier.OFFICIAL,
        Optional.empty(),
        List.of(SYMBOLS.get(0), SYMBOLS.get(1)));
    List<Moment> rows = List.of(at(1, 0), at(2, 0), at(0, 5));
    assertThat(PointInTimeJoin.<NewsItem>builder().build().match(rows, List.of(both)))
        .containsExactly(Optional.of(both), Optional.empty(), Optional.of(both));
    assertThat(PointInTimeJoin.<NewsItem>builder().marketWide().build().match(rows, List.of(both)))
        .containsOnly(Optional.empty());
  }
}
