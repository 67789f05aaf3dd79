package io.qilin.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request in LangChain4j's words. What the model cannot do is refused, what it cannot heed is left out. */
final class RequestMapping {
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();
  /** What the parameters of a tool may have at their root; below it, anything. */
  private static final Set<String> ROOT = Set.of(
      "type",
      "title",
      "description",
      "properties",
      "required",
      "additionalProperties",
      "$defs",
      "$schema");

  private final LlmModel model;

  RequestMapping(LlmModel model) {
    this.model = model;
  }

  /**
   * Maps a request.
   *
   * @throws QilinException UNSUPPORTED for what the model does not declare, INVALID_ARGUMENT for a schema that is none and what
   *     LangChain4j does not take, such as a blank question
   */
  ChatRequest map(LlmRequest request) {
    if (!request.tools().isEmpty() && !model.can(LlmCapability.TOOLS)) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          model + " calls no tools: leave them away, or declare TOOLS if it does");
    }
    if (request.maxOutputTokens() > model.maxOutputTokens()) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          model + " answers with at most " + model.maxOutputTokens() + " tokens, asked for "
              + request.maxOutputTokens() + ": ask for fewer, or declare more");
    }
    request.schema().ifPresent(schema -> object("the schema " + schema.name(), schema.json()));
    List<ToolSpecification> tools =
        request.tools().stream().map(RequestMapping::tool).toList();
    try {
      ChatRequest.Builder mapped = ChatRequest.builder()
          .messages(messages(request))
          .maxOutputTokens(request.maxOutputTokens());
      if (!tools.isEmpty()) {
        mapped.toolSpecifications(tools);
      }
      if (request.temperature().isPresent() && model.can(LlmCapability.TEMPERATURE)) {
        mapped.temperature(request.temperature().getAsDouble());
      }
      request.schema().ifPresent(schema -> format(schema, mapped));
      return mapped.build();
    } catch (IllegalArgumentException e) {
      // Without the cause: it may quote the text.
      throw QilinException.invalid("LangChain4j does not take the request for " + model
          + ": a message is blank, or a tool's" + " answer has no call before it");
    }
  }

  private void format(LlmSchema schema, ChatRequest.Builder mapped) {
    if (model.can(LlmCapability.JSON_SCHEMA)) {
      mapped.responseFormat(ResponseFormat.builder()
          .type(ResponseFormatType.JSON)
          .jsonSchema(JsonSchema.builder()
              .name(schema.name())
              .rootElement(JsonRawSchema.from(schema.json()))
              .build())
          .build());
    } else if (model.can(LlmCapability.JSON_OBJECT)) {
      mapped.responseFormat(ResponseFormat.JSON);
    }
  }

  private List<ChatMessage> messages(LlmRequest request) {
    Map<String, String> toolOfCall = new HashMap<>();
    List<ChatMessage> all = new ArrayList<>();
    for (LlmMessage message : told(request)) {
      message.toolCalls().forEach(call -> toolOfCall.put(call.id(), call.name()));
      all.add(message(message, toolOfCall));
    }
    return all;
  }

  /** The conversation; the schema is told in the first instruction where the model does not enforce it. */
  private List<LlmMessage> told(LlmRequest request) {
    if (request.schema().isEmpty() || model.can(LlmCapability.JSON_SCHEMA)) {
      return request.messages();
    }
    LlmSchema schema = request.schema().get();
    String told = "Your answer is a JSON object alone, without a word around it: "
        + schema.description() + ". It follows this JSON schema:\n" + schema.json();
    List<LlmMessage> all = new ArrayList<>(request.messages());
    if (all.get(0).role() == LlmMessage.Role.SYSTEM) {
      all.set(0, LlmMessage.system(all.get(0).text() + "\n\n" + told));
    } else {
      all.add(0, LlmMessage.system(told));
    }
    return all;
  }

  private ChatMessage message(LlmMessage message, Map<String, String> toolOfCall) {
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.text());
      case USER -> UserMessage.from(message.text());
      case ASSISTANT -> assistant(message);
      case TOOL -> {
        String id = message.answers().orElse("");
        yield ToolExecutionResultMessage.from(id, toolOfCall.getOrDefault(id, ""), message.text());
      }
    };
  }

  private ChatMessage assistant(LlmMessage message) {
    AiMessage.Builder mapped = AiMessage.builder()
        .toolExecutionRequests(
            message.toolCalls().stream().map(RequestMapping::call).toList());
    if (!message.text().isEmpty() || message.toolCalls().isEmpty()) {
      mapped.text(message.text());
    }
    if (message.reasoning().isPresent() && model.can(LlmCapability.REASONING_ECHO)) {
      mapped.thinking(message.reasoning().get());
    }
    return mapped.build();
  }

  private static ToolExecutionRequest call(LlmToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.name())
        .arguments(call.arguments())
        .build();
  }

  private static ToolSpecification tool(LlmTool tool) {
    String what = "the parameters of the tool " + tool.name();
    JsonNode root = object(what, tool.parameters());
    root.fieldNames().forEachRemaining(name -> {
      if (!ROOT.contains(name)) {
        throw QilinException.invalid(what + " have " + QilinException.quote(name)
            + " at their root, which LangChain4j does not pass on; use " + ROOT);
      }
    });
    JsonObjectSchema.Builder parameters = JsonObjectSchema.builder()
        .addProperties(elements(root.path("properties")))
        .required(texts(root.path("required")));
    if (root.path("additionalProperties").isBoolean()) {
      parameters.additionalProperties(root.path("additionalProperties").booleanValue());
    }
    if (root.has("$defs")) {
      parameters.definitions(elements(root.path("$defs")));
    }
    if (root.path("description").isTextual()) {
      parameters.description(root.path("description").textValue());
    }
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(parameters.build())
        .build();
  }

  private static Map<String, JsonSchemaElement> elements(JsonNode members) {
    Map<String, JsonSchemaElement> all = new LinkedHashMap<>();
    members
        .properties()
        .forEach(member ->
            all.put(member.getKey(), JsonRawSchema.from(member.getValue().toString())));
    return all;
  }

  private static List<String> texts(JsonNode items) {
    List<String> all = new ArrayList<>();
    items.forEach(item -> all.add(item.asText()));
    return all;
  }

  private static JsonNode object(String what, String json) {
    JsonNode read;
    try {
      read = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw QilinException.invalid(what + " are no JSON, begin " + QilinException.quote(json));
    }
    if (!read.isObject()) {
      throw QilinException.invalid(
          what + " are no JSON object, begin " + QilinException.quote(json));
    }
    return read;
  }
}
