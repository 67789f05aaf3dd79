package io.qilin.data.qlib;

import io.qilin.api.market.Symbol;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The folder of an instrument: its name in Qlib's form, in lower case. Names that Windows keeps for devices have a prefix.
 * Source: {@code code_to_fname} of Qlib's {@code qlib/utils}.
 */
final class FolderNames {
  private static final String PREFIX = "_qlib_";
  private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

  private FolderNames() {}

  /** The name, which has no separator and no dot at its end, as no {@link Symbol} has. */
  static String of(Symbol symbol) {
    String name = symbol.qlib().toLowerCase(Locale.ROOT);
    return DEVICE.matcher(name).matches() ? PREFIX + name : name;
  }
}
