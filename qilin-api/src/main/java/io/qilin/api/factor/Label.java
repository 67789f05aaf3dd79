package io.qilin.api.factor;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * A named expression that may read the future, to learn from or to judge factors with. Never an input of a decision: no
 * such place accepts this type.
 *
 * @param name 1 to 128 characters without control characters
 * @param expression in Qlib's language, for example {@code Ref($close,-2)/Ref($close,-1)-1}
 */
public record Label(String name, String expression) {
  /** Qlib's default label: the return from tomorrow's close to the close after it. */
  public static final Label NEXT_DAY_RETURN =
      new Label("LABEL0", "Ref($close,-2)/Ref($close,-1)-1");

  /**
   * Checks the name.
   *
   * @throws QilinException INVALID_ARGUMENT for an unusable name
   */
  public Label {
    Factor.checkName(name);
    Objects.requireNonNull(expression, "expression");
  }
}
