package io.qilin.security.screening;

import java.util.List;

/**
 * One thing to look for.
 *
 * @param info what users see of it
 * @param views the readings it looks at, bits of {@link Views}
 * @param prose whether it is right for what people write, too
 * @param patterns any of these is a match; see {@link PatternParser}
 */
record Rule(RuleInfo info, int views, boolean prose, List<String> patterns) {
  /** A score that blocks alone at the default threshold. */
  static final int CRITICAL = 5;

  /** A score that blocks with another of its kind. */
  static final int WARNING = 3;

  private static final int USUAL = Views.PLAIN | Views.SQL | Views.SCRIPT;

  Rule {
    patterns = List.copyOf(patterns);
  }

  /** A rule of level 1 that blocks alone and looks at the text, without comments and without escapes. */
  static Rule of(String id, AttackCategory category, String about, String... patterns) {
    return new Rule(new RuleInfo(id, category, 1, CRITICAL, about), USUAL, true, List.of(patterns));
  }

  Rule score(int score) {
    return new Rule(
        new RuleInfo(info.id(), info.category(), info.paranoia(), score, info.about()),
        views,
        prose,
        patterns);
  }

  Rule paranoia(int level) {
    return new Rule(
        new RuleInfo(info.id(), info.category(), level, info.score(), info.about()),
        views,
        prose,
        patterns);
  }

  /** Looks at other readings too. */
  Rule also(int more) {
    return new Rule(info, views | more, prose, patterns);
  }

  /** Looks at these readings only. */
  Rule only(int these) {
    return new Rule(info, these, prose, patterns);
  }

  /** Is left out where people write prose. */
  Rule notInProse() {
    return new Rule(info, views, false, patterns);
  }

  boolean looksAt(int view) {
    return (views & view) != 0;
  }
}
