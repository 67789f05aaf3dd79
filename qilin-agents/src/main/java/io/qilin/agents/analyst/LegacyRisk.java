package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.agents.internal.Series;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import java.util.List;
import java.util.Optional;

/**
 * The risk point table of qilin_stack, for {@link Preset#LEGACY} of the {@link RiskManagerAnalyst}:
 * 100 minus deductions, here as fractions of each part's maximum.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1; value = 1 − deduction / maximum</caption>
 *   <tr><th>part</th><th>weight</th><th>deduction</th></tr>
 *   <tr><td>mood</td><td>0.25</td><td>never known: the original's mood index is not
 *       defined</td></tr>
 *   <tr><td>volatility-20d</td><td>0.25</td><td>deviation of daily log returns from 0.02 10, from
 *       0.04 18, from 0.06 25
 *       </td></tr>
 *   <tr><td>turnover</td><td>0.20</td><td>volume / free-float shares up to 10 % 8, up to 5 % 15, up
 *       to 2 % 20</td></tr>
 *   <tr><td>regulatory</td><td>0.15</td><td>ST counts as medium 8, *ST and delisting as high
 *       15</td></tr>
 *   <tr><td>financial</td><td>0.15</td><td>never known: it needs accounts</td></tr>
 * </table>
 *
 * <p>Where it differs: the original gives 44 of 100 points to a share without any data; here such
 * parts are dropped, so that with bars, float and status the coverage is exactly 0.6. The
 * original's part "low turnover is illiquid" is kept although it holds for no size of position.
 */
final class LegacyRisk {
  static final ScoreSheet SHEET = new ScoreSheet(
      RiskManagerAnalyst.ID,
      List.of(
          new ScoreSheet.Part("mood", "1", 250, "none"),
          new ScoreSheet.Part("volatility-20d", "fraction", 250, "bars"),
          new ScoreSheet.Part("turnover", "fraction", 200, "bars"),
          new ScoreSheet.Part("regulatory", "1", 150, "securities"),
          new ScoreSheet.Part("financial", "1", 150, "none")));

  private LegacyRisk() {}

  static ScoreSheet.Row row(
      MarketSnapshot snapshot, ShareStatus status, OwnDays days, int instrument) {
    double volatility = Series.volatility(days.values(Field.CLOSE), 20);
    double volume = snapshot.raw().has(Field.VOLUME)
        ? snapshot.raw().value(Field.VOLUME, instrument, snapshot.raw().days().size() - 1)
        : Double.NaN;
    double turnover = volume / status.floatShares(snapshot.day());
    Optional<RiskWarning> warning = status.on(snapshot.day()).map(SecurityStatus::riskWarning);
    return SHEET
        .row()
        .set(1, volatility, 1 - Points.from(volatility, 0, 0.06, 25, 0.04, 18, 0.02, 10) / 25)
        .set(2, turnover, 1 - Points.above(turnover, 20, 0.10, 0, 0.05, 8, 0.02, 15) / 20)
        .set(
            3,
            warning.map(SafetyMeasures::severity).orElse(Double.NaN),
            warning
                .map(found ->
                    found == RiskWarning.NONE ? 1 : found == RiskWarning.ST ? 1 - 8 / 15.0 : 0)
                .orElse(Double.NaN));
  }
}
