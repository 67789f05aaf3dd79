package io.qilin.agents.consult;

import io.qilin.agents.llm.CassetteKey;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmUsage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One question of a {@link SecondOpinion} on its way: asked, answered, judged. Not thread-safe. */
final class Asking {
  /** The settings that a question is asked with. */
  record Terms(
      double band,
      int maxOutputTokens,
      int lookUps,
      Optional<LlmPrice> price,
      Set<String> moveDespite,
      List<LlmModel> models,
      long seed) {}

  private static final String FORM = """
      {"type":"object","additionalProperties":false,\
      "required":["code","score","confidence","recommendation","reasons"],"properties":{\
      "code":{"type":"string"},"score":{"type":"number","minimum":0,"maximum":1},\
      "confidence":{"type":"number","minimum":0,"maximum":1},\
      "recommendation":{"type":"string","enum":["BUY","SELL","HOLD"]},\
      "reasons":{"type":"array","maxItems":20,"items":{"type":"string","maxLength":1000}}}}""";
  private static final LlmSchema SCHEMA =
      new LlmSchema("second_opinion", "An opinion on one share for its next session", FORM);
  private static final String INSTRUCTIONS = """
      You give a second opinion on the A-share CODE as of DAY, for the trading session after that day.
      Answer with one JSON object and nothing else, no code fence, with exactly these members:
      "code": "CODE"; "score": 0 to 1, how attractive it is to hold, 0.5 is neutral; "confidence": 0 to 1; \
      "recommendation": "BUY", "SELL" or "HOLD"; "reasons": a list of at most 20 short texts.
      The figures come from analysts that calculate by rules. Say where you agree, where not, and why.""";

  private final ModelCaller caller;
  private final Terms terms;
  private final SecondOpinionQuestion question;
  private final LlmCall call;
  private final long end;
  private final List<ModelUse> uses = new ArrayList<>();
  private final SnapshotLookUps found;

  Asking(ModelCaller caller, Terms terms, SecondOpinionQuestion question, LlmCall call, long end) {
    this.caller = caller;
    this.terms = terms;
    this.question = question;
    this.call = call;
    this.end = end;
    this.found = new SnapshotLookUps(question.snapshot(), question.about());
  }

  Deliberation run() {
    ReplyReader.Read first = ask("");
    Optional<ReplyFault> fault = first.fault().filter(ReplyFault::mendable);
    ReplyReader.Read last = fault.isEmpty()
        ? first
        : ask("\nAn earlier answer was not used: " + fault.get()
            + ". Answer again, in exactly the form asked for.");
    return last.answer()
        .map(this::answered)
        .orElseGet(() -> degraded(last.fault().map(Enum::name)));
  }

  /** Asks, with as many turns of look-ups as are allowed. */
  private ReplyReader.Read ask(String more) {
    LlmRequest request = request(more);
    for (int turn = 0; ; turn++) {
      ModelCaller.Outcome outcome = caller.ask(request, call, end);
      Optional<LlmRequest> next =
          turn < terms.lookUps() ? lookUp(request, outcome) : Optional.empty();
      if (next.isEmpty()) {
        return read(request, outcome);
      }
      use(request, outcome, ModelUse.USED);
      request = next.get();
    }
  }

  private ReplyReader.Read read(LlmRequest request, ModelCaller.Outcome outcome) {
    ReplyReader.Read read = outcome
        .reply()
        .map(reply -> ReplyReader.read(reply, question.about().toString()))
        .orElseGet(() -> new ReplyReader.Read(Optional.empty(), Optional.empty()));
    ErrorCode failure = outcome.failure().orElse(ErrorCode.LLM_INVALID_REPLY);
    use(request, outcome, read.answer().isPresent() ? ModelUse.USED : "QILIN-" + failure.number());
    return read;
  }

  private void use(LlmRequest request, ModelCaller.Outcome outcome, String result) {
    Optional<LlmUsage> usage = outcome.reply().flatMap(LlmReply::usage);
    uses.add(new ModelUse(
        question.node(),
        model().toString(),
        CassetteKey.of(model(), request),
        outcome.reply().map(CassetteKey::of),
        usage,
        usage.flatMap(used -> terms.price().map(list -> list.of(used))),
        result));
  }

