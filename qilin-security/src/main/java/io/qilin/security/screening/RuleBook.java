package io.qilin.security.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All rules up to a level, as one automaton. Thread-safe; one for each level is shared by all screeners. */
final class RuleBook {
  static final List<Rule> ALL = Stream.of(
          SqlRules.RULES,
          ScriptRules.RULES,
          PathRules.RULES,
          UnixRules.RULES,
          WindowsRules.RULES,
          JavaRules.RULES,
          ApplicationRules.RULES,
          ProtocolRules.RULES)
      .flatMap(List::stream)
      .toList();

  private final List<Rule> ruleOfPattern = new ArrayList<>();
  private final PatternSet patterns;

  RuleBook(List<Rule> rules) {
    List<String> texts = new ArrayList<>();
    for (Rule rule : rules) {
      for (String pattern : rule.patterns()) {
        texts.add(pattern);
        ruleOfPattern.add(rule);
      }
    }
    this.patterns = new PatternSet(texts);
  }

  /** The book of a level from 1 to 4. */
  static RuleBook of(int paranoia) {
    return switch (paranoia) {
      case 1 -> Level1.BOOK;
      case 2 -> Level2.BOOK;
      case 3 -> Level3.BOOK;
      default -> Level4.BOOK;
    };
  }

  PatternSet patterns() {
    return patterns;
  }

  Rule rule(int pattern) {
    return ruleOfPattern.get(pattern);
  }

  private static RuleBook upTo(int paranoia) {
    return new RuleBook(
        ALL.stream().filter(rule -> rule.info().paranoia() <= paranoia).toList());
  }

  private static final class Level1 {
    static final RuleBook BOOK = upTo(1);
  }

  private static final class Level2 {
    static final RuleBook BOOK = upTo(2);
  }

  private static final class Level3 {
    static final RuleBook BOOK = upTo(3);
  }

  private static final class Level4 {
    static final RuleBook BOOK = upTo(4);
  }
}
