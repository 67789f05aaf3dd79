package io.qilin.langchain4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The arguments of a call as a model wrote them, which may be anything: what was asked, or what is wrong with it. */
final class ToolArguments {
  private static final int LONGEST = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(4)
              .maxNumberLength(20)
              .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();
  private static final String FORM =
      "the arguments are a JSON object like {\"symbol\":\"600519.SH\"}, and nothing else";

  private final @Nullable Asked asked;
  private final String wrong;

  /**
   * What was asked.
   *
   * @param symbol the share
   * @param day the day, if it was given
   */
  record Asked(Symbol symbol, Optional<LocalDate> day) {}

  private ToolArguments(@Nullable Asked asked, String wrong) {
    this.asked = asked;
    this.wrong = wrong;
  }

  <R> R fold(Function<String, R> failed, Function<Asked, R> read) {
    return asked == null ? failed.apply(wrong) : read.apply(asked);
  }

  private static ToolArguments wrong(String why) {
    return new ToolArguments(null, why);
  }

  static ToolArguments read(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return wrong(FORM);
    }
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return wrong(FORM);
    }
    if (!root.isObject()) {
      return wrong(FORM);
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!name.equals("symbol") && !name.equals("day")) {
        return wrong("no argument " + QilinException.quote(name) + "; there are symbol and day");
      }
    }
    return read(root);
  }

  private static ToolArguments read(JsonNode root) {
    Symbol symbol;
    try {
      symbol = Symbol.parse(Objects.requireNonNullElse(root.path("symbol").textValue(), ""));
    } catch (QilinException e) {
      return wrong("symbol is six digits, a dot and SH, SZ or BJ, like 600519.SH");
    }
    JsonNode day = root.path("day");
    if (day.isMissingNode() || day.isNull()) {
      return new ToolArguments(new Asked(symbol, Optional.empty()), "");
    }
    try {
      LocalDate asked = LocalDate.parse(Objects.requireNonNullElse(day.textValue(), ""));
      return new ToolArguments(new Asked(symbol, Optional.of(asked)), "");
    } catch (DateTimeException e) {
      return wrong("day is a text like 2024-01-02");
    }
  }
}
