package io.qilin.agents.llm;

import io.qilin.agents.internal.ShortestDouble;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * The canonical form of questions and answers: JSON in ASCII, members in a fixed order, absent ones left out. Every text
 * comes back as it was, half surrogate pairs included. Stateless.
 */
final class CassetteJson {
  private static final JsonFactory ASCII =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Writes members of an object. */
  private interface Members {
    void write(JsonGenerator out);
  }

  private CassetteJson() {}

  static String question(String model, LlmRequest request) {
    return object(out -> {
      out.writeStringProperty("model", model);
      out.writeNumberProperty("maxOutputTokens", request.maxOutputTokens());
      request.temperature().ifPresent(value -> {
        out.writeName("temperature");
        out.writeNumber(ShortestDouble.text(value));
      });
      request.seed().ifPresent(value -> out.writeNumberProperty("seed", value));
      request.schema().ifPresent(schema -> {
        out.writeObjectPropertyStart("schema");
        out.writeStringProperty("name", schema.name());
        out.writeStringProperty("description", schema.description());
        out.writeStringProperty("json", schema.json());
        out.writeEndObject();
      });
      if (!request.tools().isEmpty()) {
        tools(out, request.tools());
      }
      out.writeArrayPropertyStart("messages");
      request.messages().forEach(message -> message(out, message));
      out.writeEndArray();
    });
  }

  static String reply(LlmReply reply) {
    return object(out -> {
      out.writeStringProperty("model", reply.model());
      out.writeStringProperty("finish", reply.finish().name());
      reply.usage().ifPresent(usage -> {
        out.writeArrayPropertyStart("usage");
        out.writeNumber(usage.prompt());
        out.writeNumber(usage.cached());
        out.writeNumber(usage.completion());
        out.writeEndArray();
      });
      out.writeStringProperty("text", reply.text());
      reply.reasoning().ifPresent(text -> out.writeStringProperty("reasoning", text));
      calls(out, reply.toolCalls());
    });
  }

  private static void tools(JsonGenerator out, List<LlmTool> tools) {
    out.writeArrayPropertyStart("tools");
    for (LlmTool tool : tools) {
      out.writeStartObject();
      out.writeStringProperty("name", tool.name());
      out.writeStringProperty("description", tool.description());
      out.writeStringProperty("parameters", tool.parameters());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void message(JsonGenerator out, LlmMessage message) {
    out.writeStartObject();
    out.writeStringProperty("role", message.role().name().toLowerCase(Locale.ROOT));
    out.writeStringProperty("text", message.text());
    message.answers().ifPresent(id -> out.writeStringProperty("answers", id));
    message.reasoning().ifPresent(text -> out.writeStringProperty("reasoning", text));
    calls(out, message.toolCalls());
    out.writeEndObject();
  }

  private static void calls(JsonGenerator out, List<LlmToolCall> calls) {
    if (calls.isEmpty()) {
      return;
    }
    out.writeArrayPropertyStart("toolCalls");
    for (LlmToolCall call : calls) {
      out.writeStartObject();
      out.writeStringProperty("id", call.id());
      out.writeStringProperty("name", call.name());
      out.writeStringProperty("arguments", call.arguments());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static String object(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = ASCII.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    }
    return text.toString();
  }
}
