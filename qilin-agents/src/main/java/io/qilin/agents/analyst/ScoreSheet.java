package io.qilin.agents.analyst;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of a score with their weights, and how they become an opinion.
 *
 * <p>With known parts i of weight w<sub>i</sub> and value n<sub>i</sub> in [0, 1], higher being
 * better:
 *
 * <ul>
 *   <li>coverage = Σ w<sub>i</sub>; below {@link Opinion#MIN_COVERAGE} the analyst abstains
 *   <li>mean = Σ w<sub>i</sub> n<sub>i</sub> / Σ w<sub>i</sub>; score = 2 · mean − 1
 *   <li>confidence = coverage × (1 − 2 · √(Σ w<sub>i</sub> (n<sub>i</sub> − mean)² / Σ
 *       w<sub>i</sub>)): how much is known, times how far the parts agree
 * </ul>
 *
 * <p>Weights are whole thousandths, so that they add up to exactly 1 and a coverage of 0.6 is 0.6.
 * Immutable.
 */
final class ScoreSheet {
  /**
   * A part of the score.
   *
   * @param perMille weight in thousandths
   */
  record Part(String name, String unit, int perMille, String source) {}

  private static final int WHOLE = 1000;

  private final String analyst;
  private final List<Part> parts;
  /** The components and the reason of a share of which nothing is known: most shares of most sheets. */
  private final List<ScoreComponent> nothing;

  private final String nothingKnown;

  ScoreSheet(String analyst, List<Part> parts) {
    int sum = parts.stream().mapToInt(Part::perMille).sum();
    if (sum != WHOLE || parts.stream().anyMatch(part -> part.perMille() <= 0)) {
      throw QilinException.invalid("the weights of " + analyst
          + " must be positive and add up to 1000 thousandths, not " + sum);
    }
    this.analyst = analyst;
    this.parts = List.copyOf(parts);
    Row empty = new Row();
    this.nothing = List.copyOf(empty.components());
    this.nothingKnown = empty.tooLittle();
  }

  List<Part> parts() {
    return parts;
  }

  /** A row of measured and normalised values, all not known yet. */
  Row row() {
    return new Row();
  }

  /** What is known of one share. Not thread-safe. */
  final class Row {
    private final double[] raw = new double[parts.size()];
    private final double[] normalised = new double[parts.size()];
    private final List<String> flags = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Row() {
      Arrays.fill(raw, Double.NaN);
      Arrays.fill(normalised, Double.NaN);
    }

    /**
     * Sets a part.
     *
     * @param measured the measured value; not known if it is not finite
     * @param value the value on [0, 1], {@code NaN} if not known; clipped
     */
    Row set(int part, double measured, double value) {
      raw[part] = Double.isInfinite(measured) ? Double.NaN : measured;
      normalised[part] = value < 0 ? 0 : value > 1 ? 1 : value;
      return this;
    }

    double raw(int part) {
      return raw[part];
    }

    Row flag(String flag) {
      flags.add(flag);
      return this;
    }

    Row warn(String warning) {
      warnings.add(warning);
      return this;
    }

    private int known() {
      int known = 0;
      for (int k = 0; k < normalised.length; k++) {
        known += Double.isNaN(normalised[k]) ? 0 : parts.get(k).perMille();
      }
      return known;
    }

    /** Share of the weight that has data, in [0, 1]. */
    double coverage() {
      return known() / (double) WHOLE;
    }

    /** The mean of the known parts on [0, 1]; {@code NaN} if none is known. */
    double mean() {
      double sum = 0;
      for (int k = 0; k < normalised.length; k++) {
        sum += Double.isNaN(normalised[k]) ? 0 : parts.get(k).perMille() * normalised[k];
      }
      return sum / known();
    }

    /** How much the score is to be trusted, in [0, 1]. */
    double confidence() {
      double mean = mean();
      double squares = 0;
      for (int k = 0; k < normalised.length; k++) {
        double off = Double.isNaN(normalised[k]) ? 0 : normalised[k] - mean;
        squares += parts.get(k).perMille() * off * off;
      }
      return Math.max(0, coverage() * (1 - 2 * Math.sqrt(squares / known())));
    }

    boolean enough() {
      return coverage() >= Opinion.MIN_COVERAGE;
    }

    Opinion opinion(Symbol symbol) {
      if (!enough()) {
        boolean empty = known() == 0 && Arrays.stream(raw).allMatch(Double::isNaN);
        return new Opinion.Abstained(
            analyst,
            symbol,
            empty ? nothingKnown : tooLittle(),
            coverage(),
            empty ? nothing : components(),
            flags,
            warnings);
      }
      double score = Math.max(-1, Math.min(1, 2 * mean() - 1));
      return new Opinion.Scored(
          analyst, symbol, score, confidence(), coverage(), components(), flags, warnings);
    }

    private String tooLittle() {
      List<String> missing = new ArrayList<>();
      for (int k = 0; k < normalised.length; k++) {
        if (Double.isNaN(normalised[k])) {
          missing.add(parts.get(k).name());
        }
      }
      return "only " + known() / 10 + " % of the weight has data, 60 % are needed; not known: "
          + String.join(", ", missing);
    }

    private List<ScoreComponent> components() {
      List<ScoreComponent> out = new ArrayList<>(parts.size());
      for (int k = 0; k < normalised.length; k++) {
        Part part = parts.get(k);
        out.add(new ScoreComponent(
            part.name(),
            raw[k],
            part.unit(),
            normalised[k],
            part.perMille() / (double) WHOLE,
            part.source()));
      }
      return out;
    }
  }
}
