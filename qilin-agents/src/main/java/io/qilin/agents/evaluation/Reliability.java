package io.qilin.agents.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well probabilities held.
 *
 * @param rows how many were judged
 * @param brier mean squared difference of probability and outcome (1 for a hit, else 0); 0 is perfect
 * @param baseBrier the same for always saying the period's own rate of hits, which nobody knew
 * @param deciles the rows by probability in ten parts of equal count, the lowest first; fewer parts
 *     for fewer than ten rows
 */
public record Reliability(long rows, double brier, double baseBrier, List<Decile> deciles) {
  private static final int PARTS = 10;

  /**
   * A part of the rows.
   *
   * @param rows how many
   * @param said mean probability
   * @param seen rate of hits
   */
  public record Decile(long rows, double said, double seen) {}

  /** Copies the list. */
  public Reliability {
    deciles = List.copyOf(deciles);
  }

  /** 1 − brier / baseBrier: positive where the probabilities know more than the rate; {@code NaN} if all or none are hits. */
  public double skill() {
    return baseBrier == 0 ? Double.NaN : 1 - brier / baseBrier;
  }

  static Reliability of(OutcomeTable table, Calibration calibration) {
    List<OutcomeRow> rows = new ArrayList<>(table.rows());
    rows.sort(Comparator.comparingDouble((OutcomeRow row) -> calibration.probability(row.score()))
        .thenComparing(OutcomeRow::day)
        .thenComparing(OutcomeRow::symbol));
    int n = rows.size();
    double base = rows.stream().filter(table::hit).count() / (double) n;
    double squares = 0;
    for (OutcomeRow row : rows) {
      double off = calibration.probability(row.score()) - (table.hit(row) ? 1 : 0);
      squares += off * off;
    }
    List<Decile> deciles = new ArrayList<>();
    for (int k = 0; k < PARTS; k++) {
      int from = (int) ((long) n * k / PARTS);
      int to = (int) ((long) n * (k + 1) / PARTS);
      if (to > from) {
        List<OutcomeRow> own = rows.subList(from, to);
        double said = own.stream()
            .mapToDouble(row -> calibration.probability(row.score()))
            .sum();
        long hits = own.stream().filter(table::hit).count();
        deciles.add(new Decile(own.size(), said / own.size(), hits / (double) own.size()));
      }
    }
    return new Reliability(n, squares / n, base * (1 - base), deciles);
  }
}
