package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.agents.internal.Series;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.money.Money;
import io.qilin.core.risk.LockedLimitStress;
import java.util.List;
import java.util.Optional;

/** The standard formula sheet of the {@link RiskManagerAnalyst}. */
final class SafetyMeasures {
  static final ScoreSheet SHEET = new ScoreSheet(
      RiskManagerAnalyst.ID,
      List.of(
          new ScoreSheet.Part("volatility-60d", "fraction", 250, "bars"),
          new ScoreSheet.Part("drawdown-250d", "fraction", 200, "bars"),
          new ScoreSheet.Part("locked-limit-3d", "fraction", 250, "rules"),
          new ScoreSheet.Part("liquidity-20d", "fraction", 200, "bars"),
          new ScoreSheet.Part("risk-warning", "1", 100, "securities")));

  private static final int MIN_DRAWDOWN_DAYS = 60;

  private SafetyMeasures() {}

  static ScoreSheet.Row row(
      MarketSnapshot snapshot, ShareStatus status, OwnDays days, Money position) {
    double[] close = days.values(Field.CLOSE);
    double volatility = Series.volatility(close, 60);
    double drawdown = close.length < MIN_DRAWDOWN_DAYS ? Double.NaN : Series.drawdown(close);
    double stress = status
        .rule(snapshot.day())
        .map(rule -> LockedLimitStress.loss(rule, status.nextListingDay(), 3).doubleValue())
        .orElse(Double.NaN);
    double liquidity =
        position.yuan().doubleValue() / Series.mean(days.amounts(snapshot.raw(), 20), 20);
    Optional<RiskWarning> warning = status.on(snapshot.day()).map(SecurityStatus::riskWarning);
    ScoreSheet.Row row = SHEET
        .row()
        .set(0, volatility, 1 - volatility / 0.06)
        .set(1, drawdown, 1 - drawdown / 0.60)
        .set(2, stress, 1 - stress)
        .set(3, liquidity, 1 - liquidity / 0.05)
        .set(
            4,
            warning.map(SafetyMeasures::severity).orElse(Double.NaN),
            warning.map(SafetyMeasures::safety).orElse(Double.NaN));
    warning.filter(found -> found != RiskWarning.NONE).ifPresent(found -> row.flag(found.name()));
    if (warning.isEmpty()) {
      row.warn("whether the share carries a risk warning (ST) is not known");
    }
    return row;
  }

  /** How grave a warning is: 0 none, 1 ST, 2 *ST, 3 delisting. */
  static double severity(RiskWarning warning) {
    return switch (warning) {
      case NONE -> 0;
      case ST -> 1;
      case STAR_ST -> 2;
      case DELISTING -> 3;
    };
  }

  private static double safety(RiskWarning warning) {
    return switch (warning) {
      case NONE -> 1;
      case ST -> 0.3;
      case STAR_ST -> 0.1;
      case DELISTING -> 0;
    };
  }
}
