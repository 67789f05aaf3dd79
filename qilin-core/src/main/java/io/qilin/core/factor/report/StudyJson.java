package io.qilin.core.factor.report;

import io.qilin.core.factor.DropReason;
import io.qilin.core.factor.Drops;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.Horizon;
import io.qilin.core.factor.HorizonStudy;
import io.qilin.core.factor.MeanTest;
import io.qilin.core.factor.StudyConventions.Convention;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.report.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** A study as JSON. Returns are fractions; what is not known is {@code null}. */
final class StudyJson {
  private static final int SYMBOLS = 50;

  private final StudyReport report;
  private final StudyResult result;
  private final JsonText json = new JsonText();

  private StudyJson(StudyReport report) {
    this.report = report;
    this.result = report.result();
  }

  static String of(StudyReport report) {
    return new StudyJson(report).write();
  }

  private String write() {
    json.object().name("title").value(report.title());
    json.name("notices").array();
    report.notices().forEach(json::value);
    json.end();
    json.name("data").object();
    json.name("sha256");
    result.fingerprint().ifPresentOrElse(json::value, json::nothing);
    json.name("instruments").value(result.instruments());
    json.name("days").value(result.days().size());
    json.name("first").value(result.days().get(0).toString());
    json.name("last").value(result.days().get(result.days().size() - 1).toString());
    json.end();
    json.name("horizons").array();
    result.settings().horizons().forEach(this::horizon);
    json.end();
    json.name("trials").object();
    json.name("count").value(result.testing().trials());
    json.name("expectedLargestT").value(result.testing().expectedLargest());
    json.name("thresholdT5Percent").value(result.testing().threshold(0.05));
    json.end();
    json.name("conventions").object();
    for (Convention convention : result.conventions()) {
      json.name(convention.metric()).value(convention.text());
    }
    json.end();
    Set<FactorStudy> detailed = new HashSet<>(report.inDetail());
    json.name("factors").array();
    for (int f = 0; f < result.factors().size(); f++) {
      factor(f, detailed.contains(result.factors().get(f)));
    }
    return json.end().end().toString();
  }

  private void horizon(Horizon horizon) {
    json.object().name("days").value(horizon.days());
    json.name("label").value(horizon.label().expression());
    json.name("meaning").value(horizon.meaning()).end();
  }

  private void factor(int place, boolean detailed) {
    FactorStudy study = result.factors().get(place);
    json.object().name("name").value(study.name());
    if (!report.expression(study.name()).isEmpty()) {
      json.name("expression").value(report.expression(study.name()));
    }
    json.name("holm").value(result.testing().holm(place));
    json.name("benjaminiHochberg").value(result.testing().benjaminiHochberg(place));
    json.name("horizons").array();
    study.horizons().forEach(this::horizonStudy);
    json.end();
    json.name("groupReturns")
        .value(
            IntStream.range(0, study.groups()).mapToDouble(study::groupReturn).toArray());
    json.name("topReturn").value(study.topReturn());
    json.name("buyableTopReturn").value(study.buyableTopReturn());
    json.name("buyableTopShare").value(study.buyableTopShare());
    json.name("turnover").value(study.turnover());
    json.name("autocorrelation").value(study.autocorrelation());
    json.name("rankAutocorrelation").value(study.rankAutocorrelation());
    json.name("qlibLongShortAnnualReturn").value(study.longShortAnnualReturn());
    json.name("qlibLongShortAnnualSharpe").value(study.longShortAnnualSharpe());
    json.name("qlibLongAverageAnnualReturn").value(study.longAverageAnnualReturn());
    json.name("qlibLongAverageAnnualSharpe").value(study.longAverageAnnualSharpe());
    json.name("qlibLongPrecision").value(study.longPrecision());
    json.name("qlibShortPrecision").value(study.shortPrecision());
    json.name("coverage").value(study.coverage());
    json.name("daysWithoutIc").value(study.excludedDays());
    drops(study.drops());
    if (detailed) {
      daily(study);
    }
    json.end();
  }

  private void horizonStudy(HorizonStudy study) {
    json.object().name("days").value(study.horizon().days());
    test("ic", study.ic());
    test("rankIc", study.rankIc());
    test("neutralRankIc", study.neutralRankIc());
    test("spread", study.spread());
    json.end();
  }

  private void test(String name, MeanTest test) {
    json.name(name).object();
    json.name("mean").value(test.mean());
    json.name("deviation").value(test.deviation());
    json.name("ratio").value(test.ratio());
    json.name("standardError").value(test.standardError());
    json.name("t").value(test.tStatistic());
    json.name("p").value(test.pValue());
    json.name("lag").value(test.lag());
    json.name("days").value(test.days());
    json.end();
  }

  private void drops(Drops drops) {
    json.name("dropped").object().name("cells").value(drops.cells());
    for (DropReason reason : DropReason.values()) {
      json.name(key(reason)).object().name("count").value(drops.count(reason));
      json.name("mostAffected").object();
      drops.bySymbol(reason).stream()
          .limit(SYMBOLS)
          .forEach(count -> json.name(count.of().toString()).value(count.count()));
      json.end().end();
    }
    json.end();
  }

  private void daily(FactorStudy study) {
    json.name("daily").object();
    json.name("date").array();
    study.dates().forEach(day -> json.value(day.toString()));
    json.end();
    List<Horizon> horizons = result.settings().horizons();
    for (int h = 0; h < horizons.size(); h++) {
      String suffix = horizons.get(h).days() + "d";
      json.name("ic" + suffix).value(study.dailyIc(h));
      json.name("rankIc" + suffix).value(study.dailyRankIc(h));
      json.name("neutralRankIc" + suffix).value(study.dailyNeutralRankIc(h));
      json.name("spread" + suffix).value(study.dailySpread(h));
    }
    for (int g = 0; g < study.groups(); g++) {
      json.name("group" + (g + 1)).value(study.dailyGroup(g));
    }
    json.name("buyableTop").value(study.dailyBuyableTop());
    json.name("turnover").value(study.dailyTurnover());
    json.name("rankAutocorrelation").value(study.dailyRankAutocorrelation());
    json.name("coverage").value(study.dailyCoverage());
    for (DropReason reason : DropReason.values()) {
      json.name("dropped " + key(reason))
          .value(IntStream.range(0, study.dates().size())
              .mapToDouble(day -> study.drops().onDay(reason, day))
              .toArray());
    }
    json.end();
  }

  private static String key(DropReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
