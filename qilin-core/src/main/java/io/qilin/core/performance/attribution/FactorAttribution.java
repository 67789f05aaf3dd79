package io.qilin.core.performance.attribution;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.core.performance.Compounding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An active return by factor. On each day the returns of all shares whose exposures are known are regressed on a constant
 * (the market) and the exposures, by least squares with equal weights (Fama and MacBeth 1973); a factor brought the active
 * exposure times its coefficient, and what is left is specific. The sum is the active return of the day; over time the days
 * are linked as in {@link BrinsonAttribution}.
 *
 * <p>Of factors that say the same the earlier one gets the return. A day with fewer shares than factors and two more is all
 * specific. Immutable and safe to share.
 */
public final class FactorAttribution {
  /** The constant of the regression: being invested at all. */
  public static final String MARKET = "(market)";

  private final List<String> factors;
  private final List<FactorDay> days;
  private final List<Double> contributions;
  private final double specific;
  private final double activeReturn;

  private FactorAttribution(List<String> factors, List<FactorDay> days, Linking linking) {
    this.factors = factors;
    this.days = days;
    double[] linked = new double[factors.size()];
    double left = 0;
    for (int i = 0; i < days.size(); i++) {
      double by = linking.factors().get(i);
      for (int f = 0; f < linked.length; f++) {
        linked[f] += days.get(i).contributions().get(f) * by;
      }
      left += days.get(i).specific() * by;
    }
    contributions = Arrays.stream(linked).boxed().toList();
    specific = left;
    activeReturn = linking.portfolio() - linking.benchmark();
  }

  /**
   * Attributes.
   *
   * @param holdings one a day, ascending, at least one; their returns are the universe of the regressions
   * @param names of the factors, without the market
   * @param source as many exposures as names
   * @param compounding how the days are linked
   * @throws QilinException INVALID_ARGUMENT without a day, for another number of exposures than names, or if a day lost
   *     everything and returns compound
   */
  public static FactorAttribution of(
      List<HoldingDay> holdings,
      List<String> names,
      ExposureSource source,
      Compounding compounding) {
    if (holdings.isEmpty()) {
      throw QilinException.invalid("an attribution needs at least one day");
    }
    List<String> factors = new ArrayList<>();
    factors.add(MARKET);
    factors.addAll(names);
    Linking linking = Linking.of(holdings, compounding);
    List<FactorDay> days =
        holdings.stream().map(day -> attribute(day, factors.size(), source)).toList();
    return new FactorAttribution(List.copyOf(factors), days, linking);
  }

  private static FactorDay attribute(HoldingDay day, int factors, ExposureSource source) {
    Map<Symbol, double[]> rows = new TreeMap<>();
    for (Symbol symbol : day.returns().keySet()) {
      double[] row = row(symbol, day.day(), factors, source);
      if (Arrays.stream(row).allMatch(Double::isFinite)) {
        rows.put(symbol, row);
      }
    }
    double[] coefficients = rows.size() > factors ? fit(day, rows, factors) : new double[factors];
    double[] exposures = new double[factors];
    rows.forEach((symbol, row) -> {
      double weight = day.activeWeight(symbol);
      for (int f = 0; f < factors; f++) {
        exposures[f] += weight * row[f];
      }
    });
    double specific = day.activeReturn();
    double[] contributions = new double[factors];
    for (int f = 0; f < factors; f++) {
      contributions[f] = exposures[f] * coefficients[f];
      specific -= contributions[f];
    }
    return new FactorDay(
        day.day(),
        day.activeReturn(),
        list(coefficients),
        list(exposures),
        list(contributions),
        specific,
        rows.size());
  }

  private static double[] row(Symbol symbol, LocalDate day, int factors, ExposureSource source) {
    double[] own = source.exposures(symbol, day);
    if (own.length != factors - 1) {
      throw QilinException.invalid(symbol + " has " + own.length + " exposures on " + day + " for "
          + (factors - 1) + " factors; give one a factor, NaN where not known");
    }
    double[] row = new double[factors];
    row[0] = 1;
    System.arraycopy(own, 0, row, 1, own.length);
    return row;
  }

  private static double[] fit(HoldingDay day, Map<Symbol, double[]> rows, int factors) {
    double[][] columns = new double[factors][rows.size()];
    double[] returns = new double[rows.size()];
    int at = 0;
    for (Map.Entry<Symbol, double[]> entry : rows.entrySet()) {
      for (int f = 0; f < factors; f++) {
        columns[f][at] = entry.getValue()[f];
      }
      returns[at++] = day.returns().getOrDefault(entry.getKey(), 0.0);
    }
    return LeastSquares.fit(columns, returns);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The names of the factors, {@link #MARKET} first. */
  public List<String> factors() {
    return factors;
  }

  /** The days. */
  public List<FactorDay> days() {
    return days;
  }

  /** The linked contributions, one a factor. */
  public List<Double> contributions() {
    return contributions;
  }

  /** What no factor explains, linked. */
  public double specific() {
    return specific;
  }

  /** What contributions and specific add up to. */
  public double activeReturn() {
    return activeReturn;
  }
}
