package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Symbol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Judges a share by its prices and its turnover, compared with all others of the day: trend,
 * momentum, volatility and volume.
 *
 * <p><b>Formula sheet.</b> C, H, L are adjusted close, high and low, A is the amount in yuan
 * (volume × raw close where the source tells no amount), t is the snapshot's day; indices count the
 * share's own trading days. SMA(x, n) is the mean of the last n values. Each raw value is turned
 * into its percentile among the shares of the day, see below.
 *
 * <table>
 *   <caption>Parts of {@link Preset#STANDARD}; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>days needed</th><th>better</th></tr>
 *   <tr><td>trend-200d</td><td>0.15</td>
 *       <td>C[t] / SMA(C, 200) − 1</td>
 *       <td>200</td><td>high</td></tr>
 *   <tr><td>trend-50d</td><td>0.15</td>
 *       <td>C[t] / SMA(C, 50) − 1</td>
 *       <td>50</td><td>high</td></tr>
 *   <tr><td>momentum-250d</td><td>0.15</td>
 *       <td>C[t−20] / C[t−249] − 1 (the last month left out)</td>
 *       <td>250</td><td>high</td></tr>
 *   <tr><td>momentum-60d</td><td>0.15</td>
 *       <td>C[t] / C[t−60] − 1</td>
 *       <td>61</td><td>high</td></tr>
 *   <tr><td>volatility-20d</td><td>0.10</td>
 *       <td>sample deviation of the last 20 log returns</td>
 *       <td>21</td><td>low</td></tr>
 *   <tr><td>range-14d</td><td>0.10</td>
 *       <td>mean of the last 14 true ranges / C[t], a true range being
 *       max(H, C[t−1]) − min(L, C[t−1])</td>
 *       <td>15</td><td>low</td></tr>
 *   <tr><td>volume-trend</td><td>0.10</td>
 *       <td>SMA(A, 5) / SMA(A, 60)</td>
 *       <td>60</td><td>high</td></tr>
 *   <tr><td>up-volume-20d</td><td>0.10</td>
 *       <td>Σ A on days with C[t] &gt; C[t−1] / Σ A, last 20 days</td>
 *       <td>21</td><td>high</td></tr>
 * </table>
 *
 * <p>Percentile p = (names below + half the names equal) / names, among the A-shares of the day
 * (funds among funds) for which the value is known; 1 − p where low is better. Among fewer than 5
 * names a part is not known. With fewer than 250 days parts drop out, the weights of the rest are
 * scaled up, and the coverage falls; below 61 days it is under 0.6 and the analyst abstains.
 *
 * <p>{@link Preset#LEGACY} follows the point table of qilin_stack, as fractions: trend 0.25 (close
 * above SMA 5 above SMA 20), RSI of 14 days 0.25 (1 in [60, 80], 0.6 in [50, 60), else 0), amount
 * over the mean of the 5 days before 0.20 (1 in [1.5, 3], else 0), highest high of 60 days more
 * than 5 % above the close 0.15, and pattern 0.15, which the original does not define and which is
 * therefore never known. The original gives 31 of 100 points to a share without any data; here it
 * abstains.
 *
 * <p>Score, coverage and confidence: the parts' weighted mean m gives score = 2 m − 1; confidence =
 * coverage × (1 − 2 × the parts' weighted standard deviation). Instruments that did not trade on
 * the day are left out. Stateless.
 */
public final class MarketAnalyst implements ConfiguredAnalyst {
  /** {@code market}. */
  public static final String ID = "market";

  /** Days of history that every part can be computed from: 250. */
  public static final int FULL_HISTORY = 250;

  private final Preset preset;

  /** The analyst with its standard formulas. */
  public MarketAnalyst() {
    this(Preset.STANDARD);
  }

  /** The analyst with the formulas of a preset. */
  public MarketAnalyst(Preset preset) {
    this.preset = Objects.requireNonNull(preset, "preset");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Market and technicals (市场技术面)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString());
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    int[] traded = CrossSection.traded(snapshot);
    ScoreSheet.Row[] rows = new ScoreSheet.Row[traded.length];
    for (int k = 0; k < traded.length; k++) {
      OwnDays days = OwnDays.last(snapshot.adjusted(), traded[k], FULL_HISTORY);
      rows[k] = preset == Preset.LEGACY
          ? LegacyTechnical.row(days, snapshot.raw())
          : MarketMeasures.row(days, snapshot.raw());
      if (days.size() < FULL_HISTORY) {
        rows[k].warn("only " + days.size() + " of " + FULL_HISTORY + " trading days are known");
      }
    }
    if (preset == Preset.STANDARD) {
      rank(snapshot, traded, rows);
    }
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int k = 0; k < traded.length; k++) {
      Symbol symbol = snapshot.raw().symbols().get(traded[k]);
      opinions.put(symbol, rows[k].opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }

  /** Turns the raw values into percentiles within each group of instruments. */
  private static void rank(MarketSnapshot snapshot, int[] traded, ScoreSheet.Row[] rows) {
    int[] group = new int[traded.length];
    for (int k = 0; k < group.length; k++) {
      group[k] = CrossSection.group(snapshot.raw().symbols().get(traded[k]));
    }
    double[] raw = new double[rows.length];
    for (int part = 0; part < MarketMeasures.SHEET.parts().size(); part++) {
      for (int k = 0; k < rows.length; k++) {
        raw[k] = rows[k].raw(part);
      }
      for (int g = 0; g < 3; g++) {
        int own = g;
        double[] percentiles = CrossSection.percentiles(raw, k -> group[k] == own);
        for (int k = 0; k < rows.length; k++) {
          if (group[k] == g) {
            double p = percentiles[k];
            rows[k].set(part, raw[k], MarketMeasures.lowIsBetter(part) ? 1 - p : p);
          }
        }
      }
    }
  }
}
