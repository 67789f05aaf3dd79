package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.config.Node.Form;
import io.qilin.ops.config.Node.Leaf;
import io.qilin.ops.config.Node.Row;
import io.qilin.ops.config.Node.Section;
import io.qilin.ops.config.RecordShape.Part;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private final BindingProblems problems;
  private final SecretRule secrets;
  private final boolean whole;
  private final Map<ConfigPath, Setting> settings = new LinkedHashMap<>();

  /**
   * A binder.
   *
   * @param whole whether all layers could be read; if not, nothing is called missing
   */
  Binder(Problems problems, SecretRule secrets, boolean whole) {
    this.problems = new BindingProblems(problems);
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
          : problems.other(shape, node, path);
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
    return problems.other(shape, node, path);
  }

  private @Nullable Object record(RecordShape shape, Section section, ConfigPath path) {
    section.parts().forEach((name, node) -> {
      if (!shape.parts().containsKey(name)) {
        problems.unknown(shape, section.keys().getOrDefault(name, node.origin()), name, path);
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
      problems.refused(section, path, refusal);
      return null;
    }
  }

  private @Nullable Object part(Part part, Section section, ConfigPath path) {
    Node node = section.parts().get(part.name());
    if (node != null) {
      return bind(part.shape(), node, path);
    }
    if (part.preset().isPresent()) {
      return bind(part.shape(), part.preset().get(), path);
    }
    if (part.shape() instanceof Shape.Maybe) {
      return Optional.empty();
    }
    if (part.shape() instanceof RecordShape inner) {
      return record(inner, Section.at(section.origin()), path);
    }
    if (whole) {
      problems.missing(part.shape(), section, path);
    }
    return null;
  }

  private @Nullable Object items(Shape.Items shape, Node node, ConfigPath path) {
    if (!(node instanceof Row) && !empty(node, NO_ITEMS)) {
      return problems.other(shape, node, path);
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
      return problems.other(shape, node, path);
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
      problems.sealed(shape, leaf, path);
      return null;
    }
    try {
      Object value = shape.read(leaf);
      if (value == null) {
        return problems.other(shape, leaf, path);
      }
      keep(path, value instanceof Path ? value.toString() : leaf.text(), leaf.origin());
      return value;
    } catch (RuntimeException refusal) {
      problems.unparsed(shape, leaf, path, refusal);
      return null;
    }
  }

  private @Nullable Secret secret(Leaf leaf, ConfigPath path) {
    try {
      Secret secret = secrets.read(leaf, path);
      settings.put(path, Setting.secret(path, leaf.text(), leaf.origin()));
      return secret;
    } catch (QilinException refusal) {
      problems.unopened(leaf, path, refusal);
      return null;
    }
  }

  private void keep(ConfigPath path, String text, Origin origin) {
    settings.put(path, Setting.of(path, text, origin));
  }
}
