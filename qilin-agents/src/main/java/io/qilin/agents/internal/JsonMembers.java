package io.qilin.agents.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The members of one JSON object, each to be taken once; {@link #done} refuses what is left. */
public final class JsonMembers {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  private final String what;
  private final String path;
  private final Map<String, Object> members;

  private JsonMembers(String what, String path, Object value) {
    this.what = what;
    this.path = path;
    this.members = object(path, value);
  }

  /**
   * The members of a document's outermost object.
   *
   * @param what what the document is, for messages, for example {@code "the decision record"}
   */
  public static JsonMembers of(String what, Object value) {
    return new JsonMembers(what, "$", value);
  }

  private Map<String, Object> object(String path, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw bad(path, "an object is expected");
    }
    Map<String, Object> copy = new TreeMap<>();
    map.forEach((name, member) -> copy.put((String) name, member));
    return copy;
  }

  /** Whether there is a member that was not taken yet. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    return text(path + "." + name, take(name));
  }

  private String text(String path, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw bad(path, "a text is expected");
  }

  /** A whole number of at most 18 digits. */
  public long whole(String name) {
    if (take(name) instanceof JsonTree.Numeral number
        && WHOLE.matcher(number.text()).matches()) {
      return Long.parseLong(number.text());
    }
    throw bad(path + "." + name, "a whole number is expected");
  }

  /** A whole number that an {@code int} holds. */
  public int count(String name) {
    long value = whole(name);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw bad(path + "." + name, "the number is too large");
    }
    return (int) value;
  }

  /** A number, or the text of one that JSON has none for. */
  public double number(String name) {
    Object value = take(name);
    if (value instanceof JsonTree.Numeral number) {
      double read = Double.parseDouble(number.text());
      if (Double.isInfinite(read)) {
        throw bad(path + "." + name, "the number is too large");
      }
      return read;
    }
    return RecordNumbers.parse(text(path + "." + name, value))
        .orElseThrow(() -> bad(path + "." + name, "a number is expected"));
  }

  /** A text, read by a function that throws if it cannot. */
  public <T> T read(String name, Function<String, T> reader) {
    String text = text(name);
    try {
      return reader.apply(text);
    } catch (RuntimeException e) {
      throw bad(path + "." + name, QilinException.quote(text) + " cannot be read");
    }
  }

  /** A list of objects. */
  public <T> List<T> list(String name, Function<JsonMembers, T> item) {
    List<T> out = new ArrayList<>();
    List<?> items = array(name);
    for (int k = 0; k < items.size(); k++) {
      out.add(item.apply(new JsonMembers(what, path + "." + name + "[" + k + "]", items.get(k))));
    }
    return out;
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    List<String> out = new ArrayList<>();
    List<?> items = array(name);
    for (int k = 0; k < items.size(); k++) {
      out.add(text(path + "." + name + "[" + k + "]", items.get(k)));
    }
    return out;
  }

  /** An object whose members are texts. */
  public Map<String, String> textMap(String name) {
    Map<String, String> out = new TreeMap<>();
    String below = path + "." + name;
    object(below, take(name)).forEach((key, value) -> out.put(key, text(below + "." + key, value)));
    return out;
  }

  /** An object. */
  public JsonMembers object(String name) {
    return new JsonMembers(what, path + "." + name, take(name));
  }

  private List<?> array(String name) {
    if (take(name) instanceof List<?> list) {
      return list;
    }
    throw bad(path + "." + name, "a list is expected");
  }

  private Object take(String name) {
    Object value = members.remove(name);
    if (value == null) {
      throw bad(path, "the member " + QilinException.quote(name) + " is missing");
    }
    return value;
  }

  /**
   * Builds the value; nothing may be left, and what the value refuses makes the record unusable.
   */
  public <T> T done(java.util.function.Supplier<T> build) {
    if (!members.isEmpty()) {
      throw bad(
          path,
          "the member " + QilinException.quote(members.keySet().iterator().next()) + " is unknown");
    }
    try {
      return build.get();
    } catch (QilinException e) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH,
          what + " holds a wrong value at " + path + ": " + e.getMessage(),
          e);
    }
  }

  private QilinException bad(String path, String wrong) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        what + " is damaged at " + QilinException.quote(path) + ": " + wrong);
  }
}
