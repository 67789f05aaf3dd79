package io.qilin.api.risk;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the risk rules say about an order. */
public sealed interface RiskVerdict {
  /** The verdict that no rule objects; always the same instance. */
  static RiskVerdict pass() {
    return Pass.SHARED;
  }

  /** The answer to each case. */
  <R> R fold(Supplier<R> pass, Function<Reject, R> reject);

  /** Whether no rule objects. */
  boolean passed();

  /** No rule objects. */
  record Pass() implements RiskVerdict {
    private static final Pass SHARED = new Pass();

    @Override
    public <R> R fold(Supplier<R> pass, Function<Reject, R> reject) {
      return pass.get();
    }

    @Override
    public boolean passed() {
      return true;
    }
  }

  /**
   * A rule objects.
   *
   * @param rule the rule's id
   * @param reason what is wrong and what would be allowed
   */
  record Reject(String rule, String reason) implements RiskVerdict {
    /** Checks the parts. */
    public Reject {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Supplier<R> pass, Function<Reject, R> reject) {
      return reject.apply(this);
    }

    @Override
    public boolean passed() {
      return false;
    }
  }
}
