package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Judges how safe a share is to hold when it cannot be sold at will (风险). The direction of its
 * score: <b>higher is safer</b>. A desk uses it as a gate and to shrink the others' score, never as
 * one more vote. It is an opinion; the veto is {@link io.qilin.core.risk.RiskGate}.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}. C is the adjusted close; windows count the
 * share's own trading days. Scales are absolute, not ranks: in a wild market all shares are less
 * safe.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1; value on [0, 1], clipped, higher is safer</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th><th>needs</th></tr>
 *   <tr><td>volatility-60d</td><td>0.25</td><td>sample deviation of the last 60 log
 *       returns</td><td>1 − raw / 0.06</td>
 *       <td>61 days</td></tr>
 *   <tr><td>drawdown-250d</td><td>0.20</td><td>largest fall from a high within 250 days, or as many
 *       as there are</td>
 *       <td>1 − raw / 0.60</td><td>60 days</td></tr>
 *   <tr><td>locked-limit-3d</td><td>0.25</td><td>loss if locked at limit-down on three days, 1 −
 *       Π(1 − limit), see {@link io.qilin.core.risk.LockedLimitStress}</td><td>1 − raw</td><td>a
 *       board of the rule book</td></tr>
 *   <tr><td>liquidity-20d</td><td>0.20</td><td>position / mean amount of the last 20 days</td><td>1
 *       − raw / 0.05</td>
 *       <td>20 days</td></tr>
 *   <tr><td>risk-warning</td><td>0.10</td><td>0 none, 1 ST, 2 *ST, 3 delisting</td><td>1, 0.3, 0.1,
 *       0</td>
 *       <td>status</td></tr>
 * </table>
 *
 * <p>{@link Preset#LEGACY} follows the point table of qilin_stack, 100 minus deductions, as
 * fractions: volatility of 20 days 0.25 (from 0.02 10, 0.04 18, 0.06 25 points off), turnover 0.20
 * (up to 10 % 8, 5 % 15, 2 % 20 off), regulation 0.15 (ST 8, *ST and delisting 15 off), and mood
 * 0.25 and finances 0.15, for which there is no data. The original gives 44 of 100 points to a
 * share without any data; here such parts are dropped and the coverage is at most 0.6.
 *
 * <p>Instruments that did not trade on the day are left out. Immutable and safe to share.
 */
public final class RiskManagerAnalyst implements ConfiguredAnalyst {
  /** {@code risk-manager}. */
  public static final String ID = "risk-manager";

  private static final Money DEFAULT_POSITION = Money.ofFen(10_000_000);

  private final Preset preset;
  private final Money position;

  /** The analyst with its standard formulas, for positions of 100 000 yuan. */
  public RiskManagerAnalyst() {
    this(Preset.STANDARD, DEFAULT_POSITION);
  }

  /**
   * The analyst with the formulas of a preset.
   *
   * @param position how large a position is meant to be, for the liquidity; positive
   * @throws QilinException INVALID_ARGUMENT unless the position is positive
   */
  public RiskManagerAnalyst(Preset preset, Money position) {
    this.preset = Objects.requireNonNull(preset, "preset");
    this.position = Objects.requireNonNull(position, "position");
    if (position.fen() <= 0) {
      throw QilinException.invalid("a position must be positive, was " + position);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Risk manager (风险管理)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString(), "position", position.toString());
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int i : CrossSection.traded(snapshot)) {
      Symbol symbol = snapshot.raw().symbols().get(i);
      ShareStatus status = new ShareStatus(snapshot, symbol);
      OwnDays days = OwnDays.last(snapshot.adjusted(), i, MarketAnalyst.FULL_HISTORY);
      ScoreSheet.Row row = preset == Preset.LEGACY
          ? LegacyRisk.row(snapshot, status, days, i)
          : SafetyMeasures.row(snapshot, status, days, position);
      opinions.put(symbol, row.opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }
}
