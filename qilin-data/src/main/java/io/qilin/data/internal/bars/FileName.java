package io.qilin.data.internal.bars;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.data.internal.Place;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the name of a file tells about its instrument.
 *
 * @param symbol the instrument that the name stands for, if any; used where no column names it
 * @param certain whether the name is an A-share name, so that a column must agree with it
 */
public record FileName(Optional<Symbol> symbol, boolean certain) {
  /**
   * Looks at a name such as {@code SH600519.csv} or {@code 600519.SH.csv.gz}.
   *
   * @param anyName whether a name of another form, such as {@code MSFT.csv}, is an instrument too
   * @param endings how names of such files end, in lower case
   */
  public static FileName of(Path file, boolean anyName, Set<String> endings) {
    String stem = stem(Place.name(file), endings);
    try {
      return new FileName(Optional.of(Symbol.parse(stem)), true);
    } catch (QilinException notOfTheExchanges) {
      return new FileName(anyName ? other(stem) : Optional.empty(), false);
    }
  }

  /** Whether a folder's file is one to read: its name ends so, in any case, and is not hidden. */
  public static boolean fits(Path file, Set<String> endings) {
    String name = Place.name(file);
    return !name.startsWith(".") && stem(name, endings).length() < name.length();
  }

  /** Whether the file may hold rows that a query asks for. */
  public boolean answers(BarQuery query) {
    return !certain || query.symbols().isEmpty() || query.symbols().contains(symbol.orElseThrow());
  }

  private static Optional<Symbol> other(String stem) {
    try {
      return Optional.of(Symbol.parseAny(stem));
    } catch (QilinException noInstrument) {
      return Optional.empty();
    }
  }

  private static String stem(String name, Set<String> endings) {
    String lower = name.toLowerCase(Locale.ROOT);
    int longest =
        endings.stream().filter(lower::endsWith).mapToInt(String::length).max().orElse(0);
    return name.substring(0, name.length() - longest);
  }
}
