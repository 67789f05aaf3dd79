package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Qlib's own backtests on five years of thirty real shares, every day and every column. */
class QlibGoldenTest {
  private static final double RELATIVE = 1e-9;

  private static void assertClose(String what, double actual, String expected) {
    double value = QlibGolden.number(expected);
    if (Double.isNaN(value)) {
      assertThat(actual).as(what).isNaN();
    } else {
      assertThat(actual).as(what).isCloseTo(value, within(RELATIVE * Math.abs(value)));
    }
  }

  private static BacktestReport report(String run) {
    return QlibGolden.run(run, QlibGolden.panel(), QlibGolden.signal()).run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void whenQlibsRunIsRepeated_thenEveryDayOfTheReportAgrees(String run) {
    List<String[]> expected = QlibGolden.rows("backtest/" + run + "_report_f64.csv.gz");
    List<BacktestDay> days = report(run).days();
    assertThat(days).hasSameSizeAs(expected);
    for (int i = 0; i < days.size(); i++) {
      BacktestDay day = days.get(i);
      String[] row = expected.get(i);
      assertThat(day.day()).isEqualTo(LocalDate.parse(row[0]));
      assertClose("account " + day.day(), day.account(), row[1]);
      assertClose("return " + day.day(), day.dayReturn(), row[2]);
      assertClose("total turnover " + day.day(), day.totalTurnover(), row[3]);
      assertClose("turnover " + day.day(), day.turnover(), row[4]);
      assertClose("total cost " + day.day(), day.totalCost(), row[5]);
      assertClose("cost " + day.day(), day.cost(), row[6]);
      assertClose("value " + day.day(), day.value(), row[7]);
      assertClose("cash " + day.day(), day.cash(), row[8]);
      assertClose("bench " + day.day(), day.bench(), row[9]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void whenQlibsRunIsRepeated_thenEveryPositionAgrees(String run) {
    Map<String, String[]> expected = new HashMap<>();
    for (String[] row : QlibGolden.rows("backtest/" + run + "_positions_f64.csv.gz")) {
      expected.put(LocalDate.parse(row[0]) + " " + Symbol.parse(row[1]), row);
    }
    List<DayPosition> positions = report(run).positions();
    assertThat(positions).hasSameSizeAs(expected.keySet());
    for (DayPosition position : positions) {
      String what = position.day() + " " + position.symbol();
      String[] row = expected.get(what);
      assertThat(row).as(what).isNotNull();
      assertClose(what, position.shares(), row[2]);
      assertClose(what, position.price(), row[3]);
      assertClose(what, position.weight(), row[4]);
      assertThat(position.daysHeld()).as(what).isEqualTo(Integer.parseInt(row[5]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void whenQlibsRunIsRepeated_thenItsIndicatorsAgree(String run) {
    List<String[]> expected = QlibGolden.rows("backtest/" + run + "_indicators_f64.csv.gz");
    List<QlibIndicator> indicators = QlibIndicator.of(report(run));
    assertThat(indicators).hasSameSizeAs(expected);
    for (int i = 0; i < indicators.size(); i++) {
      QlibIndicator day = indicators.get(i);
      String[] row = expected.get(i);
      assertThat(day.day()).isEqualTo(LocalDate.parse(row[0]));
      assertClose("ffr " + day.day(), day.fulfilRate(), row[1]);
      assertClose("pa " + day.day(), day.priceAdvantage(), row[2]);
      assertClose("pos " + day.day(), day.positiveRate(), row[3]);
      assertClose("deal amount " + day.day(), day.dealAmount(), row[4]);
      assertClose("value " + day.day(), day.value(), row[5]);
      assertThat(day.count()).as("count " + day.day()).isEqualTo(Integer.parseInt(row[6]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void whenQlibsRunIsRepeated_thenItsRiskAnalysisAgrees(String run) {
    Map<String, Map<String, Double>> expected = QlibGolden.risk(run);
    Map<String, QlibRisk> rows = QlibRiskTable.of(report(run)).rows();
    assertThat(rows.keySet()).containsExactlyElementsOf(expected.keySet());
    rows.forEach((name, risk) -> assertThat(Map.of(
            "mean", risk.mean(),
            "std", risk.std(),
            "annualized_return", risk.annualizedReturn(),
            "information_ratio", risk.informationRatio(),
            "max_drawdown", risk.maxDrawdown()))
        .as(name)
        .allSatisfy((figure, value) -> assertThat(value)
            .as(figure)
            .isCloseTo(
                expected.get(name).get(figure),
                within(RELATIVE * Math.abs(expected.get(name).get(figure))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void whenTheSignalIsAFunction_thenTheReportIsThatOfTheTable(String run) {
    Panel panel = QlibGolden.panel();
    ScoreTable table = QlibGolden.signal();
    BacktestReport viaFunction =
        QlibGolden.run(run, panel, history -> table.scores(history)).run();
    assertThat(viaFunction).isEqualTo(QlibGolden.run(run, panel, table).run());
  }
}
