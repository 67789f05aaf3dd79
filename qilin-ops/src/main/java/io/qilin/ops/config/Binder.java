package io.qilin.ops.config;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.config.Node.Form;
import io.qilin.ops.config.Node.Leaf;
import io.qilin.ops.config.Node.Row;
import io.qilin.ops.config.Node.Section;
import io.qilin.ops.config.RecordShape.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a record of what all layers say together. Of one load: it gathers the problems and the settings that it meets. */
final class Binder {
  /** How a list, and a map or record, without settings is told. */
  static final String NO_ITEMS = "[]";

  static final String NO_PARTS = "{}";

  private static final int NAMED = 12;

  private final Problems problems;
  private final SecretRule secrets;
  private final boolean whole;
  private final Map<ConfigPath, Setting> settings = new LinkedHashMap<>();

  /**
   * A binder.
   *
   * @param whole whether all layers could be read; if not, nothing is called missing
   */
  Binder(Problems problems, SecretRule secrets, boolean whole) {
    this.problems = problems;
    this.secrets = secrets;
    this.whole = whole;
  }

  /** The settings that were bound. */
  Map<ConfigPath, Setting> settings() {
    return settings;
  }

  /** The value; null after a problem. */
  @Nullable
  Object bind(Shape shape, Node node, ConfigPath path) {
    if (shape instanceof RecordShape made) {
      return node instanceof Section section
          ? record(made, section, path)
          : other(shape, node, path);
    }
    if (shape instanceof Shape.Maybe maybe) {
      Object value = bind(maybe.shape(), node, path);
      return value == null ? null : Optional.of(value);
    }
    if (shape instanceof Shape.Items items) {
      return items(items, node, path);
    }
    if (shape instanceof Shape.Named named) {
      return named(named, node, path);
    }
    if (node instanceof Leaf leaf) {
      return shape instanceof Shape.Scalar scalar ? scalar(scalar, leaf, path) : secret(leaf, path);
    }
    return other(shape, node, path);
  }

  private @Nullable Object record(RecordShape shape, Section section, ConfigPath path) {
    section.parts().forEach((name, node) -> {
      if (!shape.parts().containsKey(name)) {
        unknown(shape, section.keys().getOrDefault(name, node.origin()), name, path);
      }
    });
    int before = settings.size();
    List<Object> values = new ArrayList<>();
    shape.parts().values().forEach(part -> {
      Object value = part(part, section, path.name(part.name()));
      if (value != null) {
        values.add(value);
      }
    });
    if (settings.size() == before && !path.steps().isEmpty()) {
      keep(path, NO_PARTS, section.origin());
    }
    if (values.size() < shape.parts().size()) {
      return null;
    }
    try {
      return shape.make(values);
    } catch (RuntimeException refusal) {
      problems.add(
          section.origin(), path, "is refused: " + Messages.of(refusal) + besides(section));
      return null;
    }
  }

  /** Names what is not in the file at whose place the refusal is told. */
  private static String besides(Section section) {
    List<String> places = section.parts().values().stream()
        .map(Node::origin)
        .filter(origin -> origin.folder().isEmpty() && !origin.equals(section.origin()))
        .map(Origin::place)
        .distinct()
        .limit(NAMED)
        .toList();
    return places.isEmpty() ? "" : "; see also " + String.join(", ", places);
  }

  private @Nullable Object part(Part part, Section section, ConfigPath path) {
    Node node = section.parts().get(part.name());
    if (node != null) {
      return bind(part.shape(), node, path);
    }
    if (part.shape() instanceof Shape.Maybe) {
      return Optional.empty();
    }
    if (part.preset().isPresent()) {
      return bind(part.shape(), part.preset().get(), path);
    }
    if (part.shape() instanceof RecordShape inner) {
      return record(inner, Section.at(section.origin()), path);
    }
    if (whole) {
      problems.add(
          section.origin(), path, "is missing, expected " + part.shape().expected());
    }
    return null;
  }

