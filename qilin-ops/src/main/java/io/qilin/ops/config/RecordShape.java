package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.config.Node.Form;
import io.qilin.ops.config.Node.Leaf;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record and what its components are: the only place that reflects. It starts from the class that the host's code names and follows
 * the types of its components; no name that comes from a file ever chooses what is made.
 */
final class RecordShape implements Shape {
  /**
   * A component.
   *
   * @param name in files, for example {@code max-positions}
   * @param preset what it is if nothing sets it
   */
  record Part(String name, Shape shape, Optional<Leaf> preset) {}

  private final Constructor<?> constructor;
  private final Map<String, Part> parts;

  private RecordShape(Constructor<?> constructor, Map<String, Part> parts) {
    this.constructor = constructor;
    this.parts = Collections.unmodifiableMap(parts);
  }

  /** The shape of a record; INVALID_ARGUMENT if a component cannot be bound. */
  static RecordShape of(Class<?> type) {
    return of(type, new LinkedHashSet<>());
  }

  /** The components by name, in order. */
  Map<String, Part> parts() {
    return parts;
  }

  @Override
  public String expected() {
    return "a map of settings";
  }

  /** Makes one; what the record's own checks throw goes through. */
  Object make(List<Object> values) {
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw unusable(constructor.getDeclaringClass(), "failed: " + e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw unusable(constructor.getDeclaringClass(), "cannot be made");
    }
  }

  private static RecordShape of(Class<?> type, Set<Class<?>> within) {
    if (!type.isRecord()) {
      throw unusable(type, "is no record");
    }
    if (!within.add(type)) {
      throw unusable(type, "holds itself");
    }
    RecordComponent[] components = type.getRecordComponents();
    Map<String, Part> parts = new LinkedHashMap<>();
    for (RecordComponent component : components) {
      Part part = part(component, within);
      if (parts.put(part.name(), part) != null) {
        throw unusable(type, "has two components " + part.name());
      }
    }
    within.remove(type);
    return new RecordShape(constructor(type, components), parts);
  }

  private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException | InaccessibleObjectException e) {
      throw unusable(type, "is not open to this module; open its package to io.qilin.ops");
    }
  }

  private static Part part(RecordComponent component, Set<Class<?>> within) {
    Class<?> owner = component.getDeclaringRecord();
    String name = ComponentName.dashed(component.getName());
    Shape shape = shape(component.getGenericType(), owner, component.getName(), within);
    ConfigDefault preset = component.getAnnotation(ConfigDefault.class);
    if (preset == null) {
      return new Part(name, shape, Optional.empty());
    }
    Leaf leaf = new Leaf(preset.value(), Form.BARE, Origin.DEFAULT);
    if (!fits(shape, leaf)) {
      throw unusable(
          owner, component.getName() + " has no default " + QilinException.quote(leaf.text()));
    }
    return new Part(name, shape, Optional.of(leaf));
  }

  private static boolean fits(Shape shape, Leaf leaf) {
    if (shape instanceof Items) {
      return leaf.text().equals(Binder.NO_ITEMS);
    }
    if (shape instanceof Named) {
      return leaf.text().equals(Binder.NO_PARTS);
    }
    Shape single = shape instanceof Maybe maybe ? maybe.shape() : shape;
    try {
      return single instanceof Scalar scalar && scalar.read(leaf) != null;
    } catch (RuntimeException refusal) {
      return false;
    }
  }

  private static Shape shape(Type type, Class<?> owner, String name, Set<Class<?>> within) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return new Maybe(notMaybe(shape(of[0], owner, name, within), owner, name));
      }
      if (generic.getRawType() == List.class) {
        return new Items(notMaybe(shape(of[0], owner, name, within), owner, name));
      }
      if (generic.getRawType() == Map.class && of[0] == String.class) {
        return new Named(notMaybe(shape(of[1], owner, name, within), owner, name));
      }
    }
    if (type instanceof Class<?> plain) {
      return single(plain, owner, name, within);
    }
    throw unbindable(owner, name, type);
  }

  private static Shape notMaybe(Shape shape, Class<?> owner, String name) {
    if (shape instanceof Maybe) {
      throw unusable(owner, name + " has an Optional in a place that cannot be left out");
    }
    return shape;
  }

  private static Shape single(Class<?> type, Class<?> owner, String name, Set<Class<?>> within) {
    if (type == Secret.class) {
      return new Sealable();
    }
    if (type.isEnum()) {
      return Scalars.constant(type);
    }
    Optional<Shape> known = Scalars.of(type).or(() -> parsed(type)).map(scalar -> scalar);
    if (known.isPresent()) {
      return known.get();
    }
    if (type.isRecord()) {
      return of(type, within);
    }
    throw unbindable(owner, name, type);
  }

  /** By a public method {@code static T parse(String)} of a public type {@code T}. */
  private static Optional<Scalar> parsed(Class<?> type) {
    try {
      MethodHandle parse = MethodHandles.publicLookup()
          .findStatic(type, "parse", MethodType.methodType(type, String.class));
      return Optional.of(Scalars.parsed(type, leaf -> call(parse, leaf.text())));
    } catch (NoSuchMethodException | IllegalAccessException none) {
      return Optional.empty();
    }
  }

  private static @Nullable Object call(MethodHandle parse, String text) {
    try {
      return parse.invoke(text);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable checked) {
      throw QilinException.invalid(Objects.toString(checked.getMessage(), "cannot be parsed"));
    }
  }

  private static QilinException unbindable(Class<?> owner, String name, Type type) {
    return unusable(
        owner,
        name + " is of type " + type.getTypeName()
            + "; bound are records, String, boolean, int, long,"
            + " double, BigDecimal, Duration, DataSize, LocalDate, LocalTime, ZoneId, URI, Path, enums, Secret,"
            + " types with a public static parse(String), and Optional, List and Map<String, …> of these");
  }

  private static QilinException unusable(Class<?> type, String why) {
    return QilinException.invalid(
        "the configuration's type " + type.getName() + " is not usable: " + why);
  }
}
