package io.qilin.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Alpha158 as one SQL statement of DuckDB over a table {@code panel(i, d, open, high, low, close, volume, vwap)}: {@code i}
 * the instrument, {@code d} the day, counted from 0 without a gap, an unknown value {@code NULL}.
 *
 * <p>Three steps: the series that windows read, every distinct window function once, the features. On full windows the
 * features are Qlib's, but for the place of an extreme across a gap: Qlib's is the place of the gap, SQL passes over it.
 * Qlib's guard against correlations of series that hardly move is left out.
 */
final class Alpha158Sql {
  private static final List<Integer> WINDOWS = List.of(5, 10, 20, 30, 60);

  private static final String SERIES = """
      before AS (
        SELECT *, lag(close) OVER o AS close1, lag(volume) OVER o AS volume1
        FROM panel WINDOW o AS (PARTITION BY i ORDER BY d)),
      series AS (
        SELECT *, ln(volume + 1) AS lv, close / close1 AS rc, ln(volume / volume1 + 1) AS rv,
          CASE WHEN close > close1 THEN 1.0::DOUBLE ELSE 0.0::DOUBLE END AS up,
          CASE WHEN close < close1 THEN 1.0::DOUBLE ELSE 0.0::DOUBLE END AS down,
          CASE WHEN close - close1 IS NOT NULL THEN greatest(close - close1, 0) END AS gain,
          CASE WHEN close - close1 IS NOT NULL THEN greatest(close1 - close, 0) END AS loss,
          abs(close - close1) AS move,
          CASE WHEN volume - volume1 IS NOT NULL THEN greatest(volume - volume1, 0) END AS vgain,
          CASE WHEN volume - volume1 IS NOT NULL THEN greatest(volume1 - volume, 0) END AS vloss,
          abs(volume - volume1) AS vmove,
          abs(close / close1 - 1) * volume AS turmoil
        FROM before)""";

  private static final String CANDLE = """
      (close - open) / open AS KMID,
      (high - low) / open AS KLEN,
      (close - open) / (high - low + 1e-12::DOUBLE) AS KMID2,
      (high - greatest(open, close)) / open AS KUP,
      (high - greatest(open, close)) / (high - low + 1e-12::DOUBLE) AS KUP2,
      (least(open, close) - low) / open AS KLOW,
      (least(open, close) - low) / (high - low + 1e-12::DOUBLE) AS KLOW2,
      (2 * close - high - low) / open AS KSFT,
      (2 * close - high - low) / (high - low + 1e-12::DOUBLE) AS KSFT2,
      open / close AS OPEN0,
      high / close AS HIGH0,
      low / close AS LOW0,
      vwap / close AS VWAP0""";

  /** Window functions by name; # stands for the window's length, @ for one less. */
  private static final Map<String, String> FUNCTIONS = new LinkedHashMap<>();

  /** Rolling features by name. */
  private static final Map<String, String> FEATURES = new LinkedHashMap<>();

