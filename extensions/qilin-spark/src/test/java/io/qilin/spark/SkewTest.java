package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.Tuple2;

/** Very many instruments, very long ones, very many on a day: what fits is computed, what does not is refused before memory ends. */
@Timeout(120)
class SkewTest {
  private static final FactorSet CLOSE = FactorSet.of(
      "set", new Factor("mean", "Mean($close, 3)"), new Factor("rank", "CSRank($close)"));

  @Test
  void whenThereAreVeryManyInstrumentsOfThreeRows_thenAllAreComputed() {
    Dataset<Row> factors =
        SparkFactors.compute(bars(300_000, "lpad(string(id div 3), 6, '0')", "int(id % 3)"), CLOSE);

    assertThat(factors.filter("mean is not null and rank > 0").count()).isEqualTo(300_000);
  }

  @Test
  void whenOneInstrumentHasMostRows_thenAllAreComputed() {
    Dataset<Row> factors = SparkFactors.compute(
        bars(
            20_000, "if(id < 18000, 'X', string(id div 100))", "int(if(id < 18000, id, id % 100))"),
        CLOSE);

    assertThat(factors.filter("mean is not null and rank > 0").count()).isEqualTo(20_000);
  }

  @Test
  void whenADayHasMoreInstrumentsThanATaskMayHold_thenItIsNamed() {
    List<Factor> factors = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      factors.add(new Factor("f" + i, "CSRank(Mean($close, " + i + "))"));
    }
    Dataset<Row> bars = bars(5000, "string(id)", "0");
    FactorSet set = new FactorSet("set", factors);

    assertThat(SparkFactors.compute(bars, set).filter("f20 > 0.5").count()).isEqualTo(2500);
    assertTooLarge(bars, set, "2024-01-01", "20 columns");
  }

  @Test
  void whenThereAreMoreDaysThanATaskMayHold_thenTheMemoryNeededIsTold() {
    Dataset<Row> bars = bars(40_000, "'X'", "int(id)");

    assertThat(SparkFactors.compute(bars, CLOSE).count()).isEqualTo(40_000);
    assertTooLarge(bars, CLOSE, "40000 days", "320000 bytes");
  }

  private static void assertTooLarge(Dataset<Row> bars, FactorSet set, String... words) {
    SparkFactorSettings little =
        SparkFactorSettings.builder().taskBytes(1 << 20).build();

    assertThatThrownBy(
            () -> SparkJobs.call(() -> SparkFactors.compute(bars, set, little).count()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
        .hasMessageContainingAll(words)
        .hasMessageContaining("set taskBytes");
  }

  @Test
  void whenInstrumentsLiveShortInALongMarket_thenPanelsStayWithinTheMemoryAllowed() {
    int days = 5000;
    FactorPlan plan = FactorEngine.DEFAULT.plan(FactorSet.of("set", new Factor("f", "$close")));
    Wiring wiring = new Wiring(plan.stages().stages(), List.of(Field.CLOSE));
    List<String> symbols =
        IntStream.range(100, 300).mapToObj(i -> "P" + i + ".OTHER").toList();
    Market market = new Market(symbols, symbols, IntStream.range(0, days).toArray());
    Stream<Tuple2<String, byte[]>> pieces = symbols.stream().map(symbol -> piece(symbol, 7));
    long most = 1 << 20;

    Groups groups = new Groups(pieces.iterator(), market, wiring, 0, Set.of(), most);
    int seen = 0;
    while (groups.hasNext()) {
      Group group = groups.next();
      seen += group.size();
      assertThat((long) group.panel().symbols().size() * days * Double.BYTES)
          .isLessThanOrEqualTo(most);
    }

    assertThat(seen).isEqualTo(symbols.size());
  }

  @Test
  void whenRowsOfOneInstrumentNeverEnd_thenTheyAreRefusedOnceTheyMustRepeat() {
    byte[] many = piece("X.OTHER", IntStream.range(0, 100_000).toArray())._2();
    int[] taken = new int[1];
    Iterator<Tuple2<String, byte[]>> endless = Stream.generate(() -> {
          taken[0]++;
          return new Tuple2<>("X.OTHER", many);
        })
        .iterator();

    assertThatThrownBy(() -> new MarketPart(endless))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
    assertThat(taken[0]).isLessThan(100);
  }

  private static Tuple2<String, byte[]> piece(String symbol, int... days) {
    InstrumentRows rows = new InstrumentRows(symbol, symbol, 1);
    for (int day : days) {
      rows.set(rows.add(day), 0, 1.0);
    }
    return new Tuple2<>(symbol, rows.take(Wiring.BARS));
  }

  /** Rows of numbered instruments on numbered days. */
  private static Dataset<Row> bars(long rows, String instrument, String day) {
    String start = LocalDate.of(2024, 1, 1).toString();
    return Sessions.local()
        .range(0, rows, 1, 4)
        .selectExpr(
            "concat('P', " + instrument + ") instrument",
            "date_add(date'" + start + "', " + day + ") day",
            "double(id % 977) close");
  }
}
