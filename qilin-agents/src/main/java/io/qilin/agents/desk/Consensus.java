package io.qilin.agents.desk;

import io.qilin.api.analysis.Contribution;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns several opinions about a share into one judgement.
 *
 * <p>With the analysts that scored the share, weights w and scores s in [−1, 1]:
 *
 * <ol>
 *   <li>mean m = Σ w s / Σ w, disagreement σ = √(Σ w (s − m)² / Σ w)
 *   <li>shrunk by disagreement: m (1 − σ), towards "no opinion"
 *   <li>shrunk by risk: a positive score is multiplied by the risk manager's safety (score + 1) /
 *       2. A negative one is left, as risk never makes a share better
 *   <li>confidence = Σ w c / Σ w × (1 − σ) × Σ w / Σ v, v being the weights of all who spoke,
 *       abstentions included
 * </ol>
 *
 * <p>Gates, in this order: {@code all-abstained}; {@code coverage}, if Σ w × coverage / Σ v is
 * below the least coverage; {@code risk-unknown}, if the risk manager abstained; {@code risk}, if
 * the safety is below the least safety. A share that is held back keeps its score, for people to
 * see.
 *
 * <p>An analyst that leaves a share out has nothing to say about it and takes no part; one that
 * abstains lowers coverage and confidence. The result does not depend on the order of analysts or
 * shares: sums run over the analysts by id. Equal scores are ranked by symbol. Immutable and safe
 * to share.
 */
public final class Consensus {
  private static final Comparator<Judgement> BEST_FIRST = Comparator.comparingDouble(
          (Judgement j) -> Double.isNaN(j.score()) ? 2 : -j.score())
      .thenComparing(Judgement::symbol);

  private static final double MIN_WEIGHT = 1e-6;
  private static final double MAX_WEIGHT = 1e6;

  private final SortedMap<String, Double> weights;
  private final double minCoverage;
  private final double minSafety;

  private Consensus(SortedMap<String, Double> weights, double minCoverage, double minSafety) {
    this.weights = weights;
    this.minCoverage = minCoverage;
    this.minSafety = minSafety;
  }

  /**
   * A consensus.
   *
   * @param weights weight by analyst id, from 1e-6 to 1e6; only their ratios matter
   * @param minCoverage least share of the weight with data, in [0, 1]
   * @param minSafety least safety, in [0, 1]
   * @throws QilinException INVALID_CONFIGURATION without any analyst, for a weight or a
   *     limit out of range
   */
  public static Consensus of(Map<String, Double> weights, double minCoverage, double minSafety) {
    if (weights.isEmpty()) {
      throw bad("a consensus needs at least one analyst");
    }
    weights.forEach((id, weight) -> {
      if (!(weight >= MIN_WEIGHT && weight <= MAX_WEIGHT)) {
        throw bad("the weight of " + QilinException.quote(id)
            + " is a number from 1e-6 to 1e6, was " + weight);
      }
    });
    if (!(minCoverage >= 0 && minCoverage <= 1) || !(minSafety >= 0 && minSafety <= 1)) {
      throw bad("least coverage and safety are in [0, 1], were " + minCoverage + ", " + minSafety);
    }
    return new Consensus(
        Collections.unmodifiableSortedMap(new TreeMap<>(weights)), minCoverage, minSafety);
  }

