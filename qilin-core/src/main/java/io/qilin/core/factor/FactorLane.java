package io.qilin.core.factor;

import java.util.Arrays;

/**
 * One factor on its way through the days: what it keeps of each day, and of yesterday's values what today is compared
 * with. Used by one thread at a time.
 */
final class FactorLane {
  private static final double FIFTH = 0.2;

  private final int groups;
  private final boolean tradable;
  private final boolean grouped;
  private final DaySeries series;
  private final DropCounter drops;

  private final double[] before;
  private final int[] orderBefore;
  private final boolean[] tiedBefore;
  private final boolean[] isKnownBefore;
  private final boolean[] topBefore;
  private int knownBefore;
  private int topSizeBefore;
  private boolean first = true;

  FactorLane(int instruments, StudySettings settings) {
    groups = settings.groups();
    tradable = settings.tradability().isPresent();
    grouped = settings.grouping().isPresent();
    series = new DaySeries(Figures.width(groups, settings.horizons().size()));
    drops = new DropCounter(instruments);
    before = new double[instruments];
    orderBefore = new int[instruments];
    tiedBefore = new boolean[instruments];
    isKnownBefore = new boolean[instruments];
    topBefore = new boolean[instruments];
  }

  DaySeries series() {
    return series;
  }

  DropCounter drops() {
    return drops;
  }

  /** Takes the factor's values of the next day. */
  void accept(double[] values, StudyDay today, StudyScratch s) {
    double[] scores = inSpan(values, today, s);
    int known = s.sorting.sort(scores, s.order, s.tied);
    for (int i = 0; i < scores.length; i++) {
      s.known[i] = Double.isFinite(scores[i]);
    }
    series.nextDay();
    series.set(Figures.KNOWN, known);
    series.set(Figures.LISTED, today.listed);
    drops.nextDay(scores, today);
    correlate(scores, today, s, known);
    formGroups(today, s, known);
    longShort(today, s, known);
    series.set(Figures.LONG_AVERAGE, today.outcomes[0].mean());
    compareWithYesterday(scores, s, known);
    turnover(s);
    remember(scores, s, known);
  }

  /** The values, {@code NaN} outside the instruments' spans. */
  private static double[] inSpan(double[] values, StudyDay today, StudyScratch s) {
    if (today.listed == values.length) {
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      s.scores[i] = today.inSpan[i] ? values[i] : Double.NaN;
    }
    return s.scores;
  }

  private void correlate(double[] scores, StudyDay today, StudyScratch s, int known) {
    int pairs = 0;
    long squares = 0;
    for (int h = 0; h < today.outcomes.length; h++) {
      StudyDay.Outcome outcome = today.outcomes[h];
      if (!outcome.knownAsBefore) {
        pairs = pair(s.known, outcome.known, s.pair);
        Arrays.fill(s.ranks, 0);
        squares = CentredRanks.of(s.order, s.tied, known, s.pair, pairs, s.ranks);
      }
      boolean all = pairs == outcome.count;
      int[] others = all ? outcome.ranks : s.otherRanks;
      long otherSquares = all ? outcome.squares : rank(outcome, s, pairs);
      if (squares > 0 && otherSquares > 0) {
        long products = CentredRanks.product(s.ranks, others, s.ranks.length);
        set(h, Figures.IC, s.correlation(scores, outcome.values, pairs));
        set(h, Figures.RANK_IC, CentredRanks.correlation(products, squares, otherSquares));
      }
      if (grouped) {
        set(
            h,
            Figures.NEUTRAL_RANK_IC,
            s.groups.correlation(s.ranks, others, s.pair, today.groups, today.groupCount));
      }
      if (h == 0) {
        series.set(Figures.PAIRS, pairs);
      }
    }
  }

  /** Ranks the outcomes of the pairs among themselves; what is no pair gets 0. */
  private static long rank(StudyDay.Outcome outcome, StudyScratch s, int pairs) {
    Arrays.fill(s.otherRanks, 0);
    return CentredRanks.of(outcome.order, outcome.tied, outcome.count, s.pair, pairs, s.otherRanks);
  }

  private void set(int horizon, int figure, double value) {
    series.set(Figures.of(groups, horizon, figure), value);
  }

  @SuppressWarnings("ShortCircuitBoolean") // without a branch to guess
  private static int pair(boolean[] x, boolean[] y, boolean[] pair) {
    int count = 0;
    for (int i = 0; i < pair.length; i++) {
      pair[i] = x[i] & y[i];
      count += pair[i] ? 1 : 0;
    }
    return count;
  }

  /** Cuts the order into groups: an instrument of average rank r of n falls into group ⌊(r − ½)·groups/n⌋. */
  private void formGroups(StudyDay today, StudyScratch s, int known) {
    cut(s, known);
    int[] starts = s.groupStarts;
    if (starts[groups] == 0) {
      return;
    }
    double[] outcomes = today.outcomes[0].values;
    for (int g = 0; g < groups; g++) {
      series.set(Figures.group(g), mean(outcomes, s.order, starts[g], starts[g + 1]));
    }
    for (int h = 0; h < today.outcomes.length; h++) {
      double[] values = today.outcomes[h].values;
      double top = mean(values, s.order, starts[groups - 1], starts[groups]);
      set(h, Figures.SPREAD, top - mean(values, s.order, 0, starts[1]));
    }
    if (tradable && today.outcomes[0].count > 0) {
      topBuyable(outcomes, today.buyable, s);
    }
  }

