package io.qilin.data.csv;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What the name of a file tells about its instrument.
 *
 * @param symbol the instrument that the name stands for, if any; used where no column names it
 * @param certain whether the name is an A-share name, so that a column must agree with it
 */
record FileName(Optional<Symbol> symbol, boolean certain) {
  private static final String[] ENDINGS = {".csv.gz", ".csv"};

  /**
   * Looks at a name such as {@code SH600519.csv} or {@code 600519.SH.csv.gz}.
   *
   * @param anyName whether a name of another form, such as {@code MSFT.csv}, is an instrument too
   */
  static FileName of(Path file, boolean anyName) {
    String stem = stem(Place.name(file));
    try {
      return new FileName(Optional.of(Symbol.parse(stem)), true);
    } catch (QilinException notOfTheExchanges) {
      return new FileName(anyName ? other(stem) : Optional.empty(), false);
    }
  }

  /** Whether a folder's file is one to read: {@code .csv} or {@code .csv.gz}, in any case. */
  static boolean isCsv(Path file) {
    String name = Place.name(file);
    return !name.startsWith(".") && stem(name).length() < name.length();
  }

  private static Optional<Symbol> other(String stem) {
    try {
      return Optional.of(Symbol.parseAny(stem));
    } catch (QilinException noInstrument) {
      return Optional.empty();
    }
  }

  private static String stem(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : ENDINGS) {
      if (lower.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }
}
