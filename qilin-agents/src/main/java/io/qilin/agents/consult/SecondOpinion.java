package io.qilin.agents.consult;

import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmPrice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
 *   <li>Texts of others reach the model as data ({@link PromptBuilder}). With such texts the model has no tools; without, none
 *       but look-ups in the snapshot, if the host allows them.
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

  private final ModelCaller caller;
  private final Duration deadline;
  private final Asking.Terms terms;

  private SecondOpinion(Builder from) {
    caller = new ModelCaller(from.client, from.executor, from.ticker, from.onFailure);
    deadline = from.deadline;
    terms = new Asking.Terms(
        from.band,
        from.maxOutputTokens,
        from.lookUps,
        from.price,
        Set.copyOf(from.moveDespite),
        from.models.isEmpty() ? from.client.models() : from.models,
        from.seed);
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
    long end = caller.ticker().getAsLong() + longest.toNanos();
    return new Asking(caller, terms, question, call, end).run();
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final LlmClient client;
    private final LongSupplier ticker;
    private final Set<String> moveDespite = new TreeSet<>();
    private Optional<Executor> executor = Optional.empty();
    private Consumer<RuntimeException> onFailure = failure -> {};
    private Duration deadline = Duration.ofSeconds(10);
    private double band;
    private double widest = WIDEST_BAND;
    private int maxOutputTokens = 2_000;
    private int lookUps;
    private Optional<LlmPrice> price = Optional.empty();
    private List<LlmModel> models = List.of();
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

    /**
     * Hears of every failure of the client, on the asking thread, for the host's log and counters; the answer bears the code
     * anyway. Nothing unless set; what it throws reaches the caller.
     */
    public Builder onFailure(Consumer<RuntimeException> listener) {
      onFailure = Objects.requireNonNull(listener, "onFailure");
      return this;
    }

    /** Most tokens of an answer; 2,000 unless set. */
    public Builder maxOutputTokens(int tokens) {
      maxOutputTokens = tokens;
      return this;
    }

    /**
     * How often the model may look figures of the share up in the snapshot before it answers; 0 unless set, at most 8. A
     * question with texts of others has no look-ups, whatever is set.
     */
    public Builder lookUps(int turns) {
      lookUps = turns;
      return this;
    }

    /**
     * All models that may answer; those that the client names unless set. If one of them may have seen the day
     * in training, the answer is marked.
     */
    public Builder models(List<LlmModel> all) {
      models = List.copyOf(all);
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
      if (lookUps < 0 || lookUps > 8) {
        throw bad("the turns with look-ups are 0 to 8, were " + lookUps);
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
