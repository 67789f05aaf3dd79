package io.qilin.opentelemetry;

import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmToolCall;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * The words of questions and answers, as JSON in the form of the conventions: redacted first, then cut, so that no half of
 * a secret passes the redactor.
 */
final class Content {
  private static final int MOST_TURNS = 32;
  private static final int MOST_CALLS = 32;
  private static final String LEFT_OUT = "(left out: the redactor failed)";

  private final UnaryOperator<String> redactor;
  private final int maxCharacters;
  private final LongAdder failures;

  Content(UnaryOperator<String> redactor, int maxCharacters, LongAdder failures) {
    this.redactor = Objects.requireNonNull(redactor, "redactor");
    this.maxCharacters = maxCharacters;
    this.failures = failures;
  }

  String asked(LlmRequest request) {
    List<LlmMessage> all = request.messages();
    JsonText json = new JsonText().open('[');
    for (LlmMessage message : all.subList(Math.max(0, all.size() - MOST_TURNS), all.size())) {
      json.open('{').name("role").text(message.role().name().toLowerCase(Locale.ROOT));
      json.name("parts").open('[');
      if (message.answers().isPresent()) {
        json.open('{').name("type").text("tool_call_response");
        json.name("id").text(kept(message.answers().get()));
        json.name("response").text(kept(message.text())).close('}');
      } else {
        said(json, message.text());
      }
      calls(json, message.toolCalls());
      json.close(']').close('}');
    }
    return json.close(']').toString();
  }

  String answered(LlmReply reply) {
    JsonText json = new JsonText().open('[').open('{').name("role").text("assistant");
    json.name("parts").open('[');
    said(json, reply.text());
    calls(json, reply.toolCalls());
    json.close(']').name("finish_reason").text(GenAi.finish(reply.finish()));
    return json.close('}').close(']').toString();
  }

  private void said(JsonText json, String text) {
    if (!text.isEmpty()) {
      json.open('{').name("type").text("text").name("content").text(kept(text)).close('}');
    }
  }

  private void calls(JsonText json, List<LlmToolCall> calls) {
    for (LlmToolCall call : calls.subList(0, Math.min(MOST_CALLS, calls.size()))) {
      json.open('{').name("type").text("tool_call").name("id").text(kept(call.id()));
      json.name("name").text(kept(call.name()));
      json.name("arguments").text(kept(call.arguments())).close('}');
    }
  }

  private String kept(String text) {
    String redacted;
    try {
      redacted = Objects.requireNonNull(redactor.apply(text), "redacted");
    } catch (RuntimeException | StackOverflowError e) {
      failures.increment();
      return LEFT_OUT;
    }
    String cut = Keys.cut(redacted, maxCharacters);
    return cut.length() == redacted.length() ? redacted : cut + "…";
  }
}
