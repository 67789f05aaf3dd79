package io.qilin.agents.analyst;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The standard formula sheet of the {@link MarketEcologyAnalyst}. */
final class StandardEcology implements MarketEcologyAnalyst.EcologySheet {
  static final ScoreSheet SHEET = new ScoreSheet(
      MarketEcologyAnalyst.ID,
      List.of(
          new ScoreSheet.Part("breadth", "fraction", 150, "bars"),
          new ScoreSheet.Part("height", "days", 150, "bars"),
          new ScoreSheet.Part("survival", "fraction", 150, "bars"),
          new ScoreSheet.Part("premium", "fraction", 150, "bars"),
          new ScoreSheet.Part("liquidity", "1", 150, "bars"),
          new ScoreSheet.Part("kind", "fraction", 250, "bars")));

  private static final int KIND = 5;
  /** A mean return of the kind that counts as the best; its negative as the worst. */
  private static final double BEST = 0.05;

  private final MarketCycle cycle;
  private final MarketDays days;
  /** Where each dimension stands on the day, the same for all shares. */
  private final double[] values = new double[KIND];

  StandardEcology(MarketCycle cycle, MarketDays days) {
    this.cycle = cycle;
    this.days = days;
    Arrays.setAll(values, cycle::value);
  }

  @Override
  public ScoreSheet.Row row(Optional<ShareKind> kind) {
    ScoreSheet.Row row = SHEET.row();
    for (int k = 0; k < KIND; k++) {
      row.set(k, cycle.raw(k), values[k]);
    }
    double follow = kind.isPresent() && !Double.isNaN(cycle.level())
        ? days.followReturn(kind.get()).orElse(Double.NaN)
        : Double.NaN;
    return row.set(KIND, follow, 0.5 + follow / (2 * BEST));
  }
}
