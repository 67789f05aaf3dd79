package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FactorStudyTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Nested
  class GivenQlibsScoresAndLabels {
    private final FactorStudy study = study();

    @Test
    void whenStudied_thenDailyFiguresAreQlibs() {
      List<String[]> expected = GoldenFiles.table(GoldenFiles.own("metrics/daily.csv.gz"), ",");

      assertThat(study.days()).hasSize(expected.size() - 1);
      for (int i = 0; i < study.days().size(); i++) {
        String[] line = expected.get(i + 1);
        DailyStudy day = study.days().get(i);
        assertThat(day.day()).isEqualTo(LocalDate.parse(line[0]));
        assertThat(day.ic()).isCloseTo(GoldenFiles.number(line[1]), EXACT);
        assertThat(day.rankIc()).isCloseTo(GoldenFiles.number(line[2]), EXACT);
        assertThat(day.longShortReturn()).isCloseTo(GoldenFiles.number(line[3]), EXACT);
        assertThat(day.longAverageReturn()).isCloseTo(GoldenFiles.number(line[4]), EXACT);
        assertThat(day.longPrecision()).isCloseTo(GoldenFiles.number(line[5]), EXACT);
        assertThat(day.shortPrecision()).isCloseTo(GoldenFiles.number(line[6]), EXACT);
        assertThat(day.autocorrelation()).isCloseTo(GoldenFiles.number(line[7]), EXACT);
      }
    }

    @Test
    void whenStudied_thenSummaryIsQlibs() {
      String json = String.join(" ", SharedFiles.lines(GoldenFiles.own("metrics/summary.json")));

      assertThat(study.ic()).isCloseTo(figure(json, "IC"), EXACT);
      assertThat(study.icIr()).isCloseTo(figure(json, "ICIR"), EXACT);
      assertThat(study.rankIc()).isCloseTo(figure(json, "Rank IC"), EXACT);
      assertThat(study.rankIcIr()).isCloseTo(figure(json, "Rank ICIR"), EXACT);
      assertThat(study.longShortAnnualReturn())
          .isCloseTo(figure(json, "Long-Short Ann Return"), EXACT);
      assertThat(study.longShortAnnualSharpe())
          .isCloseTo(figure(json, "Long-Short Ann Sharpe"), EXACT);
      assertThat(study.longAverageAnnualReturn())
          .isCloseTo(figure(json, "Long-Avg Ann Return"), EXACT);
      assertThat(study.longAverageAnnualSharpe())
          .isCloseTo(figure(json, "Long-Avg Ann Sharpe"), EXACT);
      assertThat(study.excludedDays()).isZero();
    }

    private double figure(String json, String name) {
      return Double.parseDouble(json.replaceAll(".*\"" + name + "\": ([-0-9.e]+).*", "$1"));
    }

    private FactorStudy study() {
      List<String[]> lines = GoldenFiles.table(GoldenFiles.own("metrics/pred_label.csv.gz"), ",");
      List<String[]> rows = lines.subList(1, lines.size());
      List<LocalDate> days =
          rows.stream().map(r -> LocalDate.parse(r[0])).distinct().toList();
      List<Symbol> symbols =
          rows.stream().map(r -> Symbol.parseAny(r[1])).distinct().toList();
      Panel.Builder builder = Panel.builder(days, Adjustment.RAW);
      symbols.forEach(s -> builder.column(s, Field.CLOSE, 0, new double[days.size()]));
      Panel panel = builder.build();
      FactorTable.Writer scores = FactorTable.writer(List.of("score"), panel, 0, days.size());
      LabelTable.Writer labels = LabelTable.writer(List.of("label"), panel, 0, days.size());
      for (String[] row : rows) {
        int instrument = panel.indexOf(Symbol.parseAny(row[1]));
        int day = panel.indexOf(LocalDate.parse(row[0]));
        scores.write(0, instrument, day, new double[] {GoldenFiles.number(row[2])}, 0, 1);
        labels.write(0, instrument, day, new double[] {GoldenFiles.number(row[3])}, 0, 1);
      }
      return FactorStudy.of(scores.build(), "score", labels.build(), "label");
    }
  }

  @Test
  void whenADayHasTooFewPairsOrNoSpread_thenItIsExcludedAndCounted() {
    double nan = Double.NaN;
    Panel panel = panel(4);
    FactorTable factor =
        factor(panel, new double[][] {{1, 1, 2, nan}, {2, 1, 1, 5}, {3, 1, 3, nan}});
    LabelTable label = label(panel, new double[][] {{1, 1, 6, 1}, {2, 2, 6, 2}, {3, 3, 1, 3}});

    FactorStudy study = FactorStudy.of(factor, "f", label, "l");

    assertThat(study.days().stream().map(DailyStudy::pairs)).containsExactly(3, 3, 3, 1);
    assertThat(study.days().get(0).ic()).isEqualTo(1);
    assertThat(study.days().get(1).ic()).isNaN();
    assertThat(study.days().get(2).rankIc()).isCloseTo(-Math.sqrt(3) / 2, EXACT);
    assertThat(study.days().get(3).ic()).isNaN();
    assertThat(study.excludedDays()).isEqualTo(2);
    assertThat(study.coverage()).isCloseTo(10 / 12.0, EXACT);
    assertThat(study.ic()).isCloseTo((1 + study.days().get(2).ic()) / 2, EXACT);
  }

  @Test
  void whenAllAreStudied_thenEachIsAsIfStudiedAlone() {
    Panel panel = panel(6);
    Random random = new Random(3);
    List<String> names = List.of("a", "b", "c");
    FactorTable.Writer writer = FactorTable.writer(names, panel, 0, 6);
    for (int column = 0; column < names.size(); column++) {
      for (int instrument = 0; instrument < 3; instrument++) {
        double[] values =
            random.ints(6, 0, 5).mapToDouble(k -> k == 0 ? Double.NaN : k).toArray();
        writer.write(column, instrument, 0, values, 0, 6);
      }
    }
    FactorTable factors = writer.build();
    LabelTable label =
        label(panel, new double[][] {{1, 2, 3, 4, 5, 6}, {3, 3, 1, 2, 9, 8}, {2, 1, 4, 4, 4, 7}});

    List<FactorStudy> all = FactorStudy.all(factors, label, "l");

    for (int column = 0; column < names.size(); column++) {
      FactorStudy alone = FactorStudy.of(factors, names.get(column), label, "l");
      assertThat(all.get(column).days()).isEqualTo(alone.days());
    }
  }

  @Test
  void whenTablesHoldOtherDaysAndInstruments_thenThePairsInBothCount() {
    Panel wide = panel(5);
    Panel narrow =
        wide.until(wide.days().get(2)).only(s -> !s.equals(wide.symbols().get(1)));
    FactorTable factor =
        factor(wide, new double[][] {{1, 2, 3, 4, 5}, {9, 9, 9, 9, 9}, {5, 4, 3, 2, 1}});
    LabelTable label = label(narrow, new double[][] {{1, 2, 3}, {2, 1, 0}});

    FactorStudy study = FactorStudy.of(factor, "f", label, "l");

    assertThat(study.days().stream().map(DailyStudy::pairs)).containsExactly(2, 2, 2);
    assertThat(study.days().get(0).ic()).isEqualTo(1);
  }

  @Test
  void whenNoDayIsCommonOrAColumnIsUnknown_thenRefused() {
    Panel panel = panel(4);
    FactorTable factor = factor(panel, new double[][] {{1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}});
    LabelTable.Writer later = LabelTable.writer(List.of("l"), panel, 2, 4);
    FactorTable.Writer earlier = FactorTable.writer(List.of("f"), panel, 0, 2);

    assertThatThrownBy(() -> FactorStudy.of(earlier.build(), "f", later.build(), "l"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("no day in common");
    assertThatThrownBy(() -> FactorStudy.of(factor, "g", later.build(), "l"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("no column is named 'g'");
  }

  private static Panel panel(int days) {
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, days), Adjustment.RAW);
    for (String symbol : List.of("600000.SH", "600001.SH", "600002.SH")) {
      builder.column(Symbol.parse(symbol), Field.CLOSE, 0, new double[days]);
    }
    return builder.build();
  }

  private static FactorTable factor(Panel panel, double[][] values) {
    FactorTable.Writer writer =
        FactorTable.writer(List.of("f"), panel, 0, panel.days().size());
    for (int i = 0; i < values.length; i++) {
      writer.write(0, i, 0, values[i], 0, values[i].length);
    }
    return writer.build();
  }

  private static LabelTable label(Panel panel, double[][] values) {
    LabelTable.Writer writer =
        LabelTable.writer(List.of("l"), panel, 0, panel.days().size());
    for (int i = 0; i < values.length; i++) {
      writer.write(0, i, 0, values[i], 0, values[i].length);
    }
    return writer.build();
  }
}