  private void unknown(RecordShape shape, Origin key, String name, ConfigPath path) {
    if (problems.full()) {
      problems.add(key, "");
      return;
    }
    Collection<String> known = shape.parts().keySet();
    String hint = NearestName.hint(name, known);
    if (hint.isEmpty()) {
      hint = "; known are "
          + String.join(", ", known.stream().limit(NAMED).toList())
          + (known.size() > NAMED ? ", …" : "");
    }
    problems.add(key, path, "unknown key " + Shown.quote(name) + hint);
  }

  private @Nullable Object items(Shape.Items shape, Node node, ConfigPath path) {
    if (!(node instanceof Row) && !empty(node, NO_ITEMS)) {
      return other(shape, node, path);
    }
    List<Object> items = new ArrayList<>();
    List<Node> parts = node instanceof Row row ? row.parts() : List.of();
    for (int i = 0; i < parts.size(); i++) {
      Object item = bind(shape.shape(), parts.get(i), path.index(i));
      if (item != null) {
        items.add(item);
      }
    }
    if (parts.isEmpty()) {
      keep(path, NO_ITEMS, node.origin());
    }
    return items.size() == parts.size() ? List.copyOf(items) : null;
  }

  private @Nullable Object named(Shape.Named shape, Node node, ConfigPath path) {
    if (!(node instanceof Section) && !empty(node, NO_PARTS)) {
      return other(shape, node, path);
    }
    Map<String, Object> named = new LinkedHashMap<>();
    Map<String, Node> parts = node instanceof Section section ? section.parts() : Map.of();
    parts.forEach((name, part) -> {
      Object value = bind(shape.shape(), part, path.name(name));
      if (value != null) {
        named.put(name, value);
      }
    });
    if (parts.isEmpty()) {
      keep(path, NO_PARTS, node.origin());
    }
    return named.size() == parts.size() ? Collections.unmodifiableMap(named) : null;
  }

  private static boolean empty(Node node, String written) {
    return node instanceof Leaf leaf && leaf.form() == Form.BARE && leaf.text().equals(written);
  }

  private @Nullable Object scalar(Shape.Scalar shape, Leaf leaf, ConfigPath path) {
    if (Sealed.is(leaf.text())) {
      problems.add(
          leaf.origin(),
          path,
          "holds " + Sealed.SHOWN + ", expected " + shape.expected()
              + "; only a component of type Secret holds a sealed text");
      return null;
    }
    try {
      Object value = shape.read(leaf);
      if (value == null) {
        return other(shape, leaf, path);
      }
      keep(path, value instanceof Path ? value.toString() : leaf.text(), leaf.origin());
      return value;
    } catch (RuntimeException refusal) {
      problems.add(
          leaf.origin(),
          path,
          "expected " + shape.expected() + ", found " + leaf.kind() + ": " + Messages.of(refusal));
      return null;
    }
  }

  private @Nullable Secret secret(Leaf leaf, ConfigPath path) {
    try {
      Secret secret = secrets.read(leaf, path);
      settings.put(path, Setting.secret(path, leaf.text(), leaf.origin()));
      return secret;
    } catch (QilinException refusal) {
      problems.add(leaf.origin(), path, Messages.of(refusal));
      return null;
    }
  }

  private @Nullable Object other(Shape shape, Node node, ConfigPath path) {
    // Where a list of secrets belongs, a single text may be one of them.
    boolean unseen = node instanceof Leaf
        && !(shape instanceof Shape.Scalar)
        && !node.kind().equals(Node.NOTHING);
    String what = unseen ? "a single value" : node.kind();
    problems.add(
        node.origin(),
        path,
        "expected " + shape.expected() + ", found " + what + hint(shape, node));
    return null;
  }

  private static String hint(Shape shape, Node node) {
    if (node instanceof Leaf leaf && shape instanceof Shape.Scalar scalar) {
      if (leaf.form() == Form.QUOTED && scalar.literal()) {
        return "; write it without quotes";
      }
      if (leaf.form() == Form.LITERAL && !scalar.literal()) {
        return "; write it in quotes";
      }
      if (leaf.form() == Form.NULL) {
        return "; leave the key out, or write \"\" for an empty text";
      }
    }
    return "";
  }

  private void keep(ConfigPath path, String text, Origin origin) {
    settings.put(path, Setting.of(path, text, origin));
  }
}
