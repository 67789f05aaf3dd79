package io.qilin.agents.debate;

import io.qilin.agents.debate.DebateGraph.Stance;
import io.qilin.agents.debate.DebateGraph.Turn;
import io.qilin.api.analysis.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Argues from the evidence, without a language model. A side brings forward its strongest arguments
 * that were not named yet, two a turn, and answers the last statement of the other side by its
 * number. A judge weighs what was named, and rests on the strongest argument of each side: lean =
 * (for − against) / (for + against), each being the sum of the impacts. Stateless: the same case and the same statements make the same words.
 */
final class RuleSpeaker {
  private static final int PER_TURN = 2;

  private final CaseFile file;

  RuleSpeaker(CaseFile file) {
    this.file = file;
  }

  Statement speak(Turn turn, List<Turn> turns, List<Statement> said, Statement.Origin origin) {
    List<Evidence> used = new ArrayList<>();
    String claim = switch (turn.node().stance()) {
      case FOR -> side(file.supporting(), "speaks for it", turns, said, Stance.AGAINST, used);
      case AGAINST -> side(file.opposing(), "speaks against it", turns, said, Stance.FOR, used);
      case WEIGH -> weigh(said, used);
      case JUDGE -> judge(said, used);
    };
    return new Statement(
        turn.node().id(),
        turn.to(),
        file.about(),
        claim,
        used.stream().map(Evidence::text).toList(),
        file.asOf(),
        origin,
        List.of());
  }

  /** Where the statements lean, in [−1, 1]; 0 if no evidence was named. */
  static double lean(CaseFile file, List<Statement> said) {
    Weight weight = new Weight(file, said);
    double all = weight.pro + weight.con;
    return all == 0 ? 0 : (weight.pro - weight.con) / all;
  }

  private String side(
      List<Evidence> own,
      String verb,
      List<Turn> turns,
      List<Statement> said,
      Stance other,
      List<Evidence> used) {
    Set<String> named = named(said);
    own.stream().filter(one -> !named.contains(one.text())).limit(PER_TURN).forEach(used::add);
    StringBuilder out = new StringBuilder();
    if (used.isEmpty()) {
      out.append("nothing more ").append(verb);
    }
    for (Evidence one : used) {
      out.append(out.isEmpty() ? "" : "; ")
          .append(one.text())
          .append(' ')
          .append(verb)
          .append(", by ")
          .append(Evidence.digits(one.impact()))
          .append(" of the score");
    }
    answer(turns, said, other, own).ifPresent(text -> out.append("; ").append(text));
    return out.toString();
  }

  /** Answers the last statement of the other side with one's own strongest argument. */
  private Optional<String> answer(
      List<Turn> turns, List<Statement> said, Stance other, List<Evidence> own) {
    for (int k = said.size() - 1; k >= 0 && !own.isEmpty(); k--) {
      Statement statement = said.get(k);
      if (turns.get(k).node().stance() == other && !statement.evidence().isEmpty()) {
        return Optional.of("against #" + (k + 1) + ", which rests on "
            + statement.evidence().get(0) + ", stands " + own.get(0).text() + ", by "
            + Evidence.digits(own.get(0).impact()));
      }
    }
    return Optional.empty();
  }

  private String weigh(List<Statement> said, List<Evidence> used) {
    file.supporting().stream().limit(1).forEach(used::add);
    file.opposing().stream().limit(1).forEach(used::add);
    double lean = lean(file, said);
    String where = lean > 0 ? "for buying" : lean < 0 ? "for waiting" : "neither way";
    return "what was said leans " + Evidence.digits(lean) + ", " + where
        + "; at the desk's order and within the risk limits, no more";
  }

  private String judge(List<Statement> said, List<Evidence> used) {
    Weight weight = new Weight(file, said);
    strongest(file.supporting(), said).ifPresent(used::add);
    strongest(file.opposing(), said).ifPresent(used::add);
    return Evidence.rough(weight.pro) + " of the score speaks for it, " + Evidence.rough(weight.con)
        + " against it";
  }

  /** The strongest argument of a side that was named. */
  private static Optional<Evidence> strongest(List<Evidence> side, List<Statement> said) {
    Set<String> named = named(said);
    return side.stream().filter(one -> named.contains(one.text())).findFirst();
  }

  private static Set<String> named(List<Statement> said) {
    Set<String> named = new HashSet<>();
    said.forEach(statement -> named.addAll(statement.evidence()));
    return named;
  }

  /** The impacts of what was named, each argument once. */
  private static final class Weight {
    private double pro;
    private double con;

    Weight(CaseFile file, List<Statement> said) {
      Set<String> named = named(said);
      file.supporting().forEach(one -> pro += named.contains(one.text()) ? one.impact() : 0);
      file.opposing().forEach(one -> con -= named.contains(one.text()) ? one.impact() : 0);
    }
  }
}
