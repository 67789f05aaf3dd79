package io.qilin.security.screening;

import java.util.List;

/** Runs the rules and the host's checks over texts of one request. For one thread; what it uses is shared. */
final class TextScreen {
  private static final RuleInfo ENCODED = new RuleInfo(
      "QS-HTTP-09", AttackCategory.PROTOCOL, 1, Rule.CRITICAL, "encoded more often than is undone");
  private static final RuleInfo HIDDEN_DOT = new RuleInfo(
      "QS-PATH-08",
      AttackCategory.PATH_TRAVERSAL,
      1,
      Rule.CRITICAL,
      "a dot or slash encoded to hide a step up");

  /**
   * So many states of the automaton are worked out for one request. What people and programs write needs few, as its states
   * are known; a text made to need more is refused, which bounds the time of any request.
   */
  private static final int MAX_STATES_MADE = 8_192;

  private final RuleBook book;
  private final FieldPolicies policies;
  private final List<ScreeningCheck> checks;
  private final Collector into;
  private final PatternSet.Hits hits = new PatternSet.Hits(MAX_STATES_MADE);

  TextScreen(RuleBook book, FieldPolicies policies, List<ScreeningCheck> checks, Collector into) {
    this.book = book;
    this.policies = policies;
    this.checks = checks;
    this.into = into;
  }

  /** Reads a text that may still be encoded. */
  void text(RequestPart part, String field, String raw) {
    text(part, field, raw, policies.kind(field));
  }

  /** Reads a text as of a kind. */
  void text(RequestPart part, String field, String raw, FieldKind kind) {
    int misfit = FieldKinds.misfit(kind, raw);
    if (misfit >= 0) {
      into.add(FieldKinds.RULE, part, field, misfit, raw);
    }
    String text = Normalizing.of(raw);
    if (Normalizing.tooManyRounds(raw)) {
      into.add(ENCODED, part, field, raw.length(), raw);
    }
    hiddenSteps(part, field, raw);
    if (kind == FieldKind.EXPRESSION && misfit < 0) {
      check(part, field, text);
      return;
    }
    boolean prose = kind == FieldKind.FREE_TEXT;
    reading(part, field, text, Views.PLAIN, prose);
    Views.of(text, (view, reading) -> {
      if (!into.stopped()) {
        reading(part, field, reading, view, prose);
      }
    });
    check(part, field, text);
  }

  /** Looks for steps up that are encoded to be overlooked, also when the whole is encoded once more. */
  private void hiddenSteps(RequestPart part, String field, String raw) {
    if (raw.indexOf('%') < 0 && raw.indexOf("0x") < 0) {
      return;
    }
    // Outside the path every encoder writes a slash so; that hides nothing.
    String text = part == RequestPart.PATH ? raw : raw.replace("%2F", "/").replace("%2f", "/");
    int hidden = HiddenSteps.find(text);
    if (hidden < 0) {
      text = PercentDecoder.decode(raw);
      hidden = HiddenSteps.find(text);
    }
    if (hidden >= 0) {
      into.add(HIDDEN_DOT, part, field, hidden, text);
    }
  }

  /**
   * Whether ASCII bytes without anything that is ever decoded, quoted or escaped have no finding, in one pass. If not, they
   * must be read as a text.
   */
  boolean clean(byte[] bytes, int from, int to) {
    return book.patterns().nothingIn(bytes, from, to, hits) && checks.isEmpty();
  }

  /** Whether any field has a kind of its own, so that each must be looked at by name. */
  boolean kindsNamed() {
    return policies.named();
  }

  private void reading(RequestPart part, String field, String text, int view, boolean prose) {
    hits.clear();
    book.patterns().scan(text, hits);
    if (hits.exhausted()) {
      into.limit("LIMIT-WORK", part, field, text.length());
    }
    for (int i = 0; i < hits.count(); i++) {
      Rule rule = book.rule(hits.pattern(i));
      if (rule.looksAt(view) && (rule.prose() || !prose)) {
        into.add(rule.info(), part, field, hits.end(i), text);
      }
    }
  }

  private void check(RequestPart part, String field, String text) {
    for (ScreeningCheck check : checks) {
      int score;
      try {
        score = check.score(part, field, text);
      } catch (RuntimeException | StackOverflowError e) {
        // What it says may quote the text; that a check failed is all that may be told.
        into.failure("HOST-CHECK", part, field);
        return;
      }
      if (score < 0 || score > 100) {
        into.failure("HOST-CHECK", part, field);
        return;
      }
      if (score > 0) {
        into.add(
            new RuleInfo(
                "HOST-CHECK",
                AttackCategory.APPLICATION_INJECTION,
                1,
                score,
                "a check of the host"),
            part,
            field,
            text.length(),
            text);
      }
    }
  }
}
