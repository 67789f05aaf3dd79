package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads the reply or failure of an entry. Stateless. */
final class CassetteReader {
  private static final int DEPTH = 8;
  private static final JsonFactory STRICT = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH)
          .maxStringLength(Cassette.LONGEST_LINE)
          .maxNumberLength(20)
          .build())
      .build();

  private CassetteReader() {}

  /** The reply or failure; empty if the entry is not one. */
  static Optional<CassetteEntry> read(String entry) {
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), entry)) {
      parser.nextToken();
      Map<String, Object> members = object(parser);
      return parser.nextToken() == null ? entry(members) : Optional.empty();
    } catch (JacksonException | QilinException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static Optional<CassetteEntry> entry(Map<String, Object> members) {
    if (members.get("reply") instanceof Map<?, ?> reply) {
      return reply(reply).map(CassetteEntry::of);
    }
    if (members.get("failure") instanceof Long number) {
      for (ErrorCode code : ErrorCode.values()) {
        if (code.number() == number) {
          return Optional.of(CassetteEntry.of(code));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<LlmReply> reply(Map<?, ?> members) {
    Optional<LlmReply.Finish> finish = Optional.empty();
    for (LlmReply.Finish each : LlmReply.Finish.values()) {
      finish = each.name().equals(members.get("finish")) ? Optional.of(each) : finish;
    }
    if (finish.isEmpty()
        || !(members.get("model") instanceof String model)
        || !(members.get("text") instanceof String text)) {
      return Optional.empty();
    }
    return Optional.of(new LlmReply(
        text,
        calls(members.get("toolCalls")),
        finish.get(),
        usage(members.get("usage")),
        model,
        Optional.ofNullable((String) members.get("reasoning"))));
  }

  private static Optional<LlmUsage> usage(@org.jspecify.annotations.Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return Optional.empty();
    }
    if (list.size() != 3) {
      throw QilinException.invalid("a use has three numbers");
    }
    return Optional.of(new LlmUsage((Long) list.get(0), (Long) list.get(1), (Long) list.get(2)));
  }

  private static List<LlmToolCall> calls(@org.jspecify.annotations.Nullable Object value) {
    List<LlmToolCall> out = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object each : list) {
        Map<?, ?> call = (Map<?, ?>) each;
        if (!(call.get("id") instanceof String id)
            || !(call.get("name") instanceof String name)
            || !(call.get("arguments") instanceof String arguments)) {
          throw QilinException.invalid("a tool call has an id, a name and arguments");
        }
        out.add(new LlmToolCall(id, name, arguments));
      }
    }
    return out;
  }

  private static Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw QilinException.invalid("the entry ends early");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getString();
      default -> throw QilinException.invalid("an entry holds no " + token);
    };
  }

  private static Map<String, Object> object(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw QilinException.invalid("an entry is an object");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }
}
