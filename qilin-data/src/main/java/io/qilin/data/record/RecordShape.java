package io.qilin.data.record;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.Provenance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a record stands in a file: each of its components under its name, {@code of} as {@code symbol}, a record inside it
 * as an object with parts of its own. {@link RecordShapes} states them all.
 */
final class RecordShape {
  /** How the value of a component is read and written. */
  private enum Form {
    SCALAR,
    OPTIONAL,
    OPTIONAL_LONG,
    OPTIONAL_DOUBLE,
    LIST,
    OBJECT
  }

  /** One component. */
  private record Part(String name, Form form, Class<?> type, Function<Object, Object> getter) {
    boolean isProvenance() {
      return type == Provenance.class;
    }
  }

  private final Class<?> type;
  private final List<Part> parts;
  private final List<String> names;
  private final Function<PartValues, ?> constructor;

  private RecordShape(Class<?> type, List<Part> parts, Function<PartValues, ?> constructor) {
    this.type = type;
    this.parts = List.copyOf(parts);
    this.names = parts.stream().map(Part::name).toList();
    this.constructor = constructor;
  }

  /** Begins the shape of a record; the parts follow in the order of its components. */
  static <R extends Record> Builder<R> of(Class<R> type) {
    return new Builder<>(type);
  }

  /** The record. */
  Class<?> type() {
    return type;
  }

  /** The names of its parts, in the order of its components. */
  List<String> names() {
    return names;
  }

  /** The paths of all single values, or empty if the record holds lists and cannot be a row of a table. */
  Optional<List<String>> columns() {
    List<String> columns = new ArrayList<>();
    for (Part part : parts) {
      if (part.form() == Form.LIST) {
        return Optional.empty();
      }
      if (part.form() == Form.OBJECT) {
        Optional<List<String>> inner = RecordShapes.of(part.type()).columns();
        if (inner.isEmpty()) {
          return Optional.empty();
        }
        inner.get().forEach(column -> columns.add(part.name() + "." + column));
      } else {
        columns.add(part.name());
      }
    }
    return Optional.of(columns);
  }

  /** The paths of the values that are {@code double}s, for which a unit may be declared. */
  List<String> measures() {
    List<String> measures = new ArrayList<>();
    for (Part part : parts) {
      if (part.form() == Form.OBJECT) {
        RecordShapes.of(part.type())
            .measures()
            .forEach(inner -> measures.add(part.name() + "." + inner));
      } else if (part.type() == double.class) {
        measures.add(part.name());
      }
    }
    return measures;
  }

