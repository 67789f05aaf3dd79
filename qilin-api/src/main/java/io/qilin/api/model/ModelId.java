package io.qilin.api.model;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One version of a model, for example {@code qilin_trading_model/3}.
 *
 * @param name 1 to 128 letters, digits, {@code . _ -} of ASCII, beginning with a letter or digit; case matters
 * @param version from 1 on
 */
public record ModelId(String name, int version) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /**
   * Checks name and version.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public ModelId {
    requireName(name);
    if (version < 1) {
      throw QilinException.invalid("versions of a model count from 1, was " + version);
    }
  }

  /**
   * A name, if it can be one of a model. Such a name is also a safe name of a file.
   *
   * @throws QilinException INVALID_ARGUMENT if it is longer, empty, or has other characters
   */
  public static String requireName(String name) {
    if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
      throw QilinException.invalid("a model's name has 1 to 128 letters, digits, dots, underscores"
          + " or hyphens of ASCII and begins with a letter or digit, was "
          + QilinException.quote(name));
    }
    return name;
  }

  /**
   * Reads what {@link #toString} prints.
   *
   * @throws QilinException INVALID_ARGUMENT if it is not a name, a slash and a number
   */
  public static ModelId parse(String text) {
    int slash = text.lastIndexOf('/');
    try {
      if (slash > 0) {
        return new ModelId(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
      }
    } catch (NumberFormatException e) {
      throw new QilinException(ErrorCode.INVALID_ARGUMENT, notOne(text), e);
    }
    throw QilinException.invalid(notOne(text));
  }

  private static String notOne(String text) {
    return "not a model's version like qilin_trading_model/3: " + QilinException.quote(text);
  }

  @Override
  public String toString() {
    return name + "/" + version;
  }
}
