package io.qilin.core.factor.report;

import io.qilin.core.factor.DropReason;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.HorizonStudy;
import io.qilin.core.factor.MeanTest;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of a study, for a terminal and for a page. */
final class StudyTables {
  private static final int WIDEST_NAME = 36;
  private static final int WORST = 5;

  private final StudyResult result;

  StudyTables(StudyResult result) {
    this.result = result;
  }

  /** One row a factor: how well it ranks, how sure that is, and what it costs to follow. */
  TextTable summary(List<FactorStudy> factors) {
    TextTable.Builder table = TextTable.builder().column("factor", Align.LEFT, WIDEST_NAME);
    for (String title : List.of(
        "IC",
        "rank IC",
        "ICIR",
        "t",
        "p",
        "Holm",
        "BH",
        "spread",
        "turnover",
        "autocorr.",
        "coverage")) {
      table.column(title, align(title));
    }
    for (FactorStudy study : factors) {
      int place = result.factors().indexOf(study);
      MeanTest rankIc = study.main().rankIc();
      table.row(
          study.name(),
          NumberText.signed(study.ic(), 4),
          NumberText.signed(rankIc.mean(), 4),
          NumberText.signed(rankIc.ratio(), 3),
          NumberText.signed(rankIc.tStatistic(), 2),
          chance(rankIc.pValue()),
          chance(result.testing().holm(place)),
          chance(result.testing().benjaminiHochberg(place)),
          NumberText.signedPercent(study.main().spread().mean(), 3),
          NumberText.percent(study.turnover(), 1),
          NumberText.fixed(study.rankAutocorrelation(), 3),
          NumberText.percent(study.coverage(), 1));
    }
    return table.build();
  }

  /** P-values are written in two ways, with a point and without. */
  private static Align align(String title) {
    return List.of("p", "Holm", "BH").contains(title) ? Align.RIGHT : Align.DECIMAL;
  }

  /** One row a factor and horizon. */
  TextTable decay(List<FactorStudy> factors) {
    boolean grouped = result.settings().grouping().isPresent();
    TextTable.Builder table = TextTable.builder()
        .column("factor", Align.LEFT, WIDEST_NAME)
        .column("horizon", Align.RIGHT);
    List<String> titles =
        new ArrayList<>(List.of("IC", "rank IC", "ICIR", "t", "lag", "p", "days"));
    if (grouped) {
      titles.addAll(List.of("neutral rank IC", "neutral t"));
    }
    titles.addAll(List.of("spread", "spread t"));
    titles.forEach(title -> table.column(title, align(title)));
    for (FactorStudy study : factors) {
      for (HorizonStudy at : study.horizons()) {
        MeanTest rankIc = at.rankIc();
        List<String> row = new ArrayList<>(List.of(
            study.name(),
            at.horizon().days() + "d",
            NumberText.signed(at.ic().mean(), 4),
            NumberText.signed(rankIc.mean(), 4),
            NumberText.signed(rankIc.ratio(), 3),
            NumberText.signed(rankIc.tStatistic(), 2),
            Integer.toString(rankIc.lag()),
            chance(rankIc.pValue()),
            Integer.toString(rankIc.days())));
        if (grouped) {
          row.add(NumberText.signed(at.neutralRankIc().mean(), 4));
          row.add(NumberText.signed(at.neutralRankIc().tStatistic(), 2));
        }
        row.add(NumberText.signedPercent(at.spread().mean(), 3));
        row.add(NumberText.signed(at.spread().tStatistic(), 2));
        table.row(row);
      }
    }
    return table.build();
  }

  /** One row a factor: the mean outcome of each group, and of the top group as far as it could be bought. */
  TextTable groups(List<FactorStudy> factors) {
    int groups = result.settings().groups();
    boolean tradable = result.settings().tradability().isPresent();
    TextTable.Builder table = TextTable.builder().column("factor", Align.LEFT, WIDEST_NAME);
    for (int g = 1; g <= groups; g++) {
      table.column(
          g == 1 ? "1 (low)" : g == groups ? groups + " (top)" : Integer.toString(g),
          Align.DECIMAL);
    }
    if (tradable) {
      table.column("top, buyable", Align.DECIMAL).column("could be bought", Align.DECIMAL);
    }
    for (FactorStudy study : factors) {
      List<String> row = new ArrayList<>(List.of(study.name()));
      for (int g = 0; g < groups; g++) {
        row.add(NumberText.signedPercent(study.groupReturn(g), 3));
      }
      if (tradable) {
        row.add(NumberText.signedPercent(study.buyableTopReturn(), 3));
        row.add(NumberText.percent(study.buyableTopShare(), 1));
      }
      table.row(row);
    }
    return table.build();
  }

  /** One row a factor: pairs of instrument and day by what became of them. */
  TextTable drops(List<FactorStudy> factors) {
    TextTable.Builder table =
        TextTable.builder().column("factor", Align.LEFT, WIDEST_NAME).column("cells", Align.RIGHT);
    for (DropReason reason : DropReason.values()) {
      table.column(reason.text(), Align.RIGHT);
    }
    table.column("paired", Align.RIGHT).column("days without IC", Align.RIGHT);
    for (FactorStudy study : factors) {
      Map<DropReason, Long> counts = study.drops().counts();
      long lost = counts.values().stream().mapToLong(Long::longValue).sum()
          - counts.getOrDefault(DropReason.NOT_BUYABLE, 0L);
      List<String> row =
          new ArrayList<>(List.of(study.name(), NumberText.count(study.drops().cells())));
      counts.values().forEach(count -> row.add(NumberText.count(count)));
      row.add(NumberText.count(study.drops().cells() - lost));
      row.add(NumberText.count(study.excludedDays()));
      table.row(row);
    }
    return table.build();
  }

  /** One row a reason: where a factor lost most. */
  static TextTable worst(FactorStudy study) {
    TextTable.Builder table = TextTable.builder()
        .column("reason")
        .column("count", Align.RIGHT)
        .column("most affected instruments")
        .column("most affected days");
    for (DropReason reason : DropReason.values()) {
      if (study.drops().count(reason) > 0) {
        String symbols = study.drops().bySymbol(reason).stream()
            .limit(WORST)
            .map(count -> count.of() + " (" + NumberText.count(count.count()) + ")")
            .collect(Collectors.joining(", "));
        String days = study.drops().byDay(reason).stream()
            .sorted((a, b) -> Integer.compare(b.count(), a.count()))
            .limit(WORST)
            .map(count -> count.of() + " (" + NumberText.count(count.count()) + ")")
            .collect(Collectors.joining(", "));
        table.row(reason.text(), NumberText.count(study.drops().count(reason)), symbols, days);
      }
    }
    return table.build();
  }

  /** A p-value: four decimals, or its power of ten where these would be 0. */
  static String chance(double p) {
    if (!(p < 0.00005) || p == 0) {
      return NumberText.fixed(p, 4);
    }
    BigDecimal digit = new BigDecimal(p).round(new MathContext(1, RoundingMode.HALF_UP));
    return digit.unscaledValue() + "e" + -digit.scale();
  }
}
