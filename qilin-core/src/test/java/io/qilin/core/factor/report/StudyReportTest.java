package io.qilin.core.factor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.Label;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.Horizon;
import io.qilin.core.factor.StudyResult;
import io.qilin.core.factor.StudySettings;
import io.qilin.core.factor.Tradability;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyReportTest {
  private static final Panel PANEL = Panels.random(24, 70, 9);
  private static final FactorSet SET = FactorSet.of(
      "two",
      new Factor("<reversal>", "$close/Ref($close,3)-1"),
      new Factor("nothing", "$close/$close"));

  private static StudyResult result(StudySettings.Builder settings) {
    return FactorStudy.all(FactorEngine.DEFAULT, PANEL, SET, settings.build());
  }

  private static StudySettings.Builder full() {
    return StudySettings.builder()
        .horizons(1, 5)
        .trials(40)
        .groups(10)
        .grouping((symbol, day) -> Optional.of(symbol.code().substring(5)))
        .tradability(
            Tradability.atNextClose(LimitUpFacts.of(PANEL, Map.of(), MarketRuleBook.aShare())));
  }

  private static StudyReport report(StudySettings.Builder settings) {
    return StudyReport.builder(result(settings))
        .title("A study")
        .notice("Made up.")
        .expression("<reversal>", "$close/Ref($close,3)-1")
        .build();
  }

  @Test
  void whenMadeTwice_thenTheBytesAreEqual() {
    StudyReport one = report(full());
    StudyReport two = report(full());
    assertThat(one.text()).isEqualTo(two.text());
    assertThat(one.json()).isEqualTo(two.json());
    assertThat(one.html()).isEqualTo(two.html());
  }

  @Test
  void whenReported_thenOutcomeTrialsFingerprintAndConventionsAreStatedEverywhere() {
    StudyReport report = report(full());
    String hex = result(full()).fingerprint().orElseThrow();
    assertThat(report.text())
        .contains("Ref($close,-1-h)/Ref($close,-1)-1", "40 trials", hex, "Made up.", "lag");
    assertThat(report.html())
        .contains("Ref($close,-1-h)/Ref($close,-1)-1", "40 trials", hex, "Made up.", "lag");
    assertThat(report.json())
        .contains("\"Ref($close,-6)/Ref($close,-1)-1\"", "\"count\": 40", hex, "Made up.", "lag");
  }

  @Test
  void whenAPageIsMade_thenEveryChartIsThereAndNamesAreEscaped() throws Exception {
    String html = report(full()).html();
    assertThat(html)
        .contains(
            "&lt;reversal&gt;",
            "Rank IC of each day",
            "Rank IC added up day by day",
            "Mean rank IC by month",
            "Mean rank IC by horizon",
            "Outcomes of the groups added up",
            "Spread of top less bottom group",
            "Rank autocorrelation",
            "Turnover of the top group",
            "Coverage of each day",
            "top, buyable",
            "could be bought",
            "Neutral rank IC",
            "most affected instruments")
        .doesNotContain("<reversal>", "<script", "NaN");
    int charts = 0;
    for (int at = html.indexOf("<svg"); at >= 0; at = html.indexOf("<svg", at + 1)) {
      String svg = html.substring(at, html.indexOf("</svg>", at) + 6);
      assertThat(DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
              .getElementsByTagName("title")
              .getLength())
          .isEqualTo(1);
      charts++;
    }
    assertThat(charts).isEqualTo(1 + 2 * 10);
  }

  @Test
  void whenOnlySomeAreInDetail_thenTheOthersHaveNoDailyFigures() {
    StudyReport.Builder builder = StudyReport.builder(result(full()));
    assertThat(builder.detailed(0).build().json()).doesNotContain("\"daily\"");
    assertThat(builder.detailed(1).build().json()).containsOnlyOnce("\"daily\"");
    assertThat(builder.detailed(0).build().html()).doesNotContain("added up day by day");
    assertThatThrownBy(() -> builder.detailed(-1)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenLittleWasGiven_thenTheReportSaysWhatIsNotMeasured() {
    Horizon own = new Horizon(2, new Label("own", "Ref($open,-3)/Ref($open,-1)-1"), "my own");
    StudyReport report = report(StudySettings.builder().horizons(List.of(own)));
    assertThat(report.text())
        .contains("2 days: my own: Ref($open,-3)/Ref($open,-1)-1", "Not measured", "2 trials")
        .doesNotContain("top, buyable", "neutral t");
    assertThat(report.json()).contains("\"buyableTopReturn\": null");
    assertThat(report.html()).contains("whether it could be bought is not known");
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, –",
    "1, 1.0000",
    "0.04321, 0.0432",
    "0.00005, 0.0001",
    "0.0000499, 5e-5",
    "9.96e-6, 1e-5",
    "3.2e-300, 3e-300",
    "0, 0.0000"
  })
  void whenAPValueIsPrinted_thenShort(double p, String text) {
    assertThat(StudyTables.chance(p)).isEqualTo(text);
  }
}
