package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What an analyst thinks of a share: a score with its evidence, or an honest abstention. */
public sealed interface Opinion {
  /** Coverage below which an analyst abstains: 0.6. */
  double MIN_COVERAGE = 0.6;

  /** Id of the analyst. */
  String analyst();

  /** The share. */
  Symbol symbol();

  /** Weight of the components that had data, in [0, 1]. */
  double coverage();

  /** What the opinion rests on; with the components that had no data. */
  List<ScoreComponent> components();

  /** Marks such as {@code UNBUYABLE}. */
  List<String> flags();

  /** What a reader should bear in mind. */
  List<String> warnings();

  /** The answer to each case. */
  <R> R fold(Function<Scored, R> scored, Function<Abstained, R> abstained);

  /**
   * A score.
   *
   * @param score in [−1, 1]; higher is more attractive to hold over the next session; for the risk manager higher is
   *     safer
   * @param confidence in [0, 1]; how much the analyst trusts its own score
   */
  record Scored(
      String analyst,
      Symbol symbol,
      double score,
      double confidence,
      double coverage,
      List<ScoreComponent> components,
      List<String> flags,
      List<String> warnings)
      implements Opinion {
    /**
     * Checks the ranges.
     *
     * @throws QilinException INVALID_ARGUMENT if a number is not finite or outside its range
     */
    public Scored {
      Objects.requireNonNull(analyst, "analyst");
      Objects.requireNonNull(symbol, "symbol");
      components = List.copyOf(components);
      flags = List.copyOf(flags);
      warnings = List.copyOf(warnings);
      if (!(score >= -1 && score <= 1)) {
        throw QilinException.invalid("a score is in [-1, 1], was " + score);
      }
      if (!(confidence >= 0 && confidence <= 1) || !(coverage >= 0 && coverage <= 1)) {
        throw QilinException.invalid(
            "confidence and coverage are in [0, 1], were " + confidence + ", " + coverage);
      }
    }

    /** The score in (0, 1], as the design's first version prints it: (score + 1) / 2, at least 0.01. */
    public double score01() {
      return Math.max(0.01, (score + 1) / 2);
    }

    @Override
    public <R> R fold(Function<Scored, R> scored, Function<Abstained, R> abstained) {
      return scored.apply(this);
    }
  }

  /**
   * No score: too little is known, or the analyst failed.
   *
   * @param reason why, one line
   */
  record Abstained(
      String analyst,
      Symbol symbol,
      String reason,
      double coverage,
      List<ScoreComponent> components,
      List<String> flags,
      List<String> warnings)
      implements Opinion {
    /**
     * Copies the lists.
     *
     * @throws QilinException INVALID_ARGUMENT if coverage is outside [0, 1]
     */
    public Abstained {
      Objects.requireNonNull(analyst, "analyst");
      Objects.requireNonNull(symbol, "symbol");
      Objects.requireNonNull(reason, "reason");
      components = List.copyOf(components);
      flags = List.copyOf(flags);
      warnings = List.copyOf(warnings);
      if (!(coverage >= 0 && coverage <= 1)) {
        throw QilinException.invalid("coverage is in [0, 1], was " + coverage);
      }
    }

    @Override
    public <R> R fold(Function<Scored, R> scored, Function<Abstained, R> abstained) {
      return abstained.apply(this);
    }
  }
}
