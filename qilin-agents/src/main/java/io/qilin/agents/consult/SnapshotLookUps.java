package io.qilin.agents.consult;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What a model may look up about its share: figures of the snapshot and nothing else, no text of others among them. What was
 * told becomes evidence. Not thread-safe.
 */
final class SnapshotLookUps {
  /** Days that one look-up tells at most. */
  static final int MOST_DAYS = 60;

  /** Look-ups that one turn may ask for. */
  static final int MOST_CALLS = 4;

  private static final String BARS = "daily_bars";
  private static final int LONGEST_ARGUMENTS = 1_000;
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.AMOUNT);
  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(2).maxNumberLength(20).build())
      .build();

  /** The look-ups that are offered. */
  static final List<LlmTool> TOOLS = List.of(new LlmTool(
      BARS,
      "The last daily bars of the share, oldest first: raw prices in yuan, volume in shares, amount in yuan",
      "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"days\"],"
          + "\"properties\":{\"days\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":" + MOST_DAYS
          + "}}}"));

  private final MarketSnapshot snapshot;
  private final Symbol about;
  private final List<NumberCheck.Told> told = new ArrayList<>();

  SnapshotLookUps(MarketSnapshot snapshot, Symbol about) {
    this.snapshot = snapshot;
    this.about = about;
  }

  /** The figures that were told so far. */
  List<NumberCheck.Told> told() {
    return List.copyOf(told);
  }

  /** The answers to the calls of one turn; empty if one of them is not offered. */
  Optional<List<LlmMessage>> answer(List<LlmToolCall> calls) {
    if (calls.size() > MOST_CALLS
        || calls.stream().anyMatch(call -> !call.name().equals(BARS))) {
      return Optional.empty();
    }
    return Optional.of(calls.stream()
        .map(call -> LlmMessage.tool(call, bars(call.arguments())))
        .toList());
  }

  private String bars(String arguments) {
    OptionalInt days = days(arguments);
    Optional<Integer> found = snapshot.raw().find(about);
    if (days.isEmpty()) {
      return "{\"error\":\"the arguments are {\\\"days\\\": 1 to " + MOST_DAYS + "}\"}";
    }
    if (found.isEmpty()) {
      return "{\"error\":\"no bars of this share\"}";
    }
    Panel panel = snapshot.raw();
    int last = panel.days().size();
    StringBuilder out = new StringBuilder("[");
    for (int d = Math.max(0, last - days.getAsInt()); d < last; d++) {
      out.append(out.length() > 1 ? "," : "").append(bar(panel, found.get(), d));
    }
    return out.append(']').toString();
  }

  private String bar(Panel panel, int instrument, int day) {
    StringBuilder out =
        new StringBuilder("{\"day\":\"").append(panel.days().get(day)).append('"');
    for (Field field : FIELDS) {
      double value = panel.has(field) ? panel.value(field, instrument, day) : Double.NaN;
      if (Double.isFinite(value)) {
        String number = Figures.number(value);
        out.append(",\"").append(field.name()).append("\":").append(number);
        told.add(new NumberCheck.Told(
            value, BARS + "/" + panel.days().get(day) + "/" + field.name() + "=" + number));
      }
    }
    return out.append('}').toString();
  }

  /** The days asked for; empty for other arguments. */
  private static OptionalInt days(String arguments) {
    if (arguments.length() > LONGEST_ARGUMENTS) {
      return OptionalInt.empty();
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), arguments)) {
      boolean asked = parser.nextToken() == JsonToken.START_OBJECT
          && parser.nextToken() == JsonToken.PROPERTY_NAME
          && parser.currentName().equals("days")
          && parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
      long days = asked ? parser.getLongValue() : 0;
      boolean whole = asked && parser.nextToken() == JsonToken.END_OBJECT;
      return whole && days >= 1 && days <= MOST_DAYS
          ? OptionalInt.of((int) days)
          : OptionalInt.empty();
    } catch (JacksonException e) {
      return OptionalInt.empty();
    }
  }
}
