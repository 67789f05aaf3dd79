package io.qilin.agents.consult;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a model is asked for a second opinion on: one share, after the opinions by rules.
 *
 * @param node who asks, 1 to 64 of {@code A-Z a-z 0-9 _ . / -}, for example {@code desk/second-opinion}
 * @param about the share
 * @param snapshot the evening that the opinions are about; gives the day, the moment of decision and what look-ups find
 * @param opinions the opinions by rules on that share; their figures are all that the model may quote
 * @param score the score by rules in [−1, 1] that may be moved; empty if there is none, or if a veto or an abstention stands:
 *     then nothing moves
 * @param texts what others wrote about the share
 */
public record SecondOpinionQuestion(
    String node,
    Symbol about,
    MarketSnapshot snapshot,
    List<Opinion> opinions,
    OptionalDouble score,
    List<PromptText> texts) {
  /**
   * Copies the lists and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for another node, a score out of range, or an opinion on another share
   */
  public SecondOpinionQuestion {
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(snapshot, "snapshot");
    opinions = List.copyOf(opinions);
    texts = List.copyOf(texts);
    if (!node.matches("[A-Za-z0-9_./-]{1,64}")) {
      throw QilinException.invalid(
          "a node is 1 to 64 of A-Z a-z 0-9 _ . / -, was " + QilinException.quote(node));
    }
    if (score.isPresent() && !(score.getAsDouble() >= -1 && score.getAsDouble() <= 1)) {
      throw QilinException.invalid("a score is in [-1, 1], was " + score.getAsDouble());
    }
    for (Opinion opinion : opinions) {
      if (!opinion.symbol().equals(about)) {
        throw QilinException.invalid("the question is about " + about + ", but the opinion of "
            + opinion.analyst() + " about " + opinion.symbol());
      }
    }
  }

  /** A question without texts of others; no score is moved. */
  public static SecondOpinionQuestion of(
      String node, Symbol about, MarketSnapshot snapshot, List<Opinion> opinions) {
    return new SecondOpinionQuestion(
        node, about, snapshot, opinions, OptionalDouble.empty(), List.of());
  }

  /** The same question with a score that the answer may move. */
  public SecondOpinionQuestion withScore(double byRules) {
    return new SecondOpinionQuestion(
        node, about, snapshot, opinions, OptionalDouble.of(byRules), texts);
  }

  /** The same question with texts of others. */
  public SecondOpinionQuestion withTexts(List<PromptText> others) {
    return new SecondOpinionQuestion(node, about, snapshot, opinions, score, others);
  }
}
