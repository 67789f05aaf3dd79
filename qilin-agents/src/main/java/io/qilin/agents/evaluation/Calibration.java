package io.qilin.agents.evaluation;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns scores into probabilities of a hit, learnt from an earlier period: the only source of
 * probabilities. The scores are cut into bins of equal count; a bin's rate is (hits + 20 × base rate) /
 * (rows + 20), which draws few rows towards the base rate; rates are then made to rise with the score
 * by pooling neighbours that do not (isotonic regression, pool-adjacent-violators). A probability is
 * that of the bin in which a score lies, the outer bins being open. Immutable and safe to share.
 */
public final class Calibration {
  /** The fewest rows to learn from. */
  public static final int MIN_ROWS = 200;

  private static final int PRIOR = 20;

  /** A stretch of scores, the lowest one first. */
  private record Bin(double from, long rows, double rate) {}

  private final OutcomeLabel label;
  private final List<Bin> bins;
  private final LocalDate learntUntil;

  private Calibration(OutcomeLabel label, List<Bin> bins, LocalDate learntUntil) {
    this.label = label;
    this.bins = bins;
    this.learntUntil = learntUntil;
  }

  /**
   * Learns from a period.
   *
   * @param count bins, 2 to 100
   * @throws QilinException INVALID_ARGUMENT for fewer than {@value #MIN_ROWS} rows, or another count
   */
  public static Calibration learn(OutcomeTable table, int count) {
    if (table.rows().size() < MIN_ROWS || count < 2 || count > 100) {
      throw QilinException.invalid("a calibration needs " + MIN_ROWS
          + " rows and 2 to 100 bins, not " + table.rows().size() + " and " + count);
    }
    List<OutcomeRow> rows = new ArrayList<>(table.rows());
    rows.sort(Comparator.comparingDouble(OutcomeRow::score));
    double base = rows.stream().filter(table::hit).count() / (double) rows.size();
    List<Bin> bins = new ArrayList<>();
    int from = 0;
    for (int k = 1; k <= count; k++) {
      int to = (int) ((long) rows.size() * k / count);
      while (to > from
          && to < rows.size()
          && rows.get(to).score() == rows.get(to - 1).score()) {
        to++;
      }
      if (to > from) {
        List<OutcomeRow> own = rows.subList(from, to);
        long hits = own.stream().filter(table::hit).count();
        double rate = (hits + PRIOR * base) / (own.size() + PRIOR);
        pool(bins, new Bin(own.get(0).score(), own.size(), rate));
        from = to;
      }
    }
    return new Calibration(table.label(), List.copyOf(bins), table.knownUntil());
  }

  /** Appends a bin, merged with those before it that have a higher rate. */
  private static void pool(List<Bin> bins, Bin next) {
    Bin merged = next;
    while (!bins.isEmpty() && bins.get(bins.size() - 1).rate() >= merged.rate()) {
      Bin before = bins.remove(bins.size() - 1);
      long rows = before.rows() + merged.rows();
      double rate = (before.rows() * before.rate() + merged.rows() * merged.rate()) / rows;
      merged = new Bin(before.from(), rows, rate);
    }
    bins.add(merged);
  }

  /** What a hit is. */
  public OutcomeLabel label() {
    return label;
  }

  /** The last day on which something became known that was learnt; it may be used from that evening on. */
  public LocalDate learntUntil() {
    return learntUntil;
  }

  /** The probability of a hit, in (0, 1); {@code NaN} for a score that is {@code NaN}. */
  public double probability(double score) {
    double rate = Double.isNaN(score) ? Double.NaN : bins.get(0).rate();
    for (Bin bin : bins) {
      rate = score >= bin.from() ? bin.rate() : rate;
    }
    return rate;
  }

  /**
   * How well the probabilities hold in a later period.
   *
   * @throws QilinException INVALID_ARGUMENT if the period is not later, is empty, or has another label
   */
  public Reliability assess(OutcomeTable later) {
    later.requireAfter(learntUntil);
    if (later.rows().isEmpty() || later.label() != label) {
      throw QilinException.invalid(
          "a calibration of " + label + " is assessed by rows of the same, not by "
              + later.rows().size() + " of " + later.label());
    }
    return Reliability.of(later, this);
  }
}
