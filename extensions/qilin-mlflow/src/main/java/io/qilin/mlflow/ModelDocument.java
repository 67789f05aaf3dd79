package io.qilin.mlflow;

import io.qilin.api.model.ModelId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A registered model as the server describes it.
 *
 * @param aliases numbers of versions by alias, the alias of production too
 * @param line the versions that were in production, the last one at the end
 * @param isQilins whether Qilin has registered versions of it
 */
record ModelDocument(
    String name, Map<String, Integer> aliases, List<Integer> line, boolean isQilins) {
  /** The alias of the version in production. */
  static final String PRODUCTION = "production";
  /** Marks models of which Qilin has registered versions. */
  static final String MARK = "qilin.model";

  static final String LINE = "qilin.line";

  private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,9}(,[0-9]{1,9})*");
  private static final int MOST_LINE = 4_500;

  static ModelDocument read(JsonNode json) {
    Map<String, Integer> aliases = new LinkedHashMap<>();
    for (JsonNode alias : Json.items(json, "aliases")) {
      aliases.put(Json.filled(alias, "alias"), (int) Json.whole(alias, "version"));
    }
    String line = "";
    boolean mark = false;
    for (JsonNode tag : Json.items(json, "tags")) {
      String key = Json.text(tag, "key");
      mark |= key.equals(MARK);
      line = key.equals(LINE) ? Json.text(tag, "value") : line;
    }
    return new ModelDocument(
        Json.filled(json, "name"), Collections.unmodifiableMap(aliases), numbers(line), mark);
  }

  private static List<Integer> numbers(String line) {
    List<Integer> numbers = new ArrayList<>();
    if (NUMBERS.matcher(line).matches()) {
      for (String number : line.split(",", -1)) {
        numbers.add(Integer.parseInt(number));
      }
    }
    return List.copyOf(numbers);
  }

  /** The line as it stands in its tag, without its beginning if that does not fit. */
  static String lineText(List<Integer> line) {
    String text = String.join(",", line.stream().map(String::valueOf).toList());
    return text.length() <= MOST_LINE
        ? text
        : text.substring(text.indexOf(',', text.length() - MOST_LINE) + 1);
  }

  /** The number of the version in production; 0 if there is none. */
  int production() {
    return aliases.getOrDefault(PRODUCTION, 0);
  }

  /** The aliases of a version, without that of production. */
  Set<String> aliasesOf(ModelId id) {
    Set<String> own = new TreeSet<>();
    aliases.forEach((alias, version) -> {
      if (version == id.version() && !alias.equals(PRODUCTION)) {
        own.add(alias);
      }
    });
    return own;
  }
}
