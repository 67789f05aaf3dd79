package io.qilin.core.performance.attribution;

import io.qilin.api.error.QilinException;
import io.qilin.core.factor.Grouping;
import io.qilin.core.performance.Compounding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An active return by industry: what came from the weights of industries and what from the shares within them, after
 * Brinson and Fachler (1985) with interaction as in Brinson, Hood and Beebower (1986). With the weights w and returns r of
 * an industry in the portfolio (p) and the benchmark (b), and R the benchmark's return,
 *
 * <pre>
 * allocation (wp − wb)·(rb − R)    selection wb·(rp − rb)    interaction (wp − wb)·(rp − rb)
 * </pre>
 *
 * An industry that only one side holds has the same return on the other side, so that all of it is allocation. Cash is an
 * industry with the return 0. On each day all effects and {@link BrinsonDay#trading} add up to the active return; over time
 * the days are linked, by Cariño's method if returns compound and by plain sums otherwise, and add up to the active return
 * of the whole time. Immutable and safe to share.
 */
public final class BrinsonAttribution {
  /** The industry that what is not invested counts as. */
  public static final String CASH = "(cash)";

  /** The industry of shares whose industry is not known. */
  public static final String UNKNOWN = "(unknown)";

  private final List<BrinsonDay> days;
  private final SortedMap<String, BrinsonEffect> effects;
  private final double trading;
  private final double portfolioReturn;
  private final double benchmarkReturn;

  private BrinsonAttribution(
      List<BrinsonDay> days,
      SortedMap<String, BrinsonEffect> effects,
      double trading,
      Linking linking) {
    this.days = days;
    this.effects = effects;
    this.trading = trading;
    portfolioReturn = linking.portfolio();
    benchmarkReturn = linking.benchmark();
  }

  /**
   * Attributes.
   *
   * @param holdings one a day, ascending, at least one
   * @param industries of the shares, as known on the day
   * @param compounding how the days are linked
   * @throws QilinException INVALID_ARGUMENT without a day, or if a day lost everything and returns compound
   */
  public static BrinsonAttribution of(
      List<HoldingDay> holdings, Grouping industries, Compounding compounding) {
    if (holdings.isEmpty()) {
      throw QilinException.invalid("an attribution needs at least one day");
    }
    Linking linking = Linking.of(holdings, compounding);
    List<BrinsonDay> days = new ArrayList<>();
    SortedMap<String, BrinsonEffect> effects = new TreeMap<>();
    double trading = 0;
    for (int i = 0; i < holdings.size(); i++) {
      BrinsonDay day = BrinsonDay.of(holdings.get(i), industries);
      double factor = linking.factors().get(i);
      day.effects()
          .forEach((industry, effect) ->
              effects.merge(industry, effect.times(factor), BrinsonEffect::plus));
      trading += day.trading() * factor;
      days.add(day);
    }
    return new BrinsonAttribution(
        List.copyOf(days), Collections.unmodifiableSortedMap(effects), trading, linking);
  }

  /** The days. */
  public List<BrinsonDay> days() {
    return days;
  }

  /** The linked effects by industry. */
  public SortedMap<String, BrinsonEffect> effects() {
    return effects;
  }

  /** The linked effects of all industries. */
  public BrinsonEffect total() {
    return effects.values().stream().reduce(BrinsonEffect.NONE, BrinsonEffect::plus);
  }

  /** What trades within the days and cost brought, linked. */
  public double trading() {
    return trading;
  }

  /** The account's return of the whole time. */
  public double portfolioReturn() {
    return portfolioReturn;
  }

  /** The benchmark's return of the whole time. */
  public double benchmarkReturn() {
    return benchmarkReturn;
  }

  /** What all effects and trading add up to. */
  public double activeReturn() {
    return portfolioReturn - benchmarkReturn;
  }
}
