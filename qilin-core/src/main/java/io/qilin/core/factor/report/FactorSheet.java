package io.qilin.core.factor.report;

import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.HorizonStudy;
import io.qilin.core.factor.MeanTest;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.report.HtmlReport;
import io.qilin.core.report.HtmlReport.Figure;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.SvgChart;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The part of the page about one factor. */
final class FactorSheet {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  /** More days than these are drawn as months. */
  private static final int MOST_BARS = 130;

  private final StudyReport report;
  private final StudyResult result;
  private final FactorStudy study;
  private final HtmlReport.Builder page;

  FactorSheet(StudyReport report, FactorStudy study, HtmlReport.Builder page) {
    this.report = report;
    this.result = report.result();
    this.study = study;
    this.page = page;
  }

  void write() {
    page.section(study.name());
    String expression = report.expression(study.name());
    if (!expression.isEmpty()) {
      page.paragraph(expression);
    }
    page.figures(figures());
    ranking();
    groups();
    stability();
    coverage();
  }

  private List<Figure> figures() {
    MeanTest rankIc = study.main().rankIc();
    int place = result.factors().indexOf(study);
    List<Figure> figures = new ArrayList<>(List.of(
        new Figure(
            "Rank IC",
            NumberText.signed(rankIc.mean(), 4),
            "ICIR " + NumberText.signed(rankIc.ratio(), 3) + ", IC "
                + NumberText.signed(study.ic(), 4)),
        new Figure(
            "t (Newey–West)",
            NumberText.signed(rankIc.tStatistic(), 2),
            "lag " + rankIc.lag() + " over " + NumberText.count(rankIc.days()) + " days"),
        new Figure(
            "p",
            StudyTables.chance(rankIc.pValue()),
            "Holm " + StudyTables.chance(result.testing().holm(place)) + ", BH "
                + StudyTables.chance(result.testing().benjaminiHochberg(place)) + ", "
                + report.trialCount()),
        new Figure(
            "Top group 多头",
            NumberText.signedPercent(study.topReturn(), 3),
            result.settings().tradability().isPresent()
                ? NumberText.signedPercent(study.buyableTopReturn(), 3) + " buyable ("
                    + NumberText.percent(study.buyableTopShare(), 1) + " could be bought)"
                : "whether it could be bought is not known"),
        new Figure(
            "Spread 多空",
            NumberText.signedPercent(study.main().spread().mean(), 3),
            "t " + NumberText.signed(study.main().spread().tStatistic(), 2) + ", before costs"),
        new Figure(
            "Turnover 换手", NumberText.percent(study.turnover(), 1), "of the top group a day"),
        new Figure(
            "Coverage 覆盖",
            NumberText.percent(study.coverage(), 1),
            NumberText.count(study.excludedDays()) + " days without IC")));
    if (result.settings().grouping().isPresent()) {
      MeanTest neutral = study.main().neutralRankIc();
      figures.add(new Figure(
          "Neutral rank IC 行业中性",
          NumberText.signed(neutral.mean(), 4),
          "t " + NumberText.signed(neutral.tStatistic(), 2) + ", within groups"));
    }
    return figures;
  }

  private void ranking() {
    double[] daily = study.dailyRankIc(0);
    page.chart(overTime("Rank IC", daily, Kind.BARS));
    double[] sums = new double[daily.length];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += Double.isFinite(daily[i]) ? daily[i] : 0;
      sums[i] = sum;
    }
    page.chart(SvgChart.lines("Rank IC added up day by day", study.dates())
        .series("rank IC", sums)
        .build());
    Monthly monthly = new Monthly(study.dates(), daily);
    SvgChart.HeatBuilder heat =
        SvgChart.heatMap("Mean rank IC by month", MONTHS).decimals(3);
    monthly.years().forEach(year -> heat.row(Integer.toString(year), monthly.year(year)));
    page.chart(heat.build());
    if (study.horizons().size() > 1) {
      SvgChart.BarBuilder decay =
          SvgChart.bars("Mean rank IC by horizon in trading days").decimals(4);
      for (HorizonStudy at : study.horizons()) {
        decay.bar(at.horizon().days() + " d", at.rankIc().mean());
      }
      page.chart(decay.build());
    }
  }

  private void groups() {
    int groups = study.groups();
    SvgChart.BarBuilder bars =
        SvgChart.bars("Mean outcome by group, lowest factor first").percent().decimals(3);
    for (int g = 0; g < groups; g++) {
      bars.bar(g == groups - 1 ? "top" : "group " + (g + 1), study.groupReturn(g));
    }
    boolean tradable = result.settings().tradability().isPresent();
    if (tradable) {
      bars.bar("top, buyable", study.buyableTopReturn());
    }
    page.chart(bars.build());
    SvgChart.LineBuilder curves = SvgChart.lines(
            "Outcomes of the groups added up, not compounded", study.dates())
        .percent();
    for (int g : shown(groups)) {
      String name = g == 0 ? "1 (low)" : g == groups - 1 ? groups + " (top)" : "" + (g + 1);
      curves.series(name, study.cumulated(study.dailyGroup(g)));
    }
    if (tradable) {
      curves.series("top, buyable", study.cumulated(study.dailyBuyableTop()));
    }
    page.chart(curves.build());
    page.chart(SvgChart.lines(
            "Spread of top less bottom group added up, not compounded, before costs", study.dates())
        .percent()
        .series("spread", study.cumulated(study.dailySpread(0)))
        .build());
  }

  /** Five groups at most, so that each keeps its colour. */
  private static List<Integer> shown(int groups) {
    List<Integer> shown = new ArrayList<>();
    int most = Math.min(groups, 5);
    for (int k = 0; k < most; k++) {
      shown.add((int) Math.round(k * (groups - 1.0) / (most - 1)));
    }
    return shown;
  }

  private void stability() {
    page.chart(overTime(
        "Rank autocorrelation from day to day", study.dailyRankAutocorrelation(), Kind.LINE));
    page.chart(overTime("Turnover of the top group", study.dailyTurnover(), Kind.SHARE));
  }

  private void coverage() {
    page.chart(overTime("Coverage", study.dailyCoverage(), Kind.SHARE));
    page.table(StudyTables.worst(study));
  }

  /** Day by day, or by month where the days are many. */
  private SvgChart overTime(String title, double[] daily, Kind kind) {
    boolean byMonth = daily.length > MOST_BARS;
    Monthly monthly = new Monthly(study.dates(), daily);
    List<LocalDate> days = byMonth ? monthly.months() : study.dates();
    double[] values = byMonth ? monthly.means() : daily;
    SvgChart.LineBuilder chart =
        SvgChart.lines(title + (byMonth ? ", mean of each month" : " of each day"), days);
    if (kind == Kind.SHARE) {
      chart.percent();
    }
    return (kind == Kind.BARS ? chart.bars(title, values) : chart.series(title, values)).build();
  }

  /** How a figure over time is drawn. */
  private enum Kind {
    BARS,
    LINE,
    SHARE
  }
}
