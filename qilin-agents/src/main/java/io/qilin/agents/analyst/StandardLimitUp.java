package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.Sessions;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The standard formula sheet of the {@link LimitUpQualityAnalyst}. */
final class StandardLimitUp implements LimitUpQualityAnalyst.LimitUpSheet {
  static final ScoreSheet SHEET = new ScoreSheet(
      LimitUpQualityAnalyst.ID,
      List.of(
          new ScoreSheet.Part("seal", "fraction", 200, "seals"),
          new ScoreSheet.Part("time", "minutes", 150, "seals"),
          new ScoreSheet.Part("stability", "breaks", 150, "seals"),
          new ScoreSheet.Part("trend", "1/minute", 100, "seals"),
          new ScoreSheet.Part("turnover", "fraction", 100, "bars"),
          new ScoreSheet.Part("flow", "1", 100, "seals"),
          new ScoreSheet.Part("sentiment", "1", 100, "bars"),
          new ScoreSheet.Part("continuation", "probability", 100, "seals")));

  private static final int ENOUGH_NAMES = 10;
  private static final int TRAILING_DAYS = 20;
  private static final double LOG_4 = StrictMath.log(4);

  /** The sealed shares of the day by limit class, and those with which seal ratios are compared. */
  private final Map<Integer, List<SealedShare>> today = new TreeMap<>();

  private final Map<Integer, List<SealedShare>> trailing = new TreeMap<>();
  private final Map<Integer, double[]> toFloats = new TreeMap<>();
  private final Map<Integer, double[]> toTurnovers = new TreeMap<>();
  private final double mood;

  StandardLimitUp(
      MarketSnapshot snapshot,
      LimitUpFacts facts,
      Seals seals,
      List<SealedShare> sealed,
      double mood) {
    this.mood = mood;
    sealed.forEach(share ->
        today.computeIfAbsent(share.limitClass(), c -> new ArrayList<>()).add(share));
    int last = snapshot.raw().days().size() - 1;
    for (int d = Math.max(0, last - TRAILING_DAYS + 1);
        d <= last && !seals.isEmpty(snapshot);
        d++) {
      for (int i = 0; i < snapshot.raw().symbols().size(); i++) {
        if (SealedShare.mayTouch(snapshot.raw(), i, d) && facts.at(i, d).sealed()) {
          SealedShare share = new SealedShare(snapshot, facts, seals, i, d);
          trailing.computeIfAbsent(share.limitClass(), c -> new ArrayList<>()).add(share);
        }
      }
    }
  }

  @Override
  public ScoreSheet.Row empty() {
    return SHEET.row();
  }

  @Override
  public ScoreSheet.Row row(SealedShare share) {
    double turnover = share.turnover();
    double minutes = share.firstSeal().map(Sessions::minutesElapsed).orElse(Double.NaN);
    OptionalInt breaks = share.breaks();
    double trend = share.seal().map(seal -> seal.trend().orElse(Double.NaN)).orElse(Double.NaN);
    double flow = share.seal().map(seal -> seal.flow().orElse(Double.NaN)).orElse(Double.NaN);
    double next =
        share.seal().map(seal -> seal.continuation().orElse(Double.NaN)).orElse(Double.NaN);
    return SHEET
        .row()
        .set(0, share.sealToFloat(), seal(share))
        .set(1, minutes, share.firstSeal().map(StandardLimitUp::time).orElse(Double.NaN))
        .set(2, known(breaks), 1 / (1 + 0.3 * known(breaks)))
        .set(3, trend, 1 / (1 + StrictMath.exp(-trend)))
        .set(4, turnover, turnover(share))
        .set(5, flow, flow)
        .set(6, mood, mood)
        .set(7, next, next);
  }

  private static double known(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : Double.NaN;
  }

  /** The time table of the design's first version. */
  static double time(LocalTime firstSeal) {
    return firstSeal.isBefore(LocalTime.of(9, 35))
        ? 1
        : firstSeal.isBefore(LocalTime.of(10, 0))
            ? 0.8
            : firstSeal.isBefore(LocalTime.of(14, 0)) ? 0.5 : 0.3;
  }

  private double seal(SealedShare share) {
    double toFloat = share.sealToFloat();
    double toTurnover = share.sealToTurnover();
    if (!Double.isFinite(toFloat) || !Double.isFinite(toTurnover)) {
      return Double.NaN;
    }
    int limitClass = share.limitClass();
    double[] floats = toFloats.computeIfAbsent(limitClass, c -> among(c, SealedShare::sealToFloat));
    double[] turnovers =
        toTurnovers.computeIfAbsent(limitClass, c -> among(c, SealedShare::sealToTurnover));
    return (CrossSection.percentile(floats, toFloat, ENOUGH_NAMES)
            + CrossSection.percentile(turnovers, toTurnover, ENOUGH_NAMES))
        / 2;
  }

  /** The known ratios of a limit class: of the day, or of the last days if too few. */
  private double[] among(int limitClass, ToDoubleFunction<SealedShare> ratio) {
    double[] ofDay = finite(today, limitClass, ratio);
    return ofDay.length >= ENOUGH_NAMES ? ofDay : finite(trailing, limitClass, ratio);
  }

  private static double[] finite(
      Map<Integer, List<SealedShare>> from, int limitClass, ToDoubleFunction<SealedShare> ratio) {
    return from.getOrDefault(limitClass, List.of()).stream()
        .mapToDouble(ratio)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  private double turnover(SealedShare share) {
    double[] others = today.getOrDefault(share.limitClass(), List.of()).stream()
        .filter(other -> other != share)
        .mapToDouble(SealedShare::turnover)
        .filter(value -> value > 0 && Double.isFinite(value))
        .toArray();
    if (others.length < CrossSection.MIN_NAMES || !(share.turnover() > 0)) {
      return Double.NaN;
    }
    double off = StrictMath.log(share.turnover() / SealTrend.median(others, others.length));
    return Math.max(0, 1 - Math.abs(off) / LOG_4);
  }
}
