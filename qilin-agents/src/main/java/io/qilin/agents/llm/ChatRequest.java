package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a request as the body of a chat completion. What the model cannot heed is not sent. */
final class ChatRequest {
  /** How the form of the answer is asked for. */
  enum Form {
    /** By a schema that the server enforces. */
    SCHEMA,
    /** As any JSON object, with the schema in the instructions. */
    OBJECT,
    /** By the instructions alone. */
    WORDS
  }

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private final OpenAiSettings settings;
  private final LlmRequest request;
  private final Form form;
  private final JsonGenerator out;

  private ChatRequest(OpenAiSettings settings, LlmRequest request, Form form, JsonGenerator out) {
    this.settings = settings;
    this.request = request;
    this.form = form;
    this.out = out;
  }

  /**
   * Refuses what the model cannot do.
   *
   * @throws QilinException UNSUPPORTED
   */
  static void check(LlmModel model, LlmRequest request) {
    if (!request.tools().isEmpty() && !model.can(LlmCapability.TOOLS)) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          model + " calls no tools: leave them away, choose another model, or declare tools in the"
              + " setting capabilities");
    }
    if (request.maxOutputTokens() > model.maxOutputTokens()) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          model + " answers with at most " + model.maxOutputTokens() + " tokens, asked for "
              + request.maxOutputTokens()
              + ": ask for fewer, or correct the setting max-output-tokens");
    }
    request.schema().ifPresent(schema -> object("the schema " + schema.name(), schema.json()));
    request
        .tools()
        .forEach(tool -> object("the parameters of the tool " + tool.name(), tool.parameters()));
  }

  private static void object(String what, String json) {
    if (Json.parse(json).filter(Json::isObject).isEmpty()) {
      throw QilinException.invalid(
          what + " are no JSON object, begin " + QilinException.quote(json));
    }
  }

  /** The form that the model can be asked for. */
  static Form form(LlmModel model) {
    if (model.can(LlmCapability.JSON_SCHEMA)) {
      return Form.SCHEMA;
    }
    return model.can(LlmCapability.JSON_OBJECT) ? Form.OBJECT : Form.WORDS;
  }

  static String write(OpenAiSettings settings, LlmRequest request, Form form) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new ChatRequest(settings, request, form, out).body();
    } catch (JacksonException e) {
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT,
          "the request cannot be written as JSON: " + QilinException.quote(e.getOriginalMessage()),
          e);
    }
    return text.toString();
  }

  private void body() {
    LlmModel model = settings.model();
    out.writeStartObject();
    out.writeStringProperty("model", model.name());
    out.writeArrayPropertyStart("messages");
    messages().forEach(this::message);
    out.writeEndArray();
    out.writeNumberProperty(settings.answerLimit().member(), request.maxOutputTokens());
    if (request.temperature().isPresent() && model.can(LlmCapability.TEMPERATURE)) {
      out.writeNumberProperty("temperature", request.temperature().getAsDouble());
    }
    if (request.seed().isPresent() && model.can(LlmCapability.SEED)) {
      out.writeNumberProperty("seed", request.seed().getAsLong());
    }
    if (!request.tools().isEmpty()) {
      out.writeArrayPropertyStart("tools");
      request.tools().forEach(this::tool);
      out.writeEndArray();
    }
    request.schema().ifPresent(this::responseFormat);
    thinking();
    if (model.can(LlmCapability.STREAMING)) {
      out.writeBooleanProperty("stream", true);
      out.writeObjectPropertyStart("stream_options");
      out.writeBooleanProperty("include_usage", true);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  /** The conversation; the schema is told in the first instruction where the server does not enforce it. */
  private List<LlmMessage> messages() {
    if (request.schema().isEmpty() || form == Form.SCHEMA) {
      return request.messages();
    }
    String told = instruction(request.schema().get());
    List<LlmMessage> all = new ArrayList<>(request.messages());
    LlmMessage first = all.get(0);
    if (first.role() == LlmMessage.Role.SYSTEM) {
      all.set(0, LlmMessage.system(first.text() + "\n\n" + told));
    } else {
      all.add(0, LlmMessage.system(told));
    }
    return all;
  }

  private static String instruction(LlmSchema schema) {
    return "Answer with one JSON object and nothing else. It is " + schema.description()
        + " and keeps to this JSON schema:\n" + schema.json();
  }

  private void message(LlmMessage message) {
    out.writeStartObject();
    out.writeStringProperty("role", message.role().name().toLowerCase(Locale.ROOT));
    out.writeStringProperty("content", message.text());
    message.answers().ifPresent(id -> out.writeStringProperty("tool_call_id", id));
    Optional<String> reasoning = message.reasoning();
    if (reasoning.isPresent() && settings.model().can(LlmCapability.REASONING_ECHO)) {
      out.writeStringProperty("reasoning_content", reasoning.get());
    }
    if (!message.toolCalls().isEmpty()) {
      out.writeArrayPropertyStart("tool_calls");
      message.toolCalls().forEach(this::call);
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private void call(LlmToolCall call) {
    out.writeStartObject();
    out.writeStringProperty("id", call.id());
    out.writeStringProperty("type", "function");
    out.writeObjectPropertyStart("function");
    out.writeStringProperty("name", call.name());
    out.writeStringProperty("arguments", call.arguments());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void tool(LlmTool tool) {
    out.writeStartObject();
    out.writeStringProperty("type", "function");
    out.writeObjectPropertyStart("function");
    out.writeStringProperty("name", tool.name());
    out.writeStringProperty("description", tool.description());
    out.writeName("parameters");
    out.writeRawValue(tool.parameters());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void responseFormat(LlmSchema schema) {
    if (form == Form.WORDS) {
      return;
    }
    out.writeObjectPropertyStart("response_format");
    out.writeStringProperty("type", form == Form.SCHEMA ? "json_schema" : "json_object");
    if (form == Form.SCHEMA) {
      out.writeObjectPropertyStart("json_schema");
      out.writeStringProperty("name", schema.name());
      out.writeStringProperty("description", schema.description());
      out.writeBooleanProperty("strict", true);
      out.writeName("schema");
      out.writeRawValue(schema.json());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void thinking() {
    settings.effort().ifPresent(effort -> out.writeStringProperty("reasoning_effort", effort));
    if (settings.thinking().isEmpty()) {
      return;
    }
    boolean on = settings.thinking().get();
    switch (settings.thinkingStyle()) {
      case SWITCH -> out.writeBooleanProperty("enable_thinking", on);
      case TYPE -> {
        out.writeObjectPropertyStart("thinking");
        out.writeStringProperty("type", on ? "enabled" : "disabled");
        out.writeEndObject();
      }
      case FIXED -> throw SettingReader.wrong("the setting thinking is not for this preset");
    }
  }
}