  private static QilinException bad(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  /** Weight by analyst id, sorted by id. */
  public SortedMap<String, Double> weights() {
    return weights;
  }

  /** Least share of the weight with data. */
  public double minCoverage() {
    return minCoverage;
  }

  /** Least safety. */
  public double minSafety() {
    return minSafety;
  }

  /** Best first; those without a score last; equal ones by symbol. */
  public List<Judgement> rank(List<Judgement> judgements) {
    return judgements.stream().sorted(BEST_FIRST).toList();
  }

  /**
   * One judgement from the opinions about a share.
   *
   * @param votes the opinions of the analysts that have weights, in any order
   * @param risk the risk manager's opinion; empty counts as an abstention
   * @throws QilinException INVALID_ARGUMENT if an opinion is about another share, or an analyst has
   *     no weight or speaks twice
   */
  public Judgement judge(Symbol symbol, List<Opinion> votes, Optional<Opinion> risk) {
    SortedMap<String, Opinion> byAnalyst = new TreeMap<>();
    for (Opinion vote : votes) {
      if (!vote.symbol().equals(symbol) || !weights.containsKey(vote.analyst())) {
        throw QilinException.invalid("an opinion of " + QilinException.quote(vote.analyst())
            + " about " + vote.symbol() + " is no vote on " + symbol);
      }
      if (byAnalyst.put(vote.analyst(), vote) != null) {
        throw QilinException.invalid(
            QilinException.quote(vote.analyst()) + " speaks twice about " + symbol);
      }
    }
    return new Ballot(symbol, byAnalyst, risk).judgement();
  }

  /** The sums over one share's opinions. */
  private final class Ballot {
    private final Symbol symbol;
    private final SortedMap<String, Opinion> votes;
    private final Optional<Opinion> risk;
    private double spoken;
    private double scored;
    private double weightedScore;
    private double weightedConfidence;
    private double weightedCoverage;
    private double squares;
    private int voices;

    Ballot(Symbol symbol, SortedMap<String, Opinion> votes, Optional<Opinion> risk) {
      this.symbol = symbol;
      this.votes = votes;
      this.risk = risk;
      votes.values().forEach(this::add);
      double mean = mean();
      votes.values().forEach(vote -> squares += square(vote, mean));
    }

    /** The weighted mean; of a single score that score itself, without rounding. */
    private double mean() {
      return voices == 1
          ? votes.values().stream()
              .flatMap(vote -> Scores.of(vote).stream())
              .findFirst()
              .orElseThrow()
              .score()
          : weightedScore / scored;
    }

    private double weight(Opinion vote) {
      return weights.getOrDefault(vote.analyst(), 0.0);
    }

    private void add(Opinion vote) {
      double weight = weight(vote);
      spoken += weight;
      Scores.of(vote).ifPresent(score -> {
        voices++;
        scored += weight;
        weightedScore += weight * score.score();
        weightedConfidence += weight * score.confidence();
        weightedCoverage += weight * score.coverage();
      });
    }

    private double square(Opinion vote, double mean) {
      double off = Scores.of(vote).map(score -> score.score() - mean).orElse(0.0);
      return weight(vote) * off * off;
    }

    Judgement judgement() {
      double safety =
          risk.flatMap(Scores::of).map(score -> (score.score() + 1) / 2).orElse(Double.NaN);
      if (scored == 0) {
        String reason = votes.isEmpty() ? "no analyst spoke about it" : "every analyst abstained";
        return result(Double.NaN, 0, 0, safety, Optional.of("all-abstained"), reason);
      }
      double mean = mean();
      double sigma = Math.min(1, Math.sqrt(squares / scored));
      double shrunk = mean * (1 - sigma);
      double score = shrunk > 0 && !Double.isNaN(safety) ? shrunk * safety : shrunk;
      double confidence = weightedConfidence / scored * (1 - sigma) * (scored / spoken);
      double coverage = weightedCoverage / spoken;
      Optional<String> gate = gate(coverage, safety);
      return result(
          clip(score, -1),
          clip(confidence, 0),
          sigma,
          safety,
          gate,
          gate.map(id -> why(id, coverage, safety)).orElse(""));
    }

    private Optional<String> gate(double coverage, double safety) {
      if (coverage < minCoverage) {
        return Optional.of("coverage");
      }
      if (Double.isNaN(safety)) {
        return Optional.of("risk-unknown");
      }
      return safety < minSafety ? Optional.of("risk") : Optional.empty();
    }

    private String why(String gate, double coverage, double safety) {
      return switch (gate) {
        case "coverage" ->
          "only " + percent(coverage) + " of the weight has data, " + percent(minCoverage)
              + " are needed";
        case "risk" -> "its safety of " + percent(safety) + " is below " + percent(minSafety);
        default ->
          "its risk is not known: "
              + risk.map(opinion -> opinion.fold(scored -> "", Opinion.Abstained::reason))
                  .orElse("the risk manager left it out");
      };
    }

    private Judgement result(
        double score,
        double confidence,
        double sigma,
        double safety,
        Optional<String> gate,
        String detail) {
      double coverage = spoken == 0 ? 0 : clip(weightedCoverage / spoken, 0);
      return new Judgement(
          symbol, score, confidence, coverage, sigma, safety, gate, detail, trace());
    }

    private List<Contribution> trace() {
      List<Contribution> trace = new ArrayList<>();
      for (Opinion vote : votes.values()) {
        double score = Scores.of(vote).map(Opinion.Scored::score).orElse(Double.NaN);
        double share = Double.isNaN(score) ? 0 : weight(vote) / scored;
        double part = Double.isNaN(score) ? 0 : score * share;
        trace.add(new Contribution(vote.analyst(), score, share, part, Scores.warnings(vote)));
      }
      risk.ifPresent(opinion -> trace.add(new Contribution(
          opinion.analyst(),
          Scores.of(opinion).map(Opinion.Scored::score).orElse(Double.NaN),
          0,
          0,
          Scores.warnings(opinion))));
      return trace;
    }
  }

  private static double clip(double value, double low) {
    return Math.max(low, Math.min(1, value));
  }

  private static String percent(double fraction) {
    return Math.round(fraction * 100) + " %";
  }
}