  /**
   * The record that a tree describes.
   *
   * @param reading what the file says once for all its records
   * @throws QilinException DATA_FORMAT with the place and the field
   */
  Object read(Tree tree, RecordReading reading, RecordPlace place) {
    if (!(tree instanceof Tree.Branch branch)) {
      throw place.malformed("this is an object, was " + tree.noun());
    }
    for (String name : branch.parts().keySet()) {
      if (!names.contains(name)) {
        throw place.malformed("there is no field " + QilinException.quote(name)
            + NearestName.hint(name, names) + "; the fields are " + names);
      }
    }
    @Nullable Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      Part part = parts.get(i);
      Tree given = branch.parts().get(part.name());
      values[i] = given == null ? absent(part, reading, place) : value(part, given, reading, place);
    }
    complete(values, place);
    return make(values, place);
  }

  /** Fills in the usual moment of publication, and refuses a record that lacks anything else. */
  private void complete(@Nullable Object[] values, RecordPlace place) {
    Map<String, Object> known = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        known.put(parts.get(i).name(), value);
      } else if (!parts.get(i).name().equals("asOf")) {
        throw place.field(parts.get(i).name()).malformed("the value is missing; state it");
      }
    }
    int asOf = names.indexOf("asOf");
    if (asOf >= 0 && values[asOf] == null) {
      values[asOf] = UsualPublication.of(type, known, place.field("asOf"));
    }
  }

  private Object make(@Nullable Object[] values, RecordPlace place) {
    try {
      return constructor.apply(new PartValues(values));
    } catch (QilinException refused) {
      String message = String.valueOf(refused.getMessage());
      throw place.malformed(message.substring(message.indexOf(' ') + 1), refused);
    }
  }

  /** What stands for a value that is not given; null if it must be. */
  private @Nullable Object absent(Part part, RecordReading reading, RecordPlace place) {
    return switch (part.form()) {
      case OPTIONAL -> Optional.empty();
      case OPTIONAL_LONG -> OptionalLong.empty();
      case OPTIONAL_DOUBLE -> OptionalDouble.empty();
      case LIST -> List.of();
      case OBJECT ->
        part.isProvenance()
            ? reading.provenance()
            : RecordShapes.of(part.type())
                .read(
                    new Tree.Branch(Map.of()),
                    reading.inside(part.name()),
                    place.field(part.name()));
      case SCALAR -> absentScalar(part);
    };
  }

  private @Nullable Object absentScalar(Part part) {
    if (part.type() == double.class) {
      return Double.NaN;
    }
    if (part.type() == BigDecimal.class) {
      return BigDecimal.ZERO;
    }
    if (part.type() == String.class) {
      return "";
    }
    return part.type() == long.class && part.name().equals("sequence") ? -1L : null;
  }

  private Object value(Part part, Tree given, RecordReading reading, RecordPlace place) {
    RecordPlace at = place.field(part.name());
    return switch (part.form()) {
      case OBJECT -> RecordShapes.of(part.type()).read(given, reading.inside(part.name()), at);
      case LIST -> list(part, given, reading, at);
      case SCALAR -> scalar(part, given, reading, at);
      case OPTIONAL -> Optional.of(scalar(part, given, reading, at));
      case OPTIONAL_LONG -> OptionalLong.of((Long) scalar(part, given, reading, at));
      case OPTIONAL_DOUBLE -> OptionalDouble.of((Double) scalar(part, given, reading, at));
    };
  }

  private static Object scalar(Part part, Tree given, RecordReading reading, RecordPlace at) {
    Object value = Scalar.of(part.type()).read(given, at);
    return value instanceof Double number
        ? reading.converted(part.name(), number, (Tree.Leaf) given, at)
        : value;
  }

  private static List<Object> list(Part part, Tree given, RecordReading reading, RecordPlace at) {
    if (!(given instanceof Tree.Many many)) {
      throw at.malformed("this is a list, was " + given.noun());
    }
    List<Object> values = new ArrayList<>();
    for (Tree element : many.parts()) {
      RecordPlace here = at.field(String.valueOf(values.size() + 1));
      values.add(
          Scalar.knows(part.type())
              ? Scalar.of(part.type()).read(element, here)
              : RecordShapes.of(part.type()).read(element, reading.inside(part.name()), here));
    }
    return values;
  }

  /** What {@link #read} reads back as an equal record. */
  Tree.Branch write(Object record) {
    Map<String, Tree> tree = new LinkedHashMap<>();
    for (Part part : parts) {
      Object value = part.getter().apply(record);
      Tree written = switch (part.form()) {
        case OBJECT -> RecordShapes.of(part.type()).write(value);
        case LIST ->
          new Tree.Many(
              ((List<?>) value).stream().map(element -> element(part, element)).toList());
        case SCALAR -> leaf(part, value);
        case OPTIONAL -> ((Optional<?>) value).map(v -> leaf(part, v)).orElse(null);
        case OPTIONAL_LONG ->
          ((OptionalLong) value).isEmpty() ? null : leaf(part, ((OptionalLong) value).getAsLong());
        case OPTIONAL_DOUBLE ->
          ((OptionalDouble) value).isEmpty()
              ? null
              : leaf(part, ((OptionalDouble) value).getAsDouble());
      };
      if (written != null) {
        tree.put(part.name(), written);
      }
    }
    return new Tree.Branch(tree);
  }

  private static Tree element(Part part, Object value) {
    Tree.Leaf leaf = Scalar.knows(part.type()) ? leaf(part, value) : null;
    return leaf == null ? RecordShapes.of(part.type()).write(value) : leaf;
  }

  private static Tree.@Nullable Leaf leaf(Part part, Object value) {
    Scalar scalar = Scalar.of(part.type());
    boolean unknown = value instanceof Double number && number.isNaN();
    return unknown ? null : new Tree.Leaf(scalar.kind(), scalar.printer().apply(value));
  }

  /** Collects the parts of a shape. */
  static final class Builder<R extends Record> {
    private final Class<R> type;
    private final List<Part> parts = new ArrayList<>();

    private Builder(Class<R> type) {
      this.type = type;
    }

    <T> Builder<R> value(String name, Class<T> of, Function<R, T> getter) {
      return part(name, Form.SCALAR, of, getter);
    }

    <T> Builder<R> optional(String name, Class<T> of, Function<R, Optional<T>> getter) {
      return part(name, Form.OPTIONAL, of, getter);
    }

    Builder<R> optionalLong(String name, Function<R, OptionalLong> getter) {
      return part(name, Form.OPTIONAL_LONG, long.class, getter);
    }

    Builder<R> optionalDouble(String name, Function<R, OptionalDouble> getter) {
      return part(name, Form.OPTIONAL_DOUBLE, double.class, getter);
    }

    <T> Builder<R> list(String name, Class<T> of, Function<R, List<T>> getter) {
      return part(name, Form.LIST, of, getter);
    }

    <T extends Record> Builder<R> object(String name, Class<T> of, Function<R, T> getter) {
      return part(name, Form.OBJECT, of, getter);
    }

    private Builder<R> part(String name, Form form, Class<?> of, Function<R, ?> getter) {
      parts.add(new Part(name, form, of, record -> getter.apply(type.cast(record))));
      return this;
    }

    RecordShape made(Function<PartValues, R> constructor) {
      return new RecordShape(type, parts, constructor);
    }
  }
}