  static {
    FUNCTIONS.put("ma", "avg(close) OVER w#");
    FUNCTIONS.put("sd", "stddev_samp(close) OVER w#");
    FUNCTIONS.put("slope", "regr_slope(close, d) OVER w#");
    FUNCTIONS.put("rsqr", "regr_r2(close, d) OVER w#");
    FUNCTIONS.put("base", "regr_intercept(close, d) OVER w#");
    FUNCTIONS.put("hi", "max(high) OVER w#");
    FUNCTIONS.put("lo", "min(low) OVER w#");
    FUNCTIONS.put("qu", "quantile_cont(close, 0.8) OVER w#");
    FUNCTIONS.put("qd", "quantile_cont(close, 0.2) OVER w#");
    FUNCTIONS.put("place", "rank(ORDER BY close) OVER w#");
    FUNCTIONS.put("upto", "cume_dist(ORDER BY close) OVER w# * count(*) OVER w#");
    FUNCTIONS.put("known", "count(close) OVER w#");
    FUNCTIONS.put("dhi", "arg_max(d, high) OVER w#");
    FUNCTIONS.put("dlo", "arg_min(d, low) OVER w#");
    FUNCTIONS.put("cv", "corr(close, lv) OVER w#");
    FUNCTIONS.put("cd", "corr(rc, rv) OVER w#");
    FUNCTIONS.put("ups", "avg(up) OVER w#");
    FUNCTIONS.put("downs", "avg(down) OVER w#");
    FUNCTIONS.put("gains", "sum(gain) OVER w#");
    FUNCTIONS.put("losses", "sum(loss) OVER w#");
    FUNCTIONS.put("moves", "sum(move) OVER w#");
    FUNCTIONS.put("mv", "avg(volume) OVER w#");
    FUNCTIONS.put("sv", "stddev_samp(volume) OVER w#");
    FUNCTIONS.put("mt", "avg(turmoil) OVER w#");
    FUNCTIONS.put("st", "stddev_samp(turmoil) OVER w#");
    FUNCTIONS.put("vgains", "sum(vgain) OVER w#");
    FUNCTIONS.put("vlosses", "sum(vloss) OVER w#");
    FUNCTIONS.put("vmoves", "sum(vmove) OVER w#");
    FUNCTIONS.put("past", "lag(close, #) OVER o");

    FEATURES.put("ROC", "past# / close");
    FEATURES.put("MA", "ma# / close");
    FEATURES.put("STD", "sd# / close");
    FEATURES.put("BETA", "slope# / close");
    FEATURES.put("RSQR", "rsqr#");
    FEATURES.put("RESI", "(close - (slope# * d + base#)) / close");
    FEATURES.put("MAX", "hi# / close");
    FEATURES.put("MIN", "lo# / close");
    FEATURES.put("QTLU", "qu# / close");
    FEATURES.put("QTLD", "qd# / close");
    FEATURES.put("RANK", "CASE WHEN close IS NOT NULL THEN (place# + upto#) / (2 * known#) END");
    FEATURES.put("RSV", "(close - lo#) / (hi# - lo# + 1e-12::DOUBLE)");
    FEATURES.put("IMAX", "(dhi# - greatest(d - @, 0) + 1) / #::DOUBLE");
    FEATURES.put("IMIN", "(dlo# - greatest(d - @, 0) + 1) / #::DOUBLE");
    FEATURES.put("IMXD", "(dhi# - dlo#) / #::DOUBLE");
    FEATURES.put("CORR", "cv#");
    FEATURES.put("CORD", "cd#");
    FEATURES.put("CNTP", "ups#");
    FEATURES.put("CNTN", "downs#");
    FEATURES.put("CNTD", "ups# - downs#");
    FEATURES.put("SUMP", "gains# / (moves# + 1e-12::DOUBLE)");
    FEATURES.put("SUMN", "losses# / (moves# + 1e-12::DOUBLE)");
    FEATURES.put("SUMD", "(gains# - losses#) / (moves# + 1e-12::DOUBLE)");
    FEATURES.put("VMA", "mv# / (volume + 1e-12::DOUBLE)");
    FEATURES.put("VSTD", "sv# / (volume + 1e-12::DOUBLE)");
    FEATURES.put("WVMA", "st# / (mt# + 1e-12::DOUBLE)");
    FEATURES.put("VSUMP", "vgains# / (vmoves# + 1e-12::DOUBLE)");
    FEATURES.put("VSUMN", "vlosses# / (vmoves# + 1e-12::DOUBLE)");
    FEATURES.put("VSUMD", "(vgains# - vlosses#) / (vmoves# + 1e-12::DOUBLE)");
  }

  private Alpha158Sql() {}

  /** The statement; its columns are {@code i}, {@code d}, then the features by Qlib's names and in Qlib's order. */
  static String statement() {
    List<String> functions = new ArrayList<>();
    List<String> windows = new ArrayList<>();
    windows.add("o AS (PARTITION BY i ORDER BY d)");
    for (int days : WINDOWS) {
      FUNCTIONS.forEach((name, call) -> functions.add(of(call, days) + " AS " + name + days));
      windows.add(
          of("w# AS (PARTITION BY i ORDER BY d ROWS BETWEEN @ PRECEDING AND CURRENT ROW)", days));
    }
    List<String> features = new ArrayList<>();
    features.add(CANDLE);
    FEATURES.forEach((name, value) ->
        WINDOWS.forEach(days -> features.add(of(value, days) + " AS " + name + days)));
    return "WITH " + SERIES + ",\nwindows AS (\n  SELECT *, " + String.join(",\n    ", functions)
        + "\n  FROM series WINDOW " + String.join(",\n    ", windows) + ")\nSELECT i, d, "
        + String.join(",\n  ", features) + "\nFROM windows";
  }

  /** Whether the feature is the place of an extreme, which is not Qlib's across a gap. */
  static boolean isPlace(String feature) {
    return feature.startsWith("IM");
  }

  private static String of(String template, int days) {
    return template.replace("#", Integer.toString(days)).replace("@", Integer.toString(days - 1));
  }
}
