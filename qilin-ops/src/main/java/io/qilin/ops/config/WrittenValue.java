package io.qilin.ops.config;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A value of a configuration as it is written, before any type is known. Immutable; {@link #toString} is fit to be shown, {@link
 * #text} is not.
 *
 * @param path where it stands, for example {@code llm.providers[0].api-key}
 * @param text what stands there, secrets too
 * @param origin what says so: {@code FILE:LINE:COLUMN}
 * @param line on which the value, or in properties its key, begins; from 1
 */
public record WrittenValue(String path, String text, String origin, int line) {
  private static final Pattern SECRET = Pattern.compile(
      "passw|passphrase|pwd|secret|token|credential|signature|key", Pattern.CASE_INSENSITIVE);

  /** Checks. */
  public WrittenValue {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(origin, "origin");
  }

  /**
   * The text as it may be shown: {@code ENC(***)} for a sealed one, {@code ***} where the name says that it is a secret, and web
   * addresses without credentials. What a secret is called by another name cannot be known.
   */
  public String shown() {
    if (Sealed.is(text)) {
      return Sealed.SHOWN;
    }
    boolean named = SECRET.matcher(path.substring(path.lastIndexOf('.') + 1)).find();
    return named ? Setting.MASK : Credentials.masked(text);
  }

  /** {@code path = 'shown'  # origin}, on one line. */
  @Override
  public String toString() {
    return path + " = " + Shown.quote(shown()) + "  # " + Shown.line(origin);
  }
}
