package io.qilin.agents.memory;

import io.qilin.agents.consult.NumberCheck;
import io.qilin.agents.consult.PlainText;
import io.qilin.agents.consult.PromptBuilder;
import io.qilin.agents.consult.PromptText;
import io.qilin.agents.consult.SecondOpinion;
import io.qilin.agents.llm.CassetteKey;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has a language model say in one or two sentences what is to be learnt from a recommendation. The
 * model is told the entry alone: no news, no look-ups.
 *
 * <p>What it says is text from outside. It is cut to {@value #LONGEST} characters, freed of invisible
 * characters, and begins with the model and its marks, for example {@code [deepseek/deepseek-v4-flash
 * UNVERIFIED:12 %] ...}: {@code UNVERIFIED} for each number that the entry does not hold, {@code
 * CONTAMINATED} if the model may have seen the day in training.
 *
 * <p>Whatever fails (the budget, the network, an answer that is empty or cut off), there is no
 * reflection, and the entry is resolved without: nothing is thrown but CANCELLED, after an interrupt.
 * {@link Builder#onUse} hears of every question with its tokens, cost and outcome. Budgets and
 * cassettes are clients around the client; the same entry asks the same question, so that a cassette
 * answers again. Immutable; safe to share as far as the client is. The client is not closed.
 */
public final class ModelReflection implements Reflection {
  /** The most characters of what the model says. */
  static final int LONGEST = 600;

  private static final String INSTRUCTIONS = """
      A trading desk recommended an A-share, and now it is known what became of it. Say in one or two sentences, at \
      most 500 characters, what the desk may learn from it for a later decision: plain text, no list, no JSON. If one \
      case teaches nothing, say so. The case is in the figures and the text.""";

  private final Builder set;

  private ModelReflection(Builder set) {
    this.set = set;
  }

  /** Starts with a model. */
  public static Builder builder(LlmClient client) {
    return new Builder(client);
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException CANCELLED if the thread is interrupted
   */
  @Override
  public Optional<String> on(MemoryEntry entry) {
    List<Opinion> figures = figures(entry);
    LlmRequest request = PromptBuilder.of(INSTRUCTIONS)
        .figures(figures)
        .text(PromptText.of("case", "memory", facts(entry).lesson()))
        .build()
        .request(set.maxOutputTokens);
    String prompt = CassetteKey.of(set.client.model(), request);
    Optional<LlmReply> reply = Optional.empty();
    Optional<String> said = Optional.empty();
    String outcome = ModelUse.USED;
    try {
      LlmReply got = set.client.complete(request, LlmCall.within(set.timeout));
      reply = Optional.of(got);
      said = Optional.of(said(got));
    } catch (QilinException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new QilinException(ErrorCode.CANCELLED, "interrupted while a model reflected", e);
      }
      outcome = outcome(e.code());
    } catch (RuntimeException e) {
      outcome = outcome(ErrorCode.LLM_UNAVAILABLE);
    }
    tell(prompt, reply, outcome);
    return said.map(text -> "[" + marks(entry, figures, text) + "] " + text);
  }

  private static String outcome(ErrorCode code) {
    return "QILIN-" + code.number();
  }

  /** The entry without what others said about it. */
  private static MemoryEntry facts(MemoryEntry entry) {
    return entry
        .resolution()
        .map(known -> entry.resolved(known.withReflection(Optional.empty())))
        .orElse(entry);
  }

  /** The numbers of an entry, in the form in which a model's numbers are checked. */
  private static List<Opinion> figures(MemoryEntry entry) {
    List<ScoreComponent> parts = new ArrayList<>();
    parts.add(figure("score", entry.score(), "1"));
    entry.resolution().ifPresent(known -> {
      parts.add(figure("return", known.gain(), "fraction"));
      parts.add(figure("alpha", known.alpha(), "fraction"));
    });
    return List.of(new Opinion.Abstained(
        "memory",
        entry.symbol(),
        "what became of it",
        0,
        parts.stream().filter(part -> Double.isFinite(part.raw())).toList(),
        List.of(),
        List.of()));
  }

  private static ScoreComponent figure(String name, double value, String unit) {
    return new ScoreComponent(name, value, unit, Double.NaN, 1, "memory");
  }

  private static String said(LlmReply reply) {
    String text = PlainText.neutral(reply.text()).replaceAll("\\s+", " ").strip();
    if (reply.finish() != LlmReply.Finish.STOP || text.isEmpty()) {
      throw new QilinException(
          ErrorCode.LLM_INVALID_REPLY,
          "the reflection has " + text.length() + " characters and ended with " + reply.finish());
    }
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return text.substring(0, end) + "…";
  }

  private String marks(MemoryEntry entry, List<Opinion> figures, String said) {
    List<String> words = new ArrayList<>(NumberCheck.written(entry.day()));
    words.addAll(NumberCheck.written(entry.session()));
    words.add(entry.symbol().toString());
    words.add(entry.symbol().code());
    entry.resolution().ifPresent(known -> {
      known.sold().ifPresent(day -> words.addAll(NumberCheck.written(day)));
      words.add(known.benchmark().toString());
      words.add(known.benchmark().code());
    });
    StringBuilder out = new StringBuilder(set.client.model().toString());
    NumberCheck.of(figures, words).unverified(said).stream()
        .limit(5)
        .forEach(number ->
            out.append(' ').append(SecondOpinion.UNVERIFIED).append(':').append(number));
    if (set.client.model().mayRemember(entry.day())) {
      out.append(' ').append(SecondOpinion.CONTAMINATED);
    }
    return out.toString();
  }

  private void tell(String prompt, Optional<LlmReply> reply, String outcome) {
    set.onUse.accept(new ModelUse(
        "memory/reflection",
        set.client.model().toString(),
        prompt,
        reply.map(CassetteKey::of),
        reply.flatMap(LlmReply::usage),
        reply.flatMap(LlmReply::usage).flatMap(usage -> set.price.map(price -> price.of(usage))),
        outcome));
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private final LlmClient client;
    private Duration timeout = Duration.ofSeconds(20);
    private int maxOutputTokens = 400;
    private Optional<LlmPrice> price = Optional.empty();
    private Consumer<ModelUse> onUse = use -> {};

    private Builder(LlmClient client) {
      this.client = Objects.requireNonNull(client, "client");
    }

    /** The longest that one answer may take; 20 seconds unless set. */
    public Builder timeout(Duration longest) {
      timeout = Objects.requireNonNull(longest, "timeout");
      return this;
    }

    /** The most tokens of one answer; 400 unless set. */
    public Builder maxOutputTokens(int most) {
      maxOutputTokens = most;
      return this;
    }

    /** What the model costs, for {@link ModelUse#cost}; not known unless set. */
    public Builder price(LlmPrice ofModel) {
      price = Optional.of(ofModel);
      return this;
    }

    /** Hears of every question and what came of it, on the asking thread; what it throws is thrown. */
    public Builder onUse(Consumer<ModelUse> listener) {
      onUse = Objects.requireNonNull(listener, "onUse");
      return this;
    }

    /**
     * The reflection.
     *
     * @throws QilinException INVALID_CONFIGURATION for a time or a number that is not positive
     */
    public ModelReflection build() {
      if (timeout.isZero() || timeout.isNegative() || maxOutputTokens < 1) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "a reflection has a positive time and number of tokens, were " + timeout + " and "
                + maxOutputTokens);
      }
      Builder copy = new Builder(client);
      copy.timeout = timeout;
      copy.maxOutputTokens = maxOutputTokens;
      copy.price = price;
      copy.onUse = onUse;
      return new ModelReflection(copy);
    }
  }
}
