package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The members of one theme, compared with one another; everything is sorted once. */
final class ThemeView {
  private static final double INDUCED_MINUTES = 30;
  private static final int WORST_OF_DAYS = 10;
  private static final int FEWEST = 3;

  private final MarketSnapshot snapshot;
  private final String id;
  private final List<ThemeMember> members;
  private final double[] streaks;
  private final double[] seals;
  private final double[] amounts;
  private final double[] returns;
  private final double[] worths;
  private final int worstDay;
  private final double[] worstReturns;

  ThemeView(MarketSnapshot snapshot, String id, List<ThemeMember> members) {
    this.snapshot = snapshot;
    this.id = id;
    this.members = members;
    this.streaks = sorted(ThemeMember::streak);
    this.seals = sorted(ThemeMember::firstSeal);
    this.amounts = sorted(ThemeMember::amount);
    this.returns = sorted(ThemeMember::dayReturn);
    this.worths = sorted(ThemeMember::worth);
    this.worstDay = worstDay();
    this.worstReturns = sorted(member -> returnOn(member.instrument(), worstDay));
  }

  private double[] sorted(ToDoubleFunction<ThemeMember> measure) {
    return members.stream()
        .mapToDouble(measure)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  String id() {
    return id;
  }

  List<ThemeMember> members() {
    return members;
  }

  int sealedMembers() {
    return (int) members.stream().filter(ThemeMember::sealed).count();
  }

  /** Among sealed and other members: 1 for the only one with the longest streak. */
  double heightRank(ThemeMember member) {
    return rank(streaks, member.streak());
  }

  /** 1 for the first to seal, 0 for the last and for those that did not reach the limit. */
  double sealRank(ThemeMember member) {
    if (seals.length < FEWEST) {
      return Double.NaN;
    }
    if (!member.fact().touched()) {
      return 0;
    }
    return 1 - rank(seals, member.firstSeal());
  }

  /**
   * Members that first sealed within 30 minutes of trading after it, among all that sealed later; 0
   * if none did.
   */
  double induced(ThemeMember member) {
    if (seals.length < FEWEST) {
      return Double.NaN;
    }
    if (!member.fact().touched()) {
      return 0;
    }
    double first = member.firstSeal();
    if (Double.isNaN(first)) {
      return Double.NaN;
    }
    int later = seals.length - CrossSection.notAbove(seals, first);
    int soon =
        CrossSection.notAbove(seals, first + INDUCED_MINUTES) - CrossSection.notAbove(seals, first);
    return later == 0 ? 0 : soon / (double) later;
  }

  /** Its rank on the day of the last ten on which the theme fell the most. */
  double worstDayRank(ThemeMember member) {
    return rank(worstReturns, returnOn(member.instrument(), worstDay));
  }

  double amountRank(ThemeMember member) {
    return rank(amounts, member.amount());
  }

  /** Its place by the day's return: 1 for the best. */
  int place(ThemeMember member) {
    return 1 + returns.length - CrossSection.notAbove(returns, member.dayReturn());
  }

  /** Whether it has the largest amount of the theme and is no smaller than the middle. */
  boolean core(ThemeMember member) {
    return amounts.length >= FEWEST
        && member.amount() == amounts[amounts.length - 1]
        && worths.length >= FEWEST
        && member.worth() >= worths[worths.length / 2];
  }

  /** (Below + half of the equal others) / others; {@code NaN} among fewer than three. */
  private static double rank(double[] sorted, double value) {
    if (sorted.length < FEWEST || Double.isNaN(value)) {
      return Double.NaN;
    }
    int notAbove = CrossSection.notAbove(sorted, value);
    int below = CrossSection.below(sorted, value);
    return (below + 0.5 * (notAbove - below - 1)) / (sorted.length - 1);
  }

  private int worstDay() {
    int last = snapshot.raw().days().size() - 1;
    int worst = -1;
    double lowest = Double.NaN;
    for (int d = Math.max(0, last - WORST_OF_DAYS + 1); d <= last; d++) {
      int day = d;
      double[] known = members.stream()
          .mapToDouble(member -> returnOn(member.instrument(), day))
          .filter(Double::isFinite)
          .toArray();
      double mean = known.length < FEWEST ? Double.NaN : Arrays.stream(known).sum() / known.length;
      if (mean < lowest || (worst < 0 && !Double.isNaN(mean))) {
        lowest = mean;
        worst = d;
      }
    }
    return worst;
  }

  private double returnOn(int instrument, int day) {
    Panel raw = snapshot.raw();
    double change = day < 0 || !raw.has(Field.PRE_CLOSE)
        ? Double.NaN
        : raw.value(Field.CLOSE, instrument, day) / raw.value(Field.PRE_CLOSE, instrument, day) - 1;
    return Double.isFinite(change) ? change : Double.NaN;
  }
}
