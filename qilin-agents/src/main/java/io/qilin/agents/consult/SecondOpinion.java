package io.qilin.agents.consult;

import io.qilin.agents.llm.CassetteKey;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Asks a model what it thinks of a share after the opinions by rules, and believes nothing that it cannot check.
 *
 * <ul>
 *   <li>The answer is one JSON object {code, score, confidence, recommendation, reasons}, read strictly ({@link ReplyFault}).
 *       A wrong one is asked for once more; if that fails as well, or the model does, or the budget is used up, the opinion
 *       by rules stands and says so with {@link #DEGRADED} and the code or fault.
 *   <li>With s the score by rules and m = 2 · score − 1 the model's, both in [−1, 1], the score moves by confidence × (m −
 *       s), cut to the band. The band is 0 unless the host sets one, and at most 0.2 unless the host raises that limit. The
 *       moved score lies between s and m. Without a score by rules nothing moves; flags, vetoes and abstentions are never
 *       touched.
 *   <li>Numbers in the reasons that no figure bears out are marked {@link #UNVERIFIED} ({@link NumberCheck}); a model that may
 *       have seen the day in training is marked {@link #CONTAMINATED}. So marked, an answer moves nothing unless the host
 *       says otherwise.
 *   <li>Texts of others reach the model as data ({@link PromptBuilder}). The model has no tools.
 * </ul>
 *
 * <p>Never throws because of what a model does, and is back by its deadline. Immutable; as safe to share as the client.
 */
public final class SecondOpinion {
  /** Mark of an opinion by rules that stands because the model's could not be used. */
  public static final String DEGRADED = "LLM_DEGRADED";

  /** Mark of an answer with numbers that no figure bears out; each follows as {@code UNVERIFIED:number}. */
  public static final String UNVERIFIED = "UNVERIFIED";

  /** Mark of an answer by a model that may have seen the day in training. */
  public static final String CONTAMINATED = "CONTAMINATED";

  /** The widest band unless the host raises it: 0.2. */
  public static final double WIDEST_BAND = 0.2;

  private static final String FORM = """
      {"type":"object","additionalProperties":false,\
      "required":["code","score","confidence","recommendation","reasons"],"properties":{\
      "code":{"type":"string"},"score":{"type":"number","minimum":0,"maximum":1},\
      "confidence":{"type":"number","minimum":0,"maximum":1},\
      "recommendation":{"type":"string","enum":["BUY","SELL","HOLD"]},\
      "reasons":{"type":"array","maxItems":20,"items":{"type":"string","maxLength":2000}}}}""";
  private static final LlmSchema SCHEMA =
      new LlmSchema("second_opinion", "An opinion on one share for its next session", FORM);
  private static final String INSTRUCTIONS = """
      You give a second opinion on the A-share %s as of %s, for the trading session after that day.
      Answer with one JSON object and nothing else, no code fence, with exactly these members:
      "code": "%s"; "score": 0 to 1, how attractive it is to hold, 0.5 is neutral; "confidence": 0 to 1; \
      "recommendation": "BUY", "SELL" or "HOLD"; "reasons": a list of at most 20 short texts.
      The figures come from analysts that calculate by rules. Say where you agree, where not, and why.""";

  private final ModelCaller caller;
  private final Duration deadline;
  private final double band;
  private final int maxOutputTokens;
  private final Optional<LlmPrice> price;
  private final Set<String> moveDespite;
  private final long seed;

  private SecondOpinion(Builder from) {
    caller = new ModelCaller(from.client, from.executor, from.ticker);
    deadline = from.deadline;
    band = from.band;
    maxOutputTokens = from.maxOutputTokens;
    price = from.price;
    moveDespite = Set.copyOf(from.moveDespite);
    seed = from.seed;
  }

  /**
   * Starts a second opinion.
   *
   * @param client the model; within a budget, on a cassette, as the host puts it together
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   */
  public static Builder builder(LlmClient client, LongSupplier ticker) {
    return new Builder(client, ticker);
  }

  /** Asks within the deadline. */
  public Deliberation ask(SecondOpinionQuestion question) {
    return ask(question, LlmCall.within(deadline));
  }

  /**
   * Asks within the deadline or the call's timeout, whichever is sooner.
   *
   * @throws QilinException CANCELLED if the caller cancels or the thread is interrupted; nothing else
   */
  public Deliberation ask(SecondOpinionQuestion question, LlmCall call) {
    Duration longest = call.timeout().compareTo(deadline) < 0 ? call.timeout() : deadline;
    return new Asking(question, call, caller.ticker().getAsLong() + longest.toNanos()).run();
  }

  /** One question on its way. Not thread-safe. */
  private final class Asking {
    private final SecondOpinionQuestion question;
    private final LlmCall call;
    private final long end;
    private final List<ModelUse> uses = new ArrayList<>();

    Asking(SecondOpinionQuestion question, LlmCall call, long end) {
      this.question = question;
      this.call = call;
      this.end = end;
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

    private ReplyReader.Read ask(String more) {
      LlmRequest request = request(more);
      String key = CassetteKey.of(caller.client().model(), request);
      ModelCaller.Outcome outcome = caller.ask(request, call, end);
      ReplyReader.Read read = outcome
          .reply()
          .map(reply -> ReplyReader.read(reply, question.about().toString()))
          .orElseGet(() -> new ReplyReader.Read(Optional.empty(), Optional.empty()));
      ErrorCode failure = outcome.failure().orElse(ErrorCode.LLM_INVALID_REPLY);
      uses.add(new ModelUse(
          question.node(),
          caller.client().model().toString(),
          key,
          outcome.reply().map(CassetteKey::of),
          outcome.reply().flatMap(LlmReply::usage),
          outcome.reply().flatMap(LlmReply::usage).flatMap(used -> price.map(p -> p.of(used))),
          read.answer().isPresent() ? ModelUse.USED : "QILIN-" + failure.number()));
      return read;
    }

    private LlmRequest request(String more) {
      String code = question.about().toString();
      String instructions = String.format(
              java.util.Locale.ROOT, INSTRUCTIONS, code, question.snapshot().day(), code)
          + more;
      LlmRequest request = PromptBuilder.of(instructions)
          .seed(seed)
          .figures(question.opinions())
          .texts(question.texts())
          .build()
          .request(maxOutputTokens);
      boolean formed = caller.client().model().can(LlmCapability.JSON_SCHEMA)
          || caller.client().model().can(LlmCapability.JSON_OBJECT);
      return formed ? request.withSchema(SCHEMA) : request;
    }

    private Deliberation answered(ReplyReader.Answer answer) {
      List<String> reasons = answer.reasons().stream()
          .map(PlainText::neutral)
          .filter(reason -> !reason.isEmpty())
          .toList();
      String said = String.join("; ", reasons);
      NumberCheck numbers = NumberCheck.of(question.opinions(), words());
      List<String> flags = new ArrayList<>();
      if (caller.client().model().mayRemember(question.snapshot().day())) {
        flags.add(CONTAMINATED);
      }
      List<String> unverified = numbers.unverified(said);
      if (!unverified.isEmpty()) {
        flags.add(UNVERIFIED);
        unverified.forEach(number -> flags.add(UNVERIFIED + ":" + number));
      }
      boolean trusted = (!flags.contains(CONTAMINATED) || moveDespite.contains(CONTAMINATED))
          && (!flags.contains(UNVERIFIED) || moveDespite.contains(UNVERIFIED));
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
      if (question.score().isEmpty() || band == 0) {
        return 0;
      }
      double base = question.score().getAsDouble();
      double wanted = answer.confidence() * (2 * answer.score() - 1 - base);
      return Math.max(-band, Math.min(band, wanted)) + 0.0;
    }

    private Deliberation degraded(Optional<String> fault) {
      String outcome = uses.get(uses.size() - 1).outcome();
      List<String> flags = new ArrayList<>(List.of(DEGRADED, outcome));
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

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final LlmClient client;
    private final LongSupplier ticker;
    private final Set<String> moveDespite = new TreeSet<>();
    private Optional<Executor> executor = Optional.empty();
    private Duration deadline = Duration.ofSeconds(10);
    private double band;
    private double widest = WIDEST_BAND;
    private int maxOutputTokens = 2_000;
    private Optional<LlmPrice> price = Optional.empty();
    private long seed;

    private Builder(LlmClient client, LongSupplier ticker) {
      this.client = Objects.requireNonNull(client, "client");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /** How far an answer may move a score on [−1, 1]; 0 unless set. */
    public Builder band(double most) {
      band = most;
      return this;
    }

    /** Raises the limit of the band, which is {@link #WIDEST_BAND} unless set; 2 at most. */
    public Builder raiseBandLimit(double limit) {
      widest = limit;
      return this;
    }

    /** Lets answers with a mark, {@link #UNVERIFIED} or {@link #CONTAMINATED}, move a score too; none unless set. */
    public Builder moveDespite(String mark) {
      moveDespite.add(mark);
      return this;
    }

    /** Time for all that is asked about one share; 10 seconds unless set, at most an hour. */
    public Builder deadline(Duration longest) {
      deadline = Objects.requireNonNull(longest, "deadline");
      return this;
    }

    /**
     * Where the client runs, so that the deadline is kept even with a client that does not heed its own; on the calling
     * thread unless set. A call that is left is cancelled and interrupted.
     */
    public Builder executor(Executor where) {
      executor = Optional.of(where);
      return this;
    }

    /** Most tokens of an answer; 2,000 unless set. */
    public Builder maxOutputTokens(int tokens) {
      maxOutputTokens = tokens;
      return this;
    }

    /** What the model costs, for {@link ModelUse#cost}; not known unless set. */
    public Builder price(LlmPrice ofModel) {
      price = Optional.of(ofModel);
      return this;
    }

    /** What the marks around texts of others are made from; 0 unless set. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * The second opinion.
     *
     * @throws QilinException INVALID_CONFIGURATION if a setting is out of range
     */
    public SecondOpinion build() {
      if (!(widest >= 0 && widest <= 2) || !(band >= 0 && band <= widest)) {
        throw bad("a band is 0 to " + WIDEST_BAND
            + ", or to a limit of at most 2 that the host raises, was " + band + " with limit "
            + widest);
      }
      if (deadline.isZero() || deadline.isNegative() || deadline.compareTo(LONGEST) > 0) {
        throw bad("a deadline is positive and at most an hour, was " + deadline);
      }
      if (maxOutputTokens < 1) {
        throw bad("maxOutputTokens is positive, was " + maxOutputTokens);
      }
      if (!Set.of(UNVERIFIED, CONTAMINATED).containsAll(moveDespite)) {
        throw bad("the marks are " + UNVERIFIED + " and " + CONTAMINATED + ", were " + moveDespite);
      }
      return new SecondOpinion(this);
    }

    private static QilinException bad(String message) {
      return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
    }
  }
}
