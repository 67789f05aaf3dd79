package io.qilin.mlops.registry;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a policy said of a candidate, and why. It is kept as the reason of the move that it caused, from which {@link #from} reads it
 * again.
 *
 * @param candidate which version
 * @param against the version in production that it was compared with; 0 if there was none
 * @param promote whether it goes to production; otherwise to staging
 * @param findings what spoke against it, one sentence each; what spoke for it if nothing did
 * @param evidence the figures
 */
public record PromotionDecision(
    ModelId candidate,
    int against,
    boolean promote,
    List<String> findings,
    PromotionEvidence evidence) {
  private static final String PREFIX = "promotion.";
  private static final String FORM = "promotion.form";

  /** Checks that every part is there. */
  public PromotionDecision {
    Objects.requireNonNull(candidate, "candidate");
    findings = List.copyOf(findings);
    Objects.requireNonNull(evidence, "evidence");
  }

  /** What the history of the registry keeps of it. */
  public StageReason toReason() {
    String text = (promote ? "promoted: " : "not promoted: ") + String.join("; ", findings);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(FORM, "1");
    facts.put(PREFIX + "against", Integer.toString(against));
    facts.put(PREFIX + "promote", Boolean.toString(promote));
    facts.put(PREFIX + "findings", Integer.toString(findings.size()));
    for (int i = 0; i < findings.size(); i++) {
      facts.put(PREFIX + "finding." + (i + 1), findings.get(i));
    }
    evidence.write(PREFIX, facts);
    return new StageReason(text, facts);
  }

  /**
   * Why a version was moved, if a policy did it.
   *
   * @throws QilinException RECORD_MISMATCH if the move holds a decision that cannot be read
   */
  public static Optional<PromotionDecision> from(StageMove move) {
    Map<String, String> facts = move.reason().facts();
    if (!facts.containsKey(FORM)) {
      return Optional.empty();
    }
    try {
      int count = Integer.parseInt(fact(facts, PREFIX + "findings"));
      List<String> findings = new ArrayList<>();
      for (int i = 1; i <= Math.min(count, facts.size()); i++) {
        findings.add(fact(facts, PREFIX + "finding." + i));
      }
      return Optional.of(new PromotionDecision(
          move.id(),
          Integer.parseInt(fact(facts, PREFIX + "against")),
          Boolean.parseBoolean(fact(facts, PREFIX + "promote")),
          findings,
          PromotionEvidence.read(PREFIX, facts)));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH,
          "move " + move.number() + " of " + move.id() + " holds a decision of another form: "
              + e.getMessage(),
          e);
    }
  }

  static String fact(Map<String, String> facts, String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH, "the decision lacks " + QilinException.quote(name));
    }
    return value;
  }

  static Optional<LocalDate> date(Map<String, String> facts, String name) {
    String value = fact(facts, name);
    return value.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(value));
  }
}
