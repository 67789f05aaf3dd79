package io.qilin.agents.debate;

import io.qilin.api.analysis.Contribution;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a debate about one share may use: the desk's score and the evidence, nothing else.
 *
 * @param about the share
 * @param day the day whose evening the decision is taken
 * @param session the day for which it is to be bought
 * @param asOf the moment of decision
 * @param score the desk's score in [−1, 1]
 * @param supporting what speaks for it, the strongest first, each with a positive impact
 * @param opposing what speaks against it, the strongest first, each with a negative impact
 * @param lessons what became of earlier decisions, resolved before the day of this one; may be empty
 * @param opinions what the analysts think of it, for the figures that models may quote
 */
public record CaseFile(
    Symbol about,
    LocalDate day,
    LocalDate session,
    Instant asOf,
    double score,
    List<Evidence> supporting,
    List<Evidence> opposing,
    List<String> lessons,
    List<Opinion> opinions) {
  private static final Comparator<Evidence> STRONGEST = Comparator.comparingDouble(
          (Evidence one) -> -Math.abs(one.impact()))
      .thenComparing(Evidence::key);

  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT if the score is not in [−1, 1]
   */
  public CaseFile {
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(asOf, "asOf");
    supporting = List.copyOf(supporting);
    opposing = List.copyOf(opposing);
    lessons = List.copyOf(lessons);
    opinions = List.copyOf(opinions);
    if (!(score >= -1 && score <= 1)) {
      throw QilinException.invalid("a score is in [-1, 1], was " + score);
    }
  }

  /**
   * The case of a share.
   *
   * @param opinions what the analysts think of it
   * @param trace what each of them added; one without a vote (the risk manager) counts as the mean of
   *     those that have one
   */
  public static CaseFile of(
      Symbol about,
      MarketSnapshot snapshot,
      LocalDate session,
      double score,
      List<Opinion> opinions,
      List<Contribution> trace) {
    List<Evidence> all = new ArrayList<>();
    for (Opinion opinion : opinions) {
      double share = share(opinion.analyst(), trace);
      for (ScoreComponent part : opinion.components()) {
        if (part.known() && scored(opinion)) {
          double weight = share * part.weight() / opinion.coverage();
          all.add(new Evidence(opinion.analyst(), part, Math.min(1, weight)));
        }
      }
    }
    all.sort(STRONGEST);
    return new CaseFile(
        about,
        snapshot.day(),
        session,
        snapshot.asOf(),
        score,
        all.stream().filter(one -> one.impact() > 0).toList(),
        all.stream().filter(one -> one.impact() < 0).toList(),
        List.of(),
        opinions);
  }

  /** The same case with lessons. */
  public CaseFile withLessons(List<String> learnt) {
    return new CaseFile(about, day, session, asOf, score, supporting, opposing, learnt, opinions);
  }

  private static boolean scored(Opinion opinion) {
    return opinion.coverage() > 0 && opinion.<Boolean>fold(scored -> true, abstained -> false);
  }

  private static double share(String analyst, List<Contribution> trace) {
    double own = 0;
    double sum = 0;
    int votes = 0;
    for (Contribution one : trace) {
      own = one.analyst().equals(analyst) ? one.weight() : own;
      sum += one.weight();
      votes += one.weight() > 0 ? 1 : 0;
    }
    return own > 0 || votes == 0 ? own : sum / votes;
  }
}
