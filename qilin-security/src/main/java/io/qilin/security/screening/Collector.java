package io.qilin.security.screening;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The findings of one request while it is read. For one thread. */
final class Collector {
  private static final int MAX_FIELD = 64;
  private static final int MAX_EXCERPT = 32;

  private final FieldPolicies policies;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> rules = new HashSet<>();
  private boolean limit;
  private boolean failure;
  private int score;

  Collector(FieldPolicies policies) {
    this.policies = policies;
  }

  /** Adds what a rule found in a decoded text, unless the field has an exception for it. */
  void add(RuleInfo rule, RequestPart part, String field, int offset, CharSequence text) {
    if (policies.allows(field, rule)) {
      return;
    }
    record(rule.id(), rule.category(), rule.score(), part, field, offset, excerpt(text, offset));
  }

  /** Adds a broken limit, after which nothing more is read. */
  void limit(String rule, RequestPart part, String field, int size) {
    limit = true;
    record(rule, AttackCategory.LIMIT, Rule.CRITICAL, part, field, size, "");
  }

  /** Adds a failed check. */
  void failure(String rule, RequestPart part, String field) {
    failure = true;
    record(rule, AttackCategory.SCREENING_FAILED, Rule.CRITICAL, part, field, 0, "");
  }

  boolean stopped() {
    return limit || failure || findings.size() >= Verdict.MAX_FINDINGS;
  }

  Verdict verdict(ScreeningMode mode, int threshold) {
    Verdict.Outcome outcome = failure
        ? Verdict.Outcome.REFUSE_FAILURE
        : limit
            ? Verdict.Outcome.REFUSE_LIMIT
            : score >= threshold && mode == ScreeningMode.BLOCK
                ? Verdict.Outcome.REFUSE_ATTACK
                : Verdict.Outcome.PASS;
    return new Verdict(outcome, score, findings);
  }

  private void record(
      String rule,
      AttackCategory category,
      int value,
      RequestPart part,
      String field,
      int offset,
      String excerpt) {
    if (findings.size() >= Verdict.MAX_FINDINGS) {
      return;
    }
    if (rules.add(rule)) {
      score = Math.min(score + value, 1_000_000);
    } else if (findings.stream()
        .anyMatch(each -> each.rule().equals(rule)
            && each.part() == part
            && each.field().equals(shortened(field)))) {
      return;
    }
    findings.add(new Finding(rule, category, value, part, shortened(field), offset, excerpt));
  }

  private static String shortened(String field) {
    return field.length() <= MAX_FIELD ? field : field.substring(0, MAX_FIELD);
  }

  private static String excerpt(CharSequence text, int offset) {
    int end = Math.min(offset, text.length());
    StringBuilder out = new StringBuilder();
    for (int i = Math.max(0, end - MAX_EXCERPT); i < end; i++) {
      char c = text.charAt(i);
      out.append(
          Character.isDigit(c)
              ? '9'
              : Character.isISOControl(c) || Character.isSurrogate(c) ? '.' : c);
    }
    return out.toString();
  }
}
