package io.qilin.core.expression;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operators that a host adds to the language, by name. Immutable and safe to share, as far as the operators are.
 *
 * <p>Each operator is asked once for its name and how many series and constants it takes; one that cannot say so, or is
 * named as something that the language knows already, is refused with its class.
 */
public final class FactorOperators {
  /** No operator beside the built-in ones. */
  public static final FactorOperators NONE = of(List.of());

  private static final int MOST_OPERANDS = 4;
  private static final int MOST_PARAMETERS = 4;

  private final Map<String, Entry> entries;

  /** What an operator said about itself. */
  record Entry(String name, int operands, int parameters, FactorOperator operator) {
    int arguments() {
      return operands + parameters;
    }

    /** {@code Name(x1, x2, p1)}. */
    String signature() {
      List<String> arguments = new ArrayList<>();
      for (int i = 1; i <= arguments(); i++) {
        arguments.add(i <= operands ? "x" + i : "p" + (i - operands));
      }
      return name + "(" + String.join(", ", arguments) + ")";
    }
  }

  private FactorOperators(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * The operators of a list.
   *
   * @throws QilinException PROVIDER for an operator that describes itself wrongly, or two of one name
   */
  public static FactorOperators of(List<? extends FactorOperator> operators) {
    Map<String, Entry> entries = new TreeMap<>();
    for (FactorOperator operator : operators) {
      Entry entry = ask(Objects.requireNonNull(operator, "operator"));
      Entry other = entries.putIfAbsent(entry.name(), entry);
      if (other != null) {
        throw new QilinException(
            ErrorCode.PROVIDER,
            "two operators are named " + QilinException.quote(entry.name()) + ": "
                + other.operator().getClass().getName() + " and "
                + operator.getClass().getName()
                + "; leave one out");
      }
    }
    return new FactorOperators(entries);
  }

  /**
   * Finds the operators that a class loader offers by {@link ServiceLoader}. All must be usable: a set of factors whose
   * operator got lost would fail later and elsewhere.
   *
   * @throws QilinException PROVIDER for an operator that cannot be loaded, describes itself wrongly, or has another's name
   */
  public static FactorOperators discover(ClassLoader loader) {
    List<FactorOperator> found = new ArrayList<>();
    try {
      ServiceLoader.load(FactorOperator.class, loader).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new QilinException(
          ErrorCode.PROVIDER,
          "an operator cannot be loaded: " + QilinException.quote(String.valueOf(e.getMessage()))
              + "; mend it or take it off the class path",
          e);
    }
    return of(found);
  }

  private static Entry ask(FactorOperator operator) {
    Entry entry;
    try {
      entry = new Entry(operator.name(), operator.operands(), operator.parameters(), operator);
    } catch (RuntimeException e) {
      throw refused(operator, "failed when asked what it is: " + e, e);
    }
    problem(entry).ifPresent(problem -> {
      throw refused(operator, problem, null);
    });
    return entry;
  }

  private static Optional<String> problem(Entry entry) {
    String name = String.valueOf(entry.name());
    if (!Pattern.matches("[A-Za-z][A-Za-z0-9_]{0,31}", name)) {
      return Optional.of("its name must be 1 to 32 letters, digits and underscores, a letter first,"
          + " was " + QilinException.quote(name));
    }
    if (Vocabulary.isReserved(name)) {
      return Optional.of("its name " + name + " means something else in the language");
    }
    if (entry.operands() < 1 || entry.operands() > MOST_OPERANDS) {
      return Optional.of("it must read 1 to 4 series, not " + entry.operands());
    }
    if (entry.parameters() < 0 || entry.parameters() > MOST_PARAMETERS) {
      return Optional.of("it must take 0 to 4 constants, not " + entry.parameters());
    }
    return Optional.empty();
  }

  private static QilinException refused(
      FactorOperator operator, String problem, @Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.PROVIDER,
        "the operator of class " + operator.getClass().getName() + " is refused: " + problem,
        cause);
  }

  /** The operator of that name. */
  public Optional<FactorOperator> named(String name) {
    return entry(name).map(Entry::operator);
  }

  Optional<Entry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** The names, in order. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** {@code [Name, …]}. */
  @Override
  public String toString() {
    return names().toString();
  }
}
