package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LookAheadCheckTest {
  private static final Panel PANEL = Panels.random(8, 90, 11);

  @Test
  void whenAlpha158IsChecked_thenItPasses() {
    LookAheadReport report = LookAheadCheck.of(FactorEngine.DEFAULT)
        .run(Panels.random(6, 120, 3), Alpha158.factors(), 5, 4);

    assertThat(report.orThrow()).isSameAs(report);
    assertThat(report.cuts()).hasSize(4).doesNotHaveDuplicates().isSorted();
    assertThat(report.compared()).isGreaterThan(100_000);
    assertThat(report.toString()).startsWith("passed: ").contains("4 cuts");
  }

  @Test
  void whenAlpha158IsCheckedOnTheGoldenBars_thenItPasses() {
    Panel panel = GoldenFiles.panel(
        GoldenFiles.own("mini/input.csv.gz"),
        GoldenFiles.own("mini/calendar.txt"),
        GoldenFiles.own("mini/instruments.txt"));

    assertThat(LookAheadCheck.of(FactorEngine.DEFAULT)
            .run(panel, Alpha158.factors(), 1, 3)
            .difference())
        .isEmpty();
  }

  @Test
  void whenAFunctionReadsTomorrow_thenItIsCaughtWithThePlace() {
    LookAheadReport report = LookAheadCheck.of(panel -> byRow(panel, closes -> {
          double[] next = closes.clone();
          System.arraycopy(closes, 1, next, 0, closes.length - 1);
          return next;
        }))
        .run(PANEL, 1, 3);

    LookAheadReport.Difference found = report.difference().orElseThrow();
    assertThat(found.subject()).isEqualTo("f");
    assertThat(found.day()).isEqualTo(found.cut());
    assertThat(found.whole()).isNotEqualTo(found.other());
    assertThat(PANEL.find(Symbol.parse(found.instrument()))).isPresent();
    assertThatThrownBy(report::orThrow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOOK_AHEAD))
        .hasMessageContainingAll(
            "'f' of " + found.instrument(), found.cut().toString(), found.whole(), "seed 1");
  }

  @Test
  void whenAFunctionScalesByTheWholeHistory_thenItIsCaught() {
    assertThat(LookAheadCheck.of(panel -> byRow(panel, closes -> {
              double mean = DoubleStream.of(closes).average().orElseThrow();
              return DoubleStream.of(closes).map(close -> close / mean).toArray();
            }))
            .run(PANEL, 2, 2)
            .passed())
        .isFalse();
  }

  @Test
  void whenAFunctionKeepsTheSurvivorsOnly_thenItIsCaught() {
    LookAheadReport report = LookAheadCheck.of(panel -> {
          Panel survivors = panel.only(
              symbol -> panel.endRow(panel.indexOf(symbol)) == panel.days().size());
          return byRow(survivors, closes -> closes);
        })
        .run(PANEL, 3, 20);

    assertThat(report.difference().orElseThrow().whole()).isEqualTo("absent");
  }

  @Test
  void whenAFunctionOnlyReadsThePast_thenItPasses() {
    assertThat(LookAheadCheck.of(panel -> byRow(panel, closes -> {
              double[] sums = closes.clone();
              for (int i = 1; i < sums.length; i++) {
                sums[i] += Double.isNaN(sums[i - 1]) ? 0 : sums[i - 1];
              }
              return sums;
            }))
            .run(PANEL, 4, 10)
            .passed())
        .isTrue();
  }

  @Test
  void whenTheTableChangesItsShape_thenItIsCaught() {
    LookAheadReport report = LookAheadCheck.of(panel -> FactorTable.writer(
                List.of("f"), panel, panel.days().size() / 2, panel.days().size())
            .build())
        .run(PANEL, 5, 1);

    assertThat(report.difference().orElseThrow().subject()).contains("shape");
  }

  @Test
  void whenANamedShareIsListedAfterACut_thenItIsNotKnownBefore() {
    List<LocalDate> days = Panels.weekdays(Panels.FIRST_DAY, 10);
    Symbol late = Symbol.parse("600001.SH");
    Panel panel = Panel.builder(days, Adjustment.RAW)
        .column(
            Symbol.parse("600000.SH"), Field.CLOSE, 0, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        .column(late, Field.CLOSE, 6, new double[] {4, 3, 5, 2})
        .build();
    FactorSet named = FactorSet.of("s", new Factor("f", "$close+Mask($close,'SH600001')"));

    assertThat(LookAheadCheck.of(FactorEngine.DEFAULT).run(panel, named, 1, 9).passed())
        .isTrue();
    FactorSet unknown = FactorSet.of("s", new Factor("f", "Mask($close,'SH600002')"));
    assertThatThrownBy(() -> LookAheadCheck.of(FactorEngine.DEFAULT).run(panel, unknown, 1, 9))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("600002");
  }

  @Test
  void whenRunTwice_thenTheReportsAreEqual() {
    FactorSet set = FactorSet.of("s", new Factor("f", "Mean($close,5)"));
    assertThat(LookAheadCheck.of(FactorEngine.DEFAULT).run(PANEL, set, 7, 5))
        .isEqualTo(LookAheadCheck.of(FactorEngine.DEFAULT).run(PANEL, set, 7, 5));
  }

  @Test
  void whenThereIsNothingToCut_thenRefused() {
    FactorSet set = FactorSet.of("s", new Factor("f", "$close"));
    assertThatThrownBy(() -> LookAheadCheck.of(FactorEngine.DEFAULT).run(PANEL, set, 7, 0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(
            () -> LookAheadCheck.of(FactorEngine.DEFAULT).run(Panels.closes(1), set, 7, 1))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenAnAnalystReadsItsSnapshotOnly_thenItPasses() {
    LookAheadReport report =
        LookAheadCheck.of(new LastClose(), LookAheadCheckTest::snapshot).run(PANEL, 1, 5);

    assertThat(report.orThrow().compared()).isPositive();
  }

  @Test
  void whenTheSnapshotIsMadeWithTheFuture_thenItIsCaught() {
    assertThat(LookAheadCheck.of(new LastClose(), (panel, day) -> {
              Panel scaled = scaledToTheLastClose(panel).until(day);
              return new MarketSnapshot(
                  day,
                  scaled,
                  scaled,
                  Map.of(),
                  new Provenance("test", "x", true),
                  Optional.empty(),
                  Optional.empty());
            })
            .run(PANEL, 1, 5)
            .passed())
        .isFalse();
  }

  @Test
  void whenAnAnalystHoldsTheWholeMarket_thenItIsCaught() {
    LookAheadReport report = LookAheadCheck.opinions(
            "cheat", (panel, day) -> new Cheat(panel).analyze(snapshot(panel, day)))
        .run(PANEL, 1, 5);

    LookAheadReport.Difference found = report.difference().orElseThrow();
    assertThat(found.subject()).isEqualTo("cheat");
    assertThat(found.whole()).contains("Scored");
    assertThatThrownBy(report::orThrow).hasMessageContaining("'cheat' of " + found.instrument());
  }

  private static FactorTable byRow(Panel panel, UnaryOperator<double[]> function) {
    FactorTable.Writer writer =
        FactorTable.writer(List.of("f"), panel, 0, panel.days().size());
    for (int i = 0; i < panel.symbols().size(); i++) {
      double[] values = function.apply(panel.values(Field.CLOSE, i));
      writer.write(0, i, panel.firstRow(i), values, 0, values.length);
    }
    return writer.build();
  }

  private static MarketSnapshot snapshot(Panel panel, LocalDate day) {
    Panel until = panel.until(day);
    return new MarketSnapshot(
        day,
        until,
        until.withAdjustment(Adjustment.BACKWARD),
        Map.of(),
        new Provenance("test", "x", true),
        Optional.empty(),
        Optional.empty());
  }

  private static Panel scaledToTheLastClose(Panel panel) {
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      double[] closes = panel.values(Field.CLOSE, i);
      double last = closes[closes.length - 1];
      double[] scaled = DoubleStream.of(closes).map(close -> close / last).toArray();
      builder.column(panel.symbols().get(i), Field.CLOSE, panel.firstRow(i), scaled);
    }
    return builder.build();
  }

  private static Opinion opinion(String analyst, Symbol symbol, double score) {
    return new Opinion.Scored(
        analyst,
        symbol,
        Double.isFinite(score) ? Math.max(-1, Math.min(1, score)) : 0,
        1,
        1,
        List.of(),
        List.of(),
        List.of());
  }

  /** Scores by the last close of the snapshot. */
  private static final class LastClose implements Analyst {
    @Override
    public String id() {
      return "last-close";
    }

    @Override
    public String title() {
      return "Last close (收盘价)";
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      Map<Symbol, Opinion> opinions = new TreeMap<>();
      Panel raw = snapshot.raw();
      for (int i = 0; i < raw.symbols().size(); i++) {
        double close = raw.value(Field.CLOSE, i, raw.days().size() - 1);
        opinions.put(raw.symbols().get(i), opinion(id(), raw.symbols().get(i), close / 1e3));
      }
      return opinions;
    }
  }

  /** Scores by tomorrow's close, which it knows from the market that it holds. */
  private record Cheat(Panel market) implements Analyst {
    @Override
    public String id() {
      return "cheat";
    }

    @Override
    public String title() {
      return "Cheat (作弊)";
    }

    @Override
    public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
      Map<Symbol, Opinion> opinions = new TreeMap<>();
      int next = Math.min(snapshot.raw().days().size(), market.days().size() - 1);
      for (Symbol symbol : snapshot.raw().symbols()) {
        double close = market.value(Field.CLOSE, market.indexOf(symbol), next);
        opinions.put(symbol, opinion(id(), symbol, close / 1e3));
      }
      return opinions;
    }
  }
}
