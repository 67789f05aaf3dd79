package io.qilin.examples;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.LabelTable;
import io.qilin.core.factor.DailyStudy;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.SvgChart;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The factors of a set, those first that ranked the shares best, upwards or downwards.
 *
 * @param label what they were judged by
 * @param tried how many there were
 * @param best the best, with a rank IC each
 */
record FactorRanking(String label, int tried, List<Studied> best) {
  /** Copies the list. */
  FactorRanking {
    best = List.copyOf(best);
  }

  /** A factor and how it did. */
  record Studied(Factor factor, FactorStudy study) {}

  /**
   * Studies every factor of a set.
   *
   * @param count how many of the best to keep
   */
  static FactorRanking of(FactorSet set, FactorTable factors, LabelTable labels, int count) {
    String label = labels.names().get(0);
    List<FactorStudy> studies = FactorStudy.all(factors, labels, label);
    List<Studied> all = new ArrayList<>();
    for (int f = 0; f < studies.size(); f++) {
      all.add(new Studied(set.factors().get(f), studies.get(f)));
    }
    List<Studied> best = all.stream()
        .filter(studied -> Double.isFinite(studied.study().rankIc()))
        .sorted(Comparator.comparingDouble(
            (Studied studied) -> -Math.abs(studied.study().rankIc())))
        .limit(count)
        .toList();
    return new FactorRanking(label, all.size(), best);
  }

  /** The first and the last day that was judged. */
  List<LocalDate> days() {
    return best.isEmpty()
        ? List.of()
        : best.get(0).study().days().stream().map(DailyStudy::day).toList();
  }

  /** The best, one row each; with their expressions if there is room. */
  TextTable table(boolean expressions) {
    TextTable.Builder table = TextTable.builder()
        .column("factor")
        .column("rank IC", Align.DECIMAL)
        .column("rank ICIR", Align.DECIMAL)
        .column("IC", Align.DECIMAL)
        .column("autocorr.", Align.DECIMAL)
        .column("coverage", Align.DECIMAL);
    if (expressions) {
      table.column("expression");
    }
    for (Studied studied : best) {
      FactorStudy study = studied.study();
      List<String> row = new ArrayList<>(List.of(
          studied.factor().name(),
          NumberText.signed(study.rankIc(), 4),
          NumberText.signed(study.rankIcIr(), 3),
          NumberText.signed(study.ic(), 4),
          NumberText.fixed(study.autocorrelation(), 3),
          NumberText.percent(study.coverage(), 1)));
      if (expressions) {
        row.add(studied.factor().expression());
      }
      table.row(row);
    }
    return table.build();
  }

  /** The rank IC of the best, as bars. */
  SvgChart bars() {
    SvgChart.BarBuilder chart =
        SvgChart.bars("Mean rank IC of the best factors").decimals(4);
    best.forEach(studied -> chart.bar(studied.factor().name(), studied.study().rankIc()));
    return chart.build();
  }

  /** The rank IC of the first few, added up day by day, turned so that up is good. */
  SvgChart cumulated(int count) {
    SvgChart.LineBuilder chart =
        SvgChart.lines("Rank IC added up day by day, turned so that up is good", days());
    for (Studied studied : best.subList(0, Math.min(count, best.size()))) {
      double sign = Math.signum(studied.study().rankIc());
      double[] sums = new double[days().size()];
      double sum = 0;
      for (int i = 0; i < sums.length; i++) {
        double ic = studied.study().days().get(i).rankIc();
        sum += Double.isFinite(ic) ? sign * ic : 0;
        sums[i] = sum;
      }
      chart.series(studied.factor().name() + (sign < 0 ? " (turned)" : ""), sums);
    }
    return chart.build();
  }
}
