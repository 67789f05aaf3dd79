package io.qilin.ops.config;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.Node.Form;
import io.qilin.ops.config.Node.Leaf;
import io.qilin.ops.config.Node.Section;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Puts words to what does not fit the record, and never shows what may be a secret. */
final class BindingProblems {
  private static final int NAMED = 12;

  private final Problems problems;

  BindingProblems(Problems problems) {
    this.problems = problems;
  }

  /** A key that the record does not have. */
  void unknown(RecordShape shape, Origin key, String name, ConfigPath path) {
    if (problems.full()) {
      problems.add(key, "");
      return;
    }
    Collection<String> known = shape.parts().keySet();
    String hint = NearestName.hint(name, known);
    hint = hint.isEmpty() ? longer(name, known).orElseGet(() -> all(known)) : foreign(name) + hint;
    problems.add(key, path, "unknown key " + Shown.quote(name) + hint);
  }

  /** The only key that has the name as one of its words: {@code attempt-timeout} for {@code timeout}. */
  private static Optional<String> longer(String name, Collection<String> known) {
    List<String> longer = known.stream()
        .filter(key -> ("-" + key + "-").contains("-" + name + "-"))
        .toList();
    return longer.size() == 1
        ? Optional.of("; did you mean " + QilinException.quote(longer.get(0)) + "?")
        : Optional.empty();
  }

  private static String all(Collection<String> known) {
    return known.isEmpty()
        ? "; nothing can be set here"
        : "; known are "
            + String.join(", ", known.stream().limit(NAMED).toList())
            + (known.size() > NAMED ? ", …" : "");
  }

  /** Names a letter that looks like one of ASCII and is none. */
  private static String foreign(String name) {
    OptionalInt letter = name.codePoints().filter(c -> c > 0x7F).findFirst();
    return letter.isPresent()
        ? String.format(Locale.ROOT, ", which has the character U+%04X", letter.getAsInt())
        : "";
  }

  /** A component that no layer sets. */
  void missing(Shape shape, Section section, ConfigPath path) {
    problems.add(section.origin(), path, "is missing, expected " + shape.expected());
  }

  /** What a record's own checks say. */
  void refused(Section section, ConfigPath path, RuntimeException refusal) {
    problems.add(section.origin(), path, "is refused: " + Messages.of(refusal) + besides(section));
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

  /** Something of another kind; null, for the value that there is not. */
  @Nullable
  Object other(Shape shape, Node node, ConfigPath path) {
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

  /** A sealed text where no secret belongs. */
  void sealed(Shape shape, Leaf leaf, ConfigPath path) {
    problems.add(
        leaf.origin(),
        path,
        "holds " + Sealed.SHOWN + ", expected " + shape.expected()
            + "; only a component of type Secret holds a sealed text");
  }

  /** What a type's own parser says. */
  void unparsed(Shape shape, Leaf leaf, ConfigPath path, RuntimeException refusal) {
    problems.add(
        leaf.origin(),
        path,
        "expected " + shape.expected() + ", found " + leaf.kind() + ": " + Messages.of(refusal));
  }

  /** Why a secret cannot be had. */
  void unopened(Leaf leaf, ConfigPath path, QilinException refusal) {
    problems.add(leaf.origin(), path, Messages.of(refusal));
  }
}