  private void cut(StudyScratch s, int known) {
    int[] starts = s.groupStarts;
    Arrays.fill(starts, 0);
    if (known < groups) {
      return;
    }
    int group = 0;
    for (int from = 0, to; from < known; from = to) {
      to = from + 1;
      while (to < known && s.tied[to]) {
        to++;
      }
      while ((long) (from + to) * groups >= 2L * known * (group + 1)) {
        starts[++group] = from;
      }
    }
    Arrays.fill(starts, group + 1, groups + 1, known);
  }

  private void topBuyable(double[] outcomes, boolean[] buyable, StudyScratch s) {
    int from = s.groupStarts[groups - 1];
    int to = s.groupStarts[groups];
    double sum = 0;
    int counted = 0;
    int could = 0;
    for (int k = from; k < to; k++) {
      int i = s.order[k];
      if (buyable[i]) {
        could++;
        if (Double.isFinite(outcomes[i])) {
          sum += outcomes[i];
          counted++;
        }
      }
    }
    series.set(Figures.TOP_BUYABLE, counted == 0 ? Double.NaN : sum / counted);
    series.set(Figures.TOP_BUYABLE_SHARE, to == from ? Double.NaN : (double) could / (to - from));
  }

  /** Mean of the known outcomes of some places of the order. */
  private static double mean(double[] outcomes, int[] order, int from, int to) {
    double sum = 0;
    int count = 0;
    for (int k = from; k < to; k++) {
      double outcome = outcomes[order[k]];
      if (Double.isFinite(outcome)) {
        sum += outcome;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** As Qlib: a fifth counts from all listed instruments, with a value or without. */
  private void longShort(StudyDay today, StudyScratch s, int known) {
    int size = Math.min((int) (today.listed * FIFTH), known);
    if (size == 0) {
      return;
    }
    double[] outcomes = today.outcomes[0].values;
    double lowest = mean(outcomes, s.order, 0, size);
    series.set(Figures.SHORT_PRECISION, shareOfSign(-1, outcomes, s.order, size));
    takeHighest(size, known, s);
    series.set(Figures.LONG_PRECISION, shareOfSign(1, outcomes, s.highest, size));
    series.set(Figures.LONG_SHORT, (mean(outcomes, s.highest, 0, size) - lowest) / 2);
  }

  /** Of equal ones at the cut those come in that stand first, as pandas' {@code nlargest} takes them. */
  private static void takeHighest(int size, int known, StudyScratch s) {
    int cut = known - size;
    int from = cut;
    while (from > 0 && s.tied[from]) {
      from--;
    }
    int to = cut + 1;
    while (to < known && s.tied[to]) {
      to++;
    }
    System.arraycopy(s.order, from, s.highest, 0, to - cut);
    System.arraycopy(s.order, to, s.highest, to - cut, known - to);
  }

  /** The share of the known outcomes of the first places that are of a sign. */
  private static double shareOfSign(int sign, double[] outcomes, int[] places, int size) {
    int right = 0;
    int count = 0;
    for (int k = 0; k < size; k++) {
      double outcome = outcomes[places[k]];
      if (Double.isFinite(outcome)) {
        right += sign * outcome > 0 ? 1 : 0;
        count++;
      }
    }
    return count == 0 ? Double.NaN : (double) right / count;
  }

  private void compareWithYesterday(double[] scores, StudyScratch s, int known) {
    if (first) {
      return;
    }
    int both = pair(s.known, isKnownBefore, s.pair);
    Arrays.fill(s.ranks, 0);
    long squares = CentredRanks.of(s.order, s.tied, known, s.pair, both, s.ranks);
    long otherSquares =
        CentredRanks.of(orderBefore, tiedBefore, knownBefore, s.pair, both, s.otherRanks);
    if (squares > 0 && otherSquares > 0) {
      long products = CentredRanks.product(s.ranks, s.otherRanks, s.ranks.length);
      series.set(
          Figures.RANK_AUTOCORRELATION, CentredRanks.correlation(products, squares, otherSquares));
      series.set(Figures.AUTOCORRELATION, s.correlation(before, scores, both));
    }
  }

  /** Share of today's top group that was not in yesterday's. */
  private void turnover(StudyScratch s) {
    int from = s.groupStarts[groups - 1];
    int to = s.groupStarts[groups];
    int stayed = 0;
    for (int k = from; k < to; k++) {
      stayed += topBefore[s.order[k]] ? 1 : 0;
    }
    if (to > from && topSizeBefore > 0) {
      series.set(Figures.TURNOVER, 1 - (double) stayed / (to - from));
    }
    Arrays.fill(topBefore, false);
    for (int k = from; k < to; k++) {
      topBefore[s.order[k]] = true;
    }
    topSizeBefore = to - from;
  }

  private void remember(double[] scores, StudyScratch s, int known) {
    System.arraycopy(scores, 0, before, 0, before.length);
    System.arraycopy(s.order, 0, orderBefore, 0, known);
    System.arraycopy(s.tied, 0, tiedBefore, 0, known);
    System.arraycopy(s.known, 0, isKnownBefore, 0, before.length);
    knownBefore = known;
    first = false;
  }
}
