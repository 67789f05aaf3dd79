package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The JSON body of a request: a tree whose texts hold placeholders. It is written by a JSON writer, so that no value can leave its place. */
final class BodyTree {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PARAMS = "${params}";

  private BodyTree() {}

  /**
   * A tree that nobody else can change.
   *
   * @throws QilinException INVALID_ARGUMENT for anything but maps, lists, texts, numbers and booleans
   */
  static Object copy(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((name, value) -> copy.put(String.valueOf(name), copy(value)));
      return copy;
    }
    if (tree instanceof List<?> list) {
      return list.stream().map(BodyTree::copy).toList();
    }
    if (tree instanceof String || tree instanceof Number || tree instanceof Boolean) {
      return tree;
    }
    throw QilinException.invalid(
        "a body is made of maps, lists, texts, numbers and booleans; one part is none");
  }

  /** All its texts. */
  static Stream<String> texts(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(BodyTree::texts);
    }
    if (tree instanceof List<?> list) {
      return list.stream().flatMap(BodyTree::texts);
    }
    return tree instanceof String text ? Stream.of(text) : Stream.empty();
  }

  /** The body with its values. */
  static String write(Object tree, Map<String, String> params, Map<String, String> values) {
    return JSON.writeValueAsString(filled(tree, params, values).orElse(Map.of()));
  }

  private static Optional<Object> filled(
      Object tree, Map<String, String> params, Map<String, String> values) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, Object> out = new LinkedHashMap<>();
      map.forEach((name, value) ->
          filled(value, params, values).ifPresent(given -> out.put(String.valueOf(name), given)));
      return Optional.of(out);
    }
    if (tree instanceof List<?> list) {
      List<Object> out = new ArrayList<>();
      list.forEach(value -> filled(value, params, values).ifPresent(out::add));
      return Optional.of(out);
    }
    if (tree.equals(PARAMS)) {
      return Optional.of(params);
    }
    return tree instanceof String text
        ? Template.fill(text, values, value -> value).<Object>map(filled -> filled)
        : Optional.of(tree);
  }
}
