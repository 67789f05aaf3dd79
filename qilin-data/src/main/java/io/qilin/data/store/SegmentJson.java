package io.qilin.data.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.lineage.ContentHash;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The manifest of a segment as JSON and back. */
final class SegmentJson {
  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SegmentJson() {}

  static byte[] write(Segment segment) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("file", segment.file());
    root.put("sha256", segment.content().hex());
    root.put("bytes", segment.bytes());
    root.put("rows", segment.rows());
    list(root, "names", segment.names());
    list(root, "days", segment.days().stream().map(LocalDate::toString).toList());
    list(root, "hashes", segment.hashes().stream().map(ContentHash::hex).toList());
    return MAPPER.writeValueAsBytes(root);
  }

  private static void list(ObjectNode root, String name, List<String> texts) {
    ArrayNode array = root.putArray(name);
    texts.forEach(array::add);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws QilinException DATA_FORMAT
   */
  static Segment read(byte[] json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      List<LocalDate> days = texts(root, "days", LocalDate::parse);
      List<ContentHash> hashes = texts(root, "hashes", ContentHash::parse);
      List<String> names = texts(root, "names", name -> name);
      boolean whole = number(root, "format") == FORMAT
          && !days.isEmpty()
          && days.size() == hashes.size()
          && !names.isEmpty();
      if (!whole) {
        throw QilinException.invalid("its parts do not fit");
      }
      return new Segment(
          text(root.get("file")),
          ContentHash.parse(text(root.get("sha256"))),
          number(root, "bytes"),
          number(root, "rows"),
          names,
          days,
          hashes);
    } catch (JacksonException | DateTimeException | QilinException e) {
      throw new QilinException(ErrorCode.DATA_FORMAT, "the manifest cannot be read", e);
    }
  }

  private static long number(JsonNode root, String name) {
    JsonNode value = root.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw QilinException.invalid("the number '" + name + "' is missing");
    }
    return value.longValue();
  }

  private static String text(JsonNode value) {
    if (value == null || !value.isString()) {
      throw QilinException.invalid("a text is missing");
    }
    return value.stringValue();
  }

  private static <T> List<T> texts(JsonNode root, String name, Function<String, T> read) {
    JsonNode array = root.get(name);
    if (array == null || !array.isArray()) {
      throw QilinException.invalid("the list '" + name + "' is missing");
    }
    List<T> list = new ArrayList<>(array.size());
    for (JsonNode each : array) {
      list.add(read.apply(text(each)));
    }
    return list;
  }
}
