package io.qilin.core.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words that may stand before a bracket.
 *
 * @param custom the operators that the host adds
 */
record Vocabulary(FactorOperators custom) {
  /** {@code Rolling(x, N, 'mean')}, another way to write {@code Mean(x, N)}. */
  static final String ROLLING = "Rolling";

  private static final Map<String, String> SPECIAL = Map.of(
      "Mask",
      "Mask(x, 'SH600000')",
      "ChangeInstrument",
      "ChangeInstrument('SH600000', x)",
      ROLLING,
      "Rolling(x, N, 'mean')");
  private static final List<String> SPECIAL_IN_ORDER = List.of("Mask", "ChangeInstrument", ROLLING);

  /** Words that {@link UnknownName} explains. */
  private static final Set<String> EXPLAINED = Set.of(
      "P",
      "PRef",
      "TResample",
      "Feature",
      "PFeature",
      "True",
      "False",
      "None",
      "NaN",
      "nan",
      "inf",
      "and",
      "or",
      "not");

  /** Whether it computes its operand on another instrument. */
  static boolean isElsewhere(String name) {
    return SPECIAL.containsKey(name) && !name.equals(ROLLING);
  }

  /** Whether the language itself gives the word a meaning. */
  static boolean isReserved(String name) {
    return Operator.named(name).isPresent()
        || SPECIAL.containsKey(name)
        || EXPLAINED.contains(name);
  }

  List<String> callable() {
    return Stream.of(Operator.names(), SPECIAL_IN_ORDER, custom.names())
        .flatMap(List::stream)
        .toList();
  }

  /** How a word of {@link #callable} is called. */
  String signature(String name) {
    return Operator.named(name)
        .map(Operator::signature)
        .or(() -> custom.entry(name).map(FactorOperators.Entry::signature))
        .orElseGet(() -> SPECIAL.getOrDefault(name, name));
  }
}
