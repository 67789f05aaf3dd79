package io.qilin.agents.analyst;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Locale;

/** Which formula sheet an analyst follows. */
public enum Preset {
  /** Qilin's own formulas. */
  STANDARD,
  /**
   * The point tables of the older qilin_stack, as fractions of their maximum. Unlike there, a part
   * without data earns no points: it is dropped, and lowers the coverage.
   */
  LEGACY;

  /** The name in lower case, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@code standard} or {@code legacy}.
   *
   * @throws QilinException INVALID_CONFIGURATION for another text
   */
  public static Preset parse(String text) {
    for (Preset preset : values()) {
      if (preset.toString().equals(text)) {
        return preset;
      }
    }
    throw new QilinException(
        ErrorCode.INVALID_CONFIGURATION,
        "a preset is standard or legacy, was " + QilinException.quote(text));
  }
}
