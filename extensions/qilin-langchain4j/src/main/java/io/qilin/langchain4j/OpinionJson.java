package io.qilin.langchain4j;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;

/** Answers of tools as JSON texts, short enough for a conversation; what was left out is marked as {@code truncated}. */
final class OpinionJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_ITEMS = 30;
  private static final int LONGEST_TEXT = 200;

  private OpinionJson() {}

  static String error(String why) {
    return JSON.createObjectNode().put("error", cut(why, 500)).toString();
  }

  /** The analyst says nothing about the share, for example as it did not trade. */
  static String none(String analyst, Symbol symbol, LocalDate day) {
    return start(analyst, symbol, day)
        .put("status", "abstained")
        .put("reason", "the analyst has nothing to say about this share on this day")
        .put("coverage", 0)
        .toString();
  }

  static String of(Opinion opinion, LocalDate day) {
    ObjectNode out = start(opinion.analyst(), opinion.symbol(), day);
    opinion.fold(
        scored -> out.put("status", "scored")
            .put("score", scored.score())
            .put("confidence", scored.confidence()),
        abstained ->
            out.put("status", "abstained").put("reason", cut(abstained.reason(), LONGEST_TEXT)));
    out.put("coverage", opinion.coverage());
    ArrayNode evidence = out.putArray("evidence");
    opinion.components().stream().limit(MOST_ITEMS).forEach(part -> component(evidence, part));
    boolean flags = texts(out.putArray("flags"), opinion.flags());
    boolean warnings = texts(out.putArray("warnings"), opinion.warnings());
    if (!flags || !warnings || opinion.components().size() > MOST_ITEMS) {
      out.put("truncated", true);
    }
    return bounded(out);
  }

  private static ObjectNode start(String analyst, Symbol symbol, LocalDate day) {
    return JSON.createObjectNode()
        .put("analyst", cut(analyst, LONGEST_TEXT))
        .put("symbol", symbol.toString())
        .put("day", day.toString());
  }

  private static void component(ArrayNode evidence, ScoreComponent part) {
    ObjectNode out = evidence.addObject();
    out.put("name", cut(part.name(), LONGEST_TEXT));
    number(out, "value", part.raw());
    out.put("unit", cut(part.unit(), LONGEST_TEXT));
    number(out, "normalised", part.normalised());
    out.put("weight", part.weight());
    out.put("source", cut(part.source(), LONGEST_TEXT));
  }

  /** What is not known is null: JSON has no NaN. */
  private static void number(ObjectNode out, String name, double value) {
    if (Double.isFinite(value)) {
      out.put(name, value);
    } else {
      out.putNull(name);
    }
  }

  private static boolean texts(ArrayNode out, List<String> texts) {
    texts.stream().limit(MOST_ITEMS).forEach(text -> out.add(cut(text, LONGEST_TEXT)));
    return texts.size() <= MOST_ITEMS;
  }

  /** Leaves out from the end, evidence last, until the text fits. */
  private static String bounded(ObjectNode out) {
    String text = out.toString();
    for (String part : List.of("warnings", "flags", "evidence")) {
      ArrayNode items = (ArrayNode) out.get(part);
      while (text.length() > AnalystTools.MOST_CHARACTERS && !items.isEmpty()) {
        items.remove(items.size() - 1);
        text = out.put("truncated", true).toString();
      }
    }
    return text;
  }

  private static String cut(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }
}
