package io.qilin.agents.debate;

import io.qilin.agents.consult.SecondOpinion;
import io.qilin.agents.debate.DebateGraph.Stance;
import io.qilin.agents.debate.DebateGraph.Turn;
import io.qilin.agents.llm.CassetteKey;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Has a language model speak for a node. Whatever it answers, nothing is thrown. */
final class ModelSpeaker {
  /**
   * What came of asking.
   *
   * @param statement what was said; empty if the model failed
   * @param lean of a judge whose words bear no mark; a marked judgement moves nothing
   * @param exhausted whether nothing more is to be asked
   */
  record Answer(
      ModelUse use, Optional<Statement> statement, OptionalDouble lean, boolean exhausted) {}

  private final DebateModels models;
  private final CaseFile file;

  ModelSpeaker(DebateModels models, CaseFile file) {
    this.models = models;
    this.file = file;
  }

  Answer speak(Turn turn, List<Statement> said, Duration time, Cancellation cancellation) {
    LlmClient client = models.of(turn.node().tier());
    LlmRequest request = request(client, turn, said);
    String prompt = CassetteKey.of(client.model(), request);
    Optional<LlmReply> reply = Optional.empty();
    try {
      LlmReply got = client.complete(request, new LlmCall(time, cancellation, text -> {}));
      reply = Optional.of(got);
      SpokenReply spoken = SpokenReply.read(got, file, turn.node().stance() == Stance.JUDGE);
      List<String> flags = new ArrayList<>(spoken.flags());
      if (client.models().stream().anyMatch(each -> each.mayRemember(file.day()))) {
        flags.add(SecondOpinion.CONTAMINATED);
      }
      Statement statement = new Statement(
          turn.node().id(),
          turn.to(),
          file.about(),
          spoken.claim(),
          spoken.evidence(),
          file.asOf(),
          Statement.Origin.MODEL,
          flags);
      return new Answer(
          use(turn, client, prompt, reply, ModelUse.USED),
          Optional.of(statement),
          flags.isEmpty() ? spoken.lean() : OptionalDouble.empty(),
          false);
    } catch (QilinException e) {
      return failed(turn, client, prompt, reply, e);
    } catch (RuntimeException e) {
      QilinException wrapped =
          new QilinException(ErrorCode.LLM_UNAVAILABLE, "the client failed", e);
      return failed(turn, client, prompt, reply, wrapped);
    }
  }

  private Answer failed(
      Turn turn, LlmClient client, String prompt, Optional<LlmReply> reply, QilinException e) {
    // A call that was cancelled at the deadline is one that took too long.
    ErrorCode code = e.code() == ErrorCode.CANCELLED ? ErrorCode.LLM_TIMEOUT : e.code();
    return new Answer(
        use(turn, client, prompt, reply, "QILIN-" + code.number()),
        Optional.empty(),
        OptionalDouble.empty(),
        DebateSession.exhausts(e));
  }

  /** The question of a turn that was not answered in time. */
  ModelUse failed(Turn turn, List<Statement> said, ErrorCode code) {
    LlmClient client = models.of(turn.node().tier());
    String prompt = CassetteKey.of(client.model(), request(client, turn, said));
    return use(turn, client, prompt, Optional.empty(), "QILIN-" + code.number());
  }

  private LlmRequest request(LlmClient client, Turn turn, List<Statement> said) {
    return DebatePrompts.request(client.model(), turn, file, said, models.maxOutputTokens());
  }

  private ModelUse use(
      Turn turn, LlmClient client, String prompt, Optional<LlmReply> reply, String outcome) {
    return new ModelUse(
        "debate/" + turn.node().id() + "-" + turn.number(),
        client.model().toString(),
        prompt,
        reply.map(CassetteKey::of),
        reply.flatMap(LlmReply::usage),
        reply.flatMap(LlmReply::usage).flatMap(usage -> models.cost(client, usage)),
        outcome);
  }
}