  /** The next turn of a conversation in which the model looks something up. */
  private Optional<LlmRequest> lookUp(LlmRequest request, ModelCaller.Outcome outcome) {
    Optional<LlmReply> reply = outcome
        .reply()
        .filter(asked -> !asked.toolCalls().isEmpty() && !request.tools().isEmpty())
        .filter(asked -> asked.text().length() <= ReplyReader.BYTES)
        .filter(asked -> asked.reasoning().orElse("").length() <= ReplyReader.BYTES);
    return reply.flatMap(asked -> found.answer(asked.toolCalls()).map(answers -> {
      List<LlmMessage> messages = new ArrayList<>(request.messages());
      messages.add(LlmMessage.assistant(asked));
      messages.addAll(answers);
      return request.withMessages(messages);
    }));
  }

  private LlmRequest request(String more) {
    String code = question.about().toString();
    LocalDate day = question.snapshot().day();
    Prompt prompt = PromptBuilder.of(
            INSTRUCTIONS.replace("CODE", code).replace("DAY", day.toString()) + more)
        .seed(terms.seed())
        .figures(question.opinions())
        .texts(question.texts())
        .build();
    boolean tools =
        terms.lookUps() > 0 && question.texts().isEmpty() && model().can(LlmCapability.TOOLS);
    LlmRequest request =
        prompt.request(terms.maxOutputTokens(), tools ? SnapshotLookUps.TOOLS : List.of());
    boolean formed =
        model().can(LlmCapability.JSON_SCHEMA) || model().can(LlmCapability.JSON_OBJECT);
    return formed ? request.withSchema(SCHEMA) : request;
  }

  private LlmModel model() {
    return caller.client().model();
  }

  private Deliberation answered(ReplyReader.Answer answer) {
    List<String> reasons = answer.reasons().stream()
        .map(PlainText::neutral)
        .filter(reason -> !reason.isEmpty())
        .toList();
    String said = String.join("; ", reasons);
    NumberCheck numbers = NumberCheck.of(question.opinions(), words(), found.told());
    List<String> flags = new ArrayList<>();
    if (terms.models().stream()
        .anyMatch(each -> each.mayRemember(question.snapshot().day()))) {
      flags.add(SecondOpinion.CONTAMINATED);
    }
    List<String> unverified = numbers.unverified(said);
    if (!unverified.isEmpty()) {
      flags.add(SecondOpinion.UNVERIFIED);
      unverified.forEach(number -> flags.add(SecondOpinion.UNVERIFIED + ":" + number));
    }
    boolean trusted = (!flags.contains(SecondOpinion.CONTAMINATED)
            || terms.moveDespite().contains(SecondOpinion.CONTAMINATED))
        && (!flags.contains(SecondOpinion.UNVERIFIED)
            || terms.moveDespite().contains(SecondOpinion.UNVERIFIED));
    String claim = answer.word() + ", score " + Figures.number(answer.score()) + ", confidence "
        + Figures.number(answer.confidence()) + (said.isEmpty() ? "" : ": " + said);
    return said(
        claim,
        numbers.quoted(said),
        Statement.Origin.MODEL,
        flags,
        trusted ? adjustment(answer) : 0);
  }

  private List<String> words() {
    List<String> out = new ArrayList<>(NumberCheck.written(question.snapshot().day()));
    out.add(question.about().toString());
    out.add(question.about().code());
    return out;
  }

  private double adjustment(ReplyReader.Answer answer) {
    if (question.score().isEmpty() || terms.band() == 0) {
      return 0;
    }
    double base = question.score().getAsDouble();
    double wanted = answer.confidence() * (2 * answer.score() - 1 - base);
    return Math.max(-terms.band(), Math.min(terms.band(), wanted)) + 0.0;
  }

  private Deliberation degraded(Optional<String> fault) {
    String outcome = uses.get(uses.size() - 1).outcome();
    List<String> flags = new ArrayList<>(List.of(SecondOpinion.DEGRADED, outcome));
    fault.ifPresent(flags::add);
    List<String> evidence = Figures.lines(question.opinions());
    return said(
        "No second opinion (" + String.join(", ", flags.subList(1, flags.size()))
            + "); the opinion by rules stands.",
        evidence,
        Statement.Origin.RULES_INSTEAD,
        flags,
        0);
  }

  private Deliberation said(
      String claim,
      List<String> evidence,
      Statement.Origin origin,
      List<String> flags,
      double adjustment) {
    Statement statement = new Statement(
        "second-opinion",
        "desk",
        question.about(),
        claim,
        evidence,
        question.snapshot().asOf(),
        origin,
        flags);
    return new Deliberation(question.about(), List.of(statement), uses, adjustment, flags);
  }
}
