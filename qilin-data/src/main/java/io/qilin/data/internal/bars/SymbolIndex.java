package io.qilin.data.internal.bars;

import io.qilin.api.market.Symbol;
import io.qilin.data.internal.CellException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the instruments of a file by their first row. Each spelling is parsed once; two spellings
 * of one instrument get one number.
 */
public final class SymbolIndex {
  private final BarProfile profile;
  private final List<Symbol> symbols = new ArrayList<>();
  private final Map<Symbol, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> spellings = new HashMap<>();
  private char @Nullable [] last;
  private int lastNumber;

  SymbolIndex(BarProfile profile) {
    this.profile = profile;
  }

  /**
   * The number of the instrument in {@code text[from, to)}.
   *
   * @throws CellException if it is no instrument
   */
  public int number(char[] text, int from, int to) throws CellException {
    if (last != null && Arrays.equals(last, 0, last.length, text, from, to)) {
      return lastNumber;
    }
    String spelling = new String(text, from, to - from);
    Integer known = spellings.get(spelling);
    if (known == null) {
      known = number(profile.symbol(spelling));
      spellings.put(spelling, known);
    }
    last = Arrays.copyOfRange(text, from, to);
    lastNumber = known;
    return known;
  }

  /** The number of an instrument. */
  public int number(Symbol symbol) {
    return numbers.computeIfAbsent(symbol, added -> {
      symbols.add(added);
      return symbols.size() - 1;
    });
  }

  /** The number of an instrument, or -1 if no row has it. */
  int find(Symbol symbol) {
    return numbers.getOrDefault(symbol, -1);
  }

  /** The instruments in the order of their numbers. */
  List<Symbol> symbols() {
    return symbols;
  }
}
