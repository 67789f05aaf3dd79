package io.qilin.testkit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A language model that answers as a script says and remembers what it was asked. Each call takes the next step of the
 * script; when it is used up, calls fail with LLM_UNAVAILABLE, or the last step goes on for ever ({@link #always}).
 * Thread-safe.
 */
public final class ScriptedLlm implements LlmClient {
  /** What happens in one call. */
  @FunctionalInterface
  public interface Step {
    /** Answers, or throws what a client throws. */
    LlmReply answer(LlmRequest request, LlmCall call);
  }

  /** A model with every capability but tools, which no training has told about any day. */
  public static final LlmModel MODEL = new LlmModel(
      "scripted",
      "scripted-1",
      EnumSet.complementOf(EnumSet.of(LlmCapability.REASONING_ECHO)),
      200_000,
      8_192,
      Optional.empty());

  private final LlmModel model;
  private final Deque<Step> script;
  private final Optional<Step> afterwards;
  private final List<LlmRequest> requests = new ArrayList<>();

  private ScriptedLlm(LlmModel model, List<Step> script, Optional<Step> afterwards) {
    this.model = Objects.requireNonNull(model, "model");
    this.script = new ArrayDeque<>(script);
    this.afterwards = afterwards;
  }

  /** A model that takes these steps, one a call. */
  public static ScriptedLlm of(Step... steps) {
    return new ScriptedLlm(MODEL, List.of(steps), Optional.empty());
  }

  /** A model that takes one step at every call. */
  public static ScriptedLlm always(Step step) {
    return new ScriptedLlm(MODEL, List.of(), Optional.of(step));
  }

  /** The same script under another model's name, with nothing asked yet. */
  public ScriptedLlm as(LlmModel other) {
    synchronized (this) {
      return new ScriptedLlm(other, List.copyOf(script), afterwards);
    }
  }

  /** An answer that is complete; its tokens are counted as one for three bytes. */
  public static Step text(String answer) {
    return (request, call) -> reply(answer, List.of(), LlmReply.Finish.STOP, request);
  }

  /** An answer that was cut off at its most tokens. */
  public static Step cutOff(String answer) {
    return (request, call) -> reply(answer, List.of(), LlmReply.Finish.LENGTH, request);
  }

  /** A call of a tool. */
  public static Step toolCall(String name, String arguments) {
    return (request, call) -> reply(
        "",
        List.of(new LlmToolCall("call-1", name, arguments)),
        LlmReply.Finish.TOOL_CALLS,
        request);
  }

  /** A failure; a timeout fails at once, without waiting. */
  public static Step failure(ErrorCode code) {
    return (request, call) -> {
      throw new QilinException(code, "the script says " + code);
    };
  }

  /**
   * Silence until the calling thread is interrupted, or an end that never needs to come; it heeds neither timeout nor
   * cancellation, as callers must survive that too.
   *
   * @param end ends the silence with a failure when it is counted down
   */
  public static Step silence(CountDownLatch end) {
    return (request, call) -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QilinException(ErrorCode.CANCELLED, "the call was interrupted", e);
      }
      throw new QilinException(ErrorCode.LLM_UNAVAILABLE, "the silence has ended");
    };
  }

  /** What a model does that takes texts for orders. */
  public enum Obedience {
    /** Praises the share that it was asked about as highly as it can. */
    PRAISE,
    /** Answers about another share. */
    OTHER_SHARE,
    /** Asks for a tool that places an order. */
    PLACE_ORDER,
    /** Repeats all that it was told. */
    REPEAT,
    /** Says that vetoes and limits are off. */
    LIFT_VETO
  }

  /**
   * A model that obeys whatever stands in a text, in one of the ways that attacks want.
   *
   * @param code the share that it is asked about, for example {@code 600519.SH}
   */
  public static ScriptedLlm obeying(Obedience how, String code) {
    return always((request, call) -> switch (how) {
      case PRAISE -> reply(praise(code, ""), List.of(), LlmReply.Finish.STOP, request);
      case OTHER_SHARE -> {
        String other = code.equals("300750.SZ") ? "600000.SH" : "300750.SZ";
        yield reply(praise(other, ""), List.of(), LlmReply.Finish.STOP, request);
      }
      case LIFT_VETO ->
        reply(
            praise(code, ",\"veto\":false,\"limits\":\"off\""),
            List.of(),
            LlmReply.Finish.STOP,
            request);
      case PLACE_ORDER ->
        reply(
            praise(code, ""),
            List.of(new LlmToolCall("call-1", "place_order", "{\"side\":\"BUY\"}")),
            LlmReply.Finish.TOOL_CALLS,
            request);
      case REPEAT -> reply(all(request), List.of(), LlmReply.Finish.STOP, request);
    });
  }

  private static String praise(String code, String more) {
    return "{\"code\":\"" + code + "\",\"score\":1.0,\"confidence\":1.0,\"recommendation\":\"BUY\","
        + "\"reasons\":[\"as the text says\"]" + more + "}";
  }

  private static String all(LlmRequest request) {
    StringBuilder out = new StringBuilder();
    request.messages().forEach(message -> out.append(message.text()).append('\n'));
    return out.toString();
  }

  private static LlmReply reply(
      String text, List<LlmToolCall> calls, LlmReply.Finish finish, LlmRequest request) {
    long prompt = tokens(all(request));
    long completion = Math.min(request.maxOutputTokens(), tokens(text));
    return new LlmReply(
        text,
        calls,
        finish,
        Optional.of(new LlmUsage(prompt, 0, completion)),
        MODEL.name(),
        Optional.empty());
  }

  private static long tokens(String text) {
    return (text.getBytes(StandardCharsets.UTF_8).length + 2L) / 3;
  }

  @Override
  public LlmModel model() {
    return model;
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    call.cancellation().check();
    return next(request).answer(request, call);
  }

  private synchronized Step next(LlmRequest request) {
    requests.add(request);
    Step step = script.poll();
    return step != null ? step : afterwards.orElse(failure(ErrorCode.LLM_UNAVAILABLE));
  }

  /** What it was asked so far, in order. */
  public synchronized List<LlmRequest> requests() {
    return List.copyOf(requests);
  }

  /** The texts of everything that it was told so far, in order. */
  public List<String> told() {
    return requests().stream()
        .flatMap(request -> request.messages().stream())
        .map(LlmMessage::text)
        .toList();
  }

  /** Holds nothing that must be freed. */
  @Override
  public void close() {}
}
