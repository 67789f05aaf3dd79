package io.qilin.agents.debate;

import io.qilin.agents.consult.PromptBuilder;
import io.qilin.agents.consult.PromptText;
import io.qilin.agents.debate.DebateGraph.Stance;
import io.qilin.agents.debate.DebateGraph.Turn;
import io.qilin.agents.internal.Fingerprint;
import io.qilin.agents.internal.ShortestDouble;
import io.qilin.api.analysis.Statement;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import java.util.Locale;

/**
 * The questions to models in a debate: our fixed words, the figures of the analysts, and, as texts
 * of others, what was said before and what became of earlier decisions. No look-ups are given.
 */
final class DebatePrompts {
  private static final String INSTRUCTIONS = """
      A trading desk decides whether to buy the A-share %s in the session of %s. Its score in [-1, 1] is %s.
      You take part in a debate about it as the %s. %s
      What was said before is in the texts, numbered from 1; answer it by these numbers, as #n.
      Answer with one JSON object and nothing else, no code fence, with exactly these members:
      "claim": at most 2000 characters; "evidence": the names of the figures you rest on, at most 20, for example \
      "market/trend-50d"%s.""";

  private static final String LEAN =
      "; \"lean\": from -1 (do not buy) over 0 (undecided) to 1 (buy)";
  private static final String FOR =
      "You argue for buying: bring the strongest points and answer the other side.";
  private static final String AGAINST =
      "You argue against buying: bring the strongest points and answer the other side.";
  private static final String WEIGH =
      "You weigh both sides and say under which condition buying would be right. Order and limits are fixed.";
  private static final String JUDGE =
      "You judge what was said. You cannot lift a limit or a veto, nor place an order.";

  private static final LlmSchema STATEMENT =
      new LlmSchema("statement", "One statement of a debate", """
      {"type":"object","additionalProperties":false,"required":["claim","evidence"],"properties":{\
      "claim":{"type":"string"},"evidence":{"type":"array","items":{"type":"string"}}}}""");
  private static final LlmSchema JUDGEMENT =
      new LlmSchema("judgement", "The judgement on a debate", """
      {"type":"object","additionalProperties":false,"required":["claim","evidence","lean"],"properties":{\
      "claim":{"type":"string"},"evidence":{"type":"array","items":{"type":"string"}},\
      "lean":{"type":"number","minimum":-1,"maximum":1}}}""");

  /** SHA-256 of all fixed words, in hex. */
  static final String DIGEST = new Fingerprint()
      .add(INSTRUCTIONS)
      .add(LEAN)
      .add(FOR)
      .add(AGAINST)
      .add(WEIGH)
      .add(JUDGE)
      .add(STATEMENT.json())
      .add(JUDGEMENT.json())
      .hex();

  private DebatePrompts() {}

  static LlmRequest request(
      LlmModel model, Turn turn, CaseFile file, Iterable<Statement> said, int maxOutputTokens) {
    boolean judge = turn.node().stance() == Stance.JUDGE;
    String instructions = String.format(
        Locale.ROOT,
        INSTRUCTIONS,
        file.about(),
        file.session(),
        ShortestDouble.text(file.score()),
        turn.node().id(),
        role(turn.node().stance()),
        judge ? LEAN : "");
    PromptBuilder prompt = PromptBuilder.of(instructions).figures(file.opinions());
    said.forEach(one -> prompt.text(PromptText.of("said", one.from(), one.claim())));
    file.lessons().forEach(one -> prompt.text(PromptText.of("lesson", "memory", one)));
    LlmRequest request = prompt.build().request(maxOutputTokens);
    boolean formed = model.can(LlmCapability.JSON_SCHEMA) || model.can(LlmCapability.JSON_OBJECT);
    return formed ? request.withSchema(judge ? JUDGEMENT : STATEMENT) : request;
  }

  private static String role(Stance stance) {
    return switch (stance) {
      case FOR -> FOR;
      case AGAINST -> AGAINST;
      case WEIGH -> WEIGH;
      case JUDGE -> JUDGE;
    };
  }
}
