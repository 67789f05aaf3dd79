package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Papers.OTHER;
import static io.qilin.agents.analyst.Papers.SHARE;
import static io.qilin.agents.analyst.Papers.report;
import static io.qilin.agents.analyst.Records.abstains;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.MarketRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FundamentalsAnalystTest {
  private static final List<Symbol> SHARES = Records.shares(10);

  /** Reports of a share up to the third quarter of 2023, scaled by its number: share 10 is best. */
  private static List<MarketRecord> company(Symbol share, double profit) {
    List<MarketRecord> records = new ArrayList<>();
    records.add(Papers.shares(share, 100_000_000));
    records.add(report(share, "2022-09-30").revenue(7e8).profit(7e7).cash(7e7).build());
    records.add(report(share, "2022-12-31").announced("2023-03-30").build());
    records.add(
        report(share, "2023-09-30").revenue(9e8).profit(profit).cash(profit).build());
    return records;
  }

  private static List<MarketRecord> market() {
    List<MarketRecord> records = new ArrayList<>();
    for (int k = 0; k < SHARES.size(); k++) {
      records.addAll(company(SHARES.get(k), (k + 1) * 2e7));
    }
    return records;
  }

  private static Map<Symbol, Opinion> opinions(
      FundamentalsAnalyst analyst, List<MarketRecord> records) {
    MarketSnapshot snapshot = Records.known(Papers.flat(SHARES.size()), records);
    return analyst.analyze(snapshot);
  }

  private static Map<Symbol, Opinion> opinions(List<MarketRecord> records) {
    return opinions(new FundamentalsAnalyst(), records);
  }

  private static Opinion with(FundamentalSnapshot... more) {
    List<MarketRecord> records = market();
    records.addAll(List.of(more));
    return opinions(records).get(SHARE);
  }

  private static Reports reports(FundamentalSnapshot... records) {
    return Reports.of(List.of(records));
  }

  @Nested
  class Vectors {
    @Test
    void whenTheYearIsNotOver_thenTwelveMonthsAreMadeOfThreeReports() {
      Reports reports = reports(
          report(SHARE, "2022-09-30").profit(70).build(),
          report(SHARE, "2022-12-31").profit(100).build(),
          report(SHARE, "2023-09-30").profit(90).build());
      assertThat(reports.twelveMonths(FundamentalSnapshot::netProfit)).isEqualTo(120);
      assertThat(reports.growth(FundamentalSnapshot::netProfit))
          .isCloseTo(20 / 80.0, within(1e-12));
      assertThat(reports.annualRevenue()).isEqualTo(1e9);
    }

    @Test
    void whenTheYearIsOver_thenTwelveMonthsAreTheYear() {
      Reports reports = reports(report(SHARE, "2022-12-31").profit(100).build());
      assertThat(reports.twelveMonths(FundamentalSnapshot::netProfit)).isEqualTo(100);
    }

    @Test
    void whenAReportIsMissing_thenTwelveMonthsAreNotKnown() {
      Reports reports = reports(
          report(SHARE, "2022-12-31").profit(100).build(),
          report(SHARE, "2023-09-30").profit(90).build());
      assertThat(reports.twelveMonths(FundamentalSnapshot::netProfit)).isNaN();
    }

    @Test
    void whenALossTurnsToAProfit_thenTheGrowthIsPositive() {
      Reports reports = reports(
          report(SHARE, "2022-12-31").profit(-50).build(),
          report(SHARE, "2023-12-31").profit(50).build());
      assertThat(reports.growth(FundamentalSnapshot::netProfit)).isEqualTo(2);
    }

    @Test
    void whenTheMarketIsKnown_thenTheRawValuesAreAsOnTheSheet() {
      Opinion opinion = opinions(market()).get(SHARES.get(4));
      double ttm = 1e8 + 1e8 - 7e7;
      assertThat(part(opinion, "roe-ttm").raw()).isCloseTo(ttm / 1e9, within(1e-12));
      assertThat(part(opinion, "cash-conversion").raw())
          .isCloseTo((1e8 + 1.2e8 - 7e7) / ttm, within(1e-12));
      assertThat(part(opinion, "core-profit-growth").raw()).isCloseTo(3 / 8.5, within(1e-12));
      assertThat(part(opinion, "revenue-growth").raw()).isCloseTo(0.25, within(1e-12));
      assertThat(part(opinion, "earnings-yield").raw()).isCloseTo(ttm / 1e9, within(1e-12));
      assertThat(part(opinion, "book-yield").raw()).isCloseTo(1, within(1e-12));
      assertThat(part(opinion, "leverage").raw()).isCloseTo(1 / 3.0, within(1e-12));
      assertThat(part(opinion, "goodwill").raw()).isCloseTo(0.01, within(1e-12));
      assertThat(part(opinion, "pledge").raw()).isEqualTo(0.1);
      assertThat(part(opinion, "roe-ttm").normalised()).isCloseTo(0.45, within(1e-12));
      assertThat(part(opinion, "leverage").normalised()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whenProfitsRise_thenSoDoesTheScore() {
      Map<Symbol, Opinion> opinions = opinions(market());
      assertThat(score(opinions.get(SHARES.get(9)))).isGreaterThan(score(opinions.get(SHARE)));
    }

    @Test
    void whenTheWeightsAreAdded_thenTheFourSidesAreAsInTheDesign() {
      List<ScoreSheet.Part> parts = FundamentalMeasures.SHEET.parts();
      assertThat(
              parts.subList(0, 4).stream().mapToInt(ScoreSheet.Part::perMille).sum())
          .isEqualTo(350);
      assertThat(
              parts.subList(4, 7).stream().mapToInt(ScoreSheet.Part::perMille).sum())
          .isEqualTo(250);
      assertThat(
              parts.subList(7, 9).stream().mapToInt(ScoreSheet.Part::perMille).sum())
          .isEqualTo(250);
      assertThat(
              parts.subList(9, 13).stream().mapToInt(ScoreSheet.Part::perMille).sum())
          .isEqualTo(150);
    }

    @Test
    void whenLegacyIsAsked_thenItsFiveFiguresCount() {
      Opinion opinion = opinions(
              FundamentalsAnalyst.builder().preset(Preset.LEGACY).build(), market())
          .get(SHARES.get(9));
      assertThat(part(opinion, "pe").raw()).isCloseTo(1e9 / 2.3e8, within(1e-12));
      assertThat(part(opinion, "pe").normalised()).isCloseTo(0.95, within(1e-12));
      assertThat(part(opinion, "pb").normalised()).isCloseTo(0.5, within(1e-12));
      assertThat(part(opinion, "profit-growth").normalised()).isCloseTo(0.95, within(1e-12));
      assertThat(opinion.coverage()).isEqualTo(1);
    }
  }

  @Nested
  class Industry {
    private final Map<Symbol, String> halves = new TreeMap<>();

    Industry() {
      for (int k = 0; k < SHARES.size(); k++) {
        halves.put(SHARES.get(k), k < 5 ? "steel" : "software");
      }
    }

    @Test
    void whenIndustriesAreKnown_thenRanksAreWithinThem() {
      FundamentalsAnalyst analyst =
          FundamentalsAnalyst.builder().industries(halves).build();
      Map<Symbol, Opinion> opinions = opinions(analyst, market());
      assertThat(part(opinions.get(SHARES.get(4)), "roe-ttm").normalised())
          .isCloseTo(0.9, within(1e-12));
      assertThat(part(opinions.get(SHARES.get(5)), "roe-ttm").normalised())
          .isCloseTo(0.1, within(1e-12));
      assertThat(opinions.get(SHARE).flags()).doesNotContain("NOT_INDUSTRY_NEUTRAL");
      assertThat(analyst.inputs(Records.DAY)).containsKey("industries");
      assertThat(analyst.settings()).containsEntry("preset", "standard");
    }

    @Test
    void whenThemesAreIndustries_thenRanksAreTheSame() {
      List<MarketRecord> records = market();
      halves.forEach((share, name) -> records.add(Records.theme(share, "industry:" + name)));
      FundamentalsAnalyst themes =
          FundamentalsAnalyst.builder().industryThemes("industry:").build();
      FundamentalsAnalyst table =
          FundamentalsAnalyst.builder().industries(halves).build();
      assertThat(opinions(themes, records)).isEqualTo(opinions(table, records));
    }

    @Test
    void whenAThemeIsNoIndustryOrEnded_thenItIsNotUsed() {
      List<MarketRecord> records = market();
      SHARES.forEach(share -> records.add(Records.theme(share, "hot")));
      SHARES.forEach(share -> records.add(Records.theme(
          share,
          "industry:old",
          Records.DAY.minusDays(30),
          Optional.of(Records.DAY.minusDays(1)),
          Records.DAY.minusDays(30))));
      FundamentalsAnalyst themes =
          FundamentalsAnalyst.builder().industryThemes("industry:").build();
      assertThat(opinions(themes, records).get(SHARE).flags()).contains("NOT_INDUSTRY_NEUTRAL");
    }

    @Test
    void whenThePrefixIsEmpty_thenItIsRefused() {
      assertThatThrownBy(() -> FundamentalsAnalyst.builder().industryThemes(""))
          .isInstanceOf(QilinException.class);
    }
  }

  /** The defects of the older fundamentals agent, and of reports themselves. */
  @Nested
  class Defects {
    @Test
    void whenNothingIsKnown_thenThereIsNoDefaultScore() {
      for (Preset preset : Preset.values()) {
        Map<Symbol, Opinion> opinions =
            opinions(FundamentalsAnalyst.builder().preset(preset).build(), List.of());
        assertThat(opinions).hasSize(10);
        assertThat(opinions.values()).allMatch(Records::abstains);
      }
    }

    @Test
    void whenNoRecordHoldsAFigure_thenItIsNamedAndLowersTheCoverage() {
      Opinion opinion = opinions(market()).get(SHARE);
      assertThat(opinion.coverage()).isEqualTo(0.83);
      for (String missing : List.of("gross-margin", "audit-opinion", "forecast", "unlocks")) {
        assertThat(part(opinion, missing).known()).isFalse();
      }
    }

    @Test
    void whenTotalSharesAreNotKnown_thenItAbstainsForWantOfValue() {
      List<MarketRecord> records = market();
      records.removeIf(record -> !(record instanceof FundamentalSnapshot));
      assertThat(opinions(records).values()).allMatch(Records::abstains);
    }

    @Test
    void whenAReportIsRestated_thenTheLastAnnouncementHolds() {
      Opinion opinion = with(report(SHARE, "2023-09-30")
          .announced("2023-12-20")
          .revenue(9e8)
          .profit(1e7)
          .build());
      assertThat(opinion.flags()).contains("RESTATED");
      assertThat(part(opinion, "roe-ttm").raw()).isCloseTo((1e7 + 3e7) / 1e9, within(1e-12));
    }

    @Test
    void whenAReportIsOlderThanNineMonths_thenItIsStale() {
      List<MarketRecord> records = market();
      records.removeIf(record -> record instanceof FundamentalSnapshot report
          && report.of().equals(SHARE)
          && report.periodEnd().getYear() == 2023);
      Opinion opinion = opinions(records).get(SHARE);
      assertThat(abstains(opinion)).isTrue();
      assertThat(opinion.flags()).contains("STALE");
    }

    @Test
    void whenFiguresAreOfQuarters_thenTheyAreNotTakenAsCumulative() {
      Opinion opinion = with(report(SHARE, "2023-06-30").revenue(2e9).build());
      assertThat(opinion.flags()).contains("NOT_CUMULATIVE");
      assertThat(part(opinion, "roe-ttm").known()).isFalse();
      assertThat(part(opinion, "revenue-growth").known()).isFalse();
    }

    @Test
    void whenOriginsContradict_thenThePeriodIsDropped() {
      Opinion opinion =
          with(report(SHARE, "2023-09-30").from(OTHER).revenue(5e8).profit(2e7).build());
      assertThat(opinion.flags()).contains("CONTRADICTORY", "STALE");
      assertThat(abstains(opinion)).isTrue();
    }

    @Test
    void whenEquityIsLost_thenTheRatiosAreWorstAndNotBest() {
      Opinion opinion = with(report(SHARE, "2023-09-30")
          .announced("2023-12-20")
          .revenue(9e8)
          .profit(-3e8)
          .balance(-1e8, 2e9, 1e7)
          .build());
      assertThat(opinion.flags()).contains("NEGATIVE_EQUITY", "LOSS", "HIGH_GOODWILL");
      for (String part : List.of("roe-ttm", "cash-conversion", "leverage", "goodwill")) {
        assertThat(part(opinion, part).normalised()).as(part).isZero();
      }
      assertThat(part(opinion, "earnings-yield").normalised()).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void whenAmountsAreInTenThousands_thenTheUnitIsSuspected() {
      Opinion opinion = with(report(SHARE, "2023-09-30")
          .announced("2023-12-20")
          .revenue(9e8)
          .balance(1e5, 5e4, 0)
          .build());
      assertThat(opinion.flags()).contains("UNITS_SUSPECT");
      assertThat(part(opinion, "book-yield").known()).isFalse();
    }

    @Test
    void whenPeriodsEndInBetween_thenTheyAreNotRead() {
      assertThat(reports(report(SHARE, "2023-08-15").build()).isEmpty()).isTrue();
    }
  }
}
