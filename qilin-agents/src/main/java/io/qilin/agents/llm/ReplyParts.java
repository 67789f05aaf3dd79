package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmReply.Finish;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Puts an answer together, from one object or from the chunks of a stream; keeps at most {@link #LIMIT} characters. */
final class ReplyParts {
  /** Most characters that are kept of text, reasoning and calls together. */
  static final int LIMIT = 1 << 20;

  private static final int MOST_CALLS = 128;
  private static final int LONGEST_NAME = 256;
  /** More tokens than any call can use: such a number is no count. */
  private static final long MOST_TOKENS = 1_000_000_000_000L;

  private static final String NO_RESOURCES = "insufficient_system_resource";

  private final ServerError errors;
  private final String model;
  private final Consumer<String> onText;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final TreeMap<Integer, Fragments> calls = new TreeMap<>();
  private Optional<String> finish = Optional.empty();
  private Optional<String> named = Optional.empty();
  private Optional<LlmUsage> usage = Optional.empty();
  private int kept;
  private boolean any;

  /** What came of one call of a tool. */
  private static final class Fragments {
    private String id = "";
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
  }

  ReplyParts(String model, ServerError errors, Consumer<String> onText) {
    this.model = model;
    this.errors = errors;
    this.onText = onText;
  }

  /** Takes a chunk of a stream, or a whole answer. */
  void take(Json chunk) throws AttemptFailure {
    Json error = chunk.at("error");
    if (error.isThere()) {
      throw errors.inAnswer(error);
    }
    if (!chunk.isObject()) {
      throw invalid("sent something that is no JSON object");
    }
    any = true;
    named =
        chunk.at("model").text().filter(name -> name.length() <= LONGEST_NAME).or(() -> named);
    usage = usage(chunk.at("usage")).or(() -> usage);
    for (Json choice : chunk.at("choices").items()) {
      if (choice.at("index").whole().orElse(0) == 0) {
        choice(choice);
        return;
      }
    }
  }

  private void choice(Json choice) throws AttemptFailure {
    finish = choice.at("finish_reason").text().or(() -> finish);
    if (finish.equals(Optional.of(NO_RESOURCES))) {
      throw AttemptFailure.of(
          ErrorCode.LLM_UNAVAILABLE,
          model + " broke off its answer for want of resources; try again later, or let a router"
              + " ask another provider",
          true,
          null);
    }
    Json delta = choice.at("delta").isThere() ? choice.at("delta") : choice.at("message");
    append(refusal, delta.at("refusal").text().orElse(""));
    append(
        reasoning,
        delta.at("reasoning_content").text().or(delta.at("reasoning")::text).orElse(""));
    List<Json> fragments = delta.at("tool_calls").items();
    for (int k = 0; k < fragments.size(); k++) {
      call(k, fragments.get(k));
    }
    String piece = content(delta.at("content"));
    append(text, piece);
    if (!piece.isEmpty()) {
      onText.accept(piece);
    }
  }

  /** A text, or parts of which those that are texts count. */
  private static String content(Json content) {
    return content
        .text()
        .orElseGet(() -> content.items().stream()
            .map(part -> part.at("text").text().orElse(""))
            .collect(Collectors.joining()));
  }

  private void call(int place, Json fragment) throws AttemptFailure {
    String id = fragment.at("id").text().orElse("");
    long index = fragment.at("index").whole().orElseGet(() -> unnumbered(place, id));
    if (index < 0 || index >= MOST_CALLS) {
      throw invalid("asked for more than " + MOST_CALLS + " calls of tools");
    }
    Fragments call = calls.computeIfAbsent((int) index, k -> new Fragments());
    if (call.id.isEmpty()) {
      call.id = id;
      keep(id.length());
    }
    Json function = fragment.at("function");
    append(call.name, function.at("name").text().orElse(""));
    append(call.arguments, function.at("arguments").text().orElse(""));
  }

  /** The place of a fragment without an index: that of its id, a new one for a new id, else where it stands. */
  private long unnumbered(int place, String id) {
    Fragments there = calls.get(place);
    if (id.isEmpty()) {
      return there == null || place > 0 ? place : calls.lastKey();
    }
    return calls.entrySet().stream()
        .filter(call -> call.getValue().id.equals(id))
        .findFirst()
        .map(call -> (long) call.getKey())
        .orElseGet(() -> there == null || there.id.isEmpty() ? (long) place : calls.lastKey() + 1L);
  }

  private void append(StringBuilder to, String piece) throws AttemptFailure {
    keep(piece.length());
    to.append(piece);
  }

  private void keep(int more) throws AttemptFailure {
    kept = Math.addExact(kept, more);
    if (kept > LIMIT) {
      throw invalid("sent more than " + LIMIT + " characters");
    }
  }

  AttemptFailure invalid(String what) {
    return AttemptFailure.of(
        ErrorCode.LLM_INVALID_REPLY,
        model + " " + what + "; check that base-uri leads to a server of chat completions, and ask"
            + " for a shorter answer",
        false,
        null);
  }

  /** The answer, when nothing more comes. */
  LlmReply complete() throws AttemptFailure {
    if (!any) {
      throw invalid("sent an empty answer");
    }
    if (finish.isEmpty()) {
      throw AttemptFailure.of(
          ErrorCode.LLM_UNAVAILABLE,
          model + " ended its answer before it was complete; try again",
          true,
          null);
    }
    String answer = text.length() == 0 ? refusal.toString() : text.toString();
    Optional<String> thought =
        reasoning.length() == 0 ? Optional.empty() : Optional.of(reasoning.toString());
    return new LlmReply(
        answer,
        toolCalls(),
        finish(),
        usage.filter(used -> used.completion() > 0 || kept == 0),
        named.filter(n -> !n.isBlank()).orElse(model),
        thought);
  }

  private List<LlmToolCall> toolCalls() {
    return calls.entrySet().stream()
        .map(call -> new LlmToolCall(
            call.getValue().id.isEmpty() ? "call_" + call.getKey() : call.getValue().id,
            call.getValue().name.toString(),
            call.getValue().arguments.toString()))
        .toList();
  }

  private Finish finish() {
    if (refusal.length() > 0) {
      return Finish.REFUSED;
    }
    return switch (finish.orElse("")) {
      case "stop" -> calls.isEmpty() ? Finish.STOP : Finish.TOOL_CALLS;
      case "length" -> Finish.LENGTH;
      case "tool_calls", "function_call" -> Finish.TOOL_CALLS;
      case "content_filter" -> Finish.REFUSED;
      default -> Finish.OTHER;
    };
  }

  /**
   * Empty if a number is missing or cannot be: negative, none at all for the question, or more than a million million. A cached part
   * that is not within the question counts as none.
   */
  private static Optional<LlmUsage> usage(Json usage) {
    long prompt = usage.at("prompt_tokens").whole().orElse(-1);
    long completion = usage.at("completion_tokens").whole().orElse(-1);
    if (prompt < 1 || completion < 0 || prompt > MOST_TOKENS || completion > MOST_TOKENS) {
      return Optional.empty();
    }
    long cached = usage
        .at("prompt_tokens_details")
        .at("cached_tokens")
        .whole()
        .orElseGet(() -> usage
            .at("prompt_cache_hit_tokens")
            .whole()
            .orElseGet(() -> usage.at("cached_tokens").whole().orElse(0)));
    boolean within = cached >= 0 && cached <= prompt;
    return Optional.of(new LlmUsage(prompt, within ? cached : 0, completion));
  }
}
