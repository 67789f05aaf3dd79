package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What can be an alias of a version. */
public final class ModelAlias {
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");
  private static final Pattern RESERVED = Pattern.compile("latest|v[0-9]+");

  private ModelAlias() {}

  /** Whether a text can be an alias. */
  public static boolean matches(String alias) {
    return ALIAS.matcher(alias).matches()
        && !RESERVED.matcher(alias.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * An alias, if it can be one.
   *
   * @throws QilinException INVALID_ARGUMENT if it is empty, longer than 128, has other characters than letters, digits, {@code .
   *     _ -} of ASCII, does not begin with a letter, or is {@code latest} or {@code v} with digits
   */
  public static String require(String alias) {
    if (!matches(alias)) {
      throw QilinException.invalid("an alias has 1 to 128 letters, digits, dots, underscores or"
          + " hyphens of ASCII, begins with a letter, and is neither 'latest' nor 'v' with digits,"
          + " which MLflow reserves; was " + QilinException.quote(alias));
    }
    return alias;
  }
}
