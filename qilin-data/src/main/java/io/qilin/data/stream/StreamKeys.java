package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instruments that a pipeline has seen, each with a small number for its place in arrays. Used by the thread of the
 * pipeline only.
 *
 * <p>An instrument of the three Chinese exchanges is also known by a whole number, see {@link #packed(Symbol)}, so that a
 * binary record is looked up without making a {@link Symbol}: open addressing, at most half full.
 */
public final class StreamKeys {
  /** The exchanges in the order of their numbers, which is part of the form of packed ticks. */
  private static final List<Exchange> EXCHANGES =
      List.of(Exchange.SSE, Exchange.SZSE, Exchange.BSE);

  private static final long CODES = 1_000_000;
  private static final int EMPTY = -1;

  private final int most;
  private final Map<Symbol, Integer> numbers = new HashMap<>();
  private final List<Symbol> symbols = new ArrayList<>();
  private long[] packed = new long[64];
  private int[] packedNumber = filled(64);
  private int packedCount;
  private int[] order = new int[0];

  StreamKeys(int most) {
    this.most = most;
  }

  /**
   * The code and the exchange of an instrument in one number: exchange · 10⁶ + code, with 0 for Shanghai, 1 for Shenzhen, 2 for Beijing.
   *
   * @throws QilinException UNSUPPORTED for an instrument outside the three exchanges, whose name is no number
   */
  public static long packed(Symbol symbol) {
    if (symbol.exchange() == Exchange.OTHER) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          symbol + " has no number, as it is not of the three exchanges; write it as JSON");
    }
    return EXCHANGES.indexOf(symbol.exchange()) * CODES + Integer.parseInt(symbol.code());
  }

  /**
   * The instrument of a number that {@link #packed} made.
   *
   * @throws QilinException INVALID_ARGUMENT if it made no such number
   */
  public static Symbol unpacked(long packed) {
    long exchange = Math.floorDiv(packed, CODES);
    if (exchange < 0 || exchange >= EXCHANGES.size()) {
      throw QilinException.invalid("no instrument has the number " + packed);
    }
    String digits = Long.toString(CODES + packed % CODES).substring(1);
    return new Symbol(digits, EXCHANGES.get((int) exchange));
  }

  /**
   * The number of an instrument; a new one if it was not seen before.
   *
   * @throws QilinException LIMIT_EXCEEDED if there are too many
   */
  public int number(Symbol symbol) {
    Integer known = numbers.get(symbol);
    return known != null ? known : add(symbol);
  }

  /**
   * The number of the instrument that {@link #packed} names by a whole number.
   *
   * @throws QilinException INVALID_ARGUMENT if there is no such instrument; LIMIT_EXCEEDED if there are too many
   */
  public int number(long name) {
    int mask = packed.length - 1;
    int at = slot(name, mask);
    while (packedNumber[at] != EMPTY) {
      if (packed[at] == name) {
        return packedNumber[at];
      }
      at = (at + 1) & mask;
    }
    int number = number(unpacked(name));
    putPacked(name, number);
    return number;
  }

  /** How many there are. */
  public int size() {
    return symbols.size();
  }

  /** The instrument of a number. */
  public Symbol symbol(int number) {
    return symbols.get(number);
  }

  /** The numbers in the order of the instruments. */
  int[] order() {
    if (order.length != symbols.size()) {
      List<Symbol> sorted = new ArrayList<>(symbols);
      sorted.sort(null);
      order = sorted.stream().mapToInt(this::number).toArray();
    }
    return order;
  }

  private int add(Symbol symbol) {
    int number = symbols.size();
    if (number >= most) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a stream of at most " + most + " instruments has one more, " + symbol
              + "; raise the limit if that is right");
    }
    numbers.put(symbol, number);
    symbols.add(symbol);
    return number;
  }

  private void putPacked(long name, int number) {
    if (packedCount * 2 >= packed.length) {
      long[] names = packed;
      int[] its = packedNumber;
      packed = new long[names.length * 2];
      packedNumber = filled(packed.length);
      for (int i = 0; i < names.length; i++) {
        if (its[i] != EMPTY) {
          place(names[i], its[i]);
        }
      }
    }
    place(name, number);
    packedCount++;
  }

  private void place(long name, int number) {
    int mask = packed.length - 1;
    int at = slot(name, mask);
    while (packedNumber[at] != EMPTY) {
      at = (at + 1) & mask;
    }
    packed[at] = name;
    packedNumber[at] = number;
  }

  private static int slot(long name, int mask) {
    long mixed = name * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  private static int[] filled(int length) {
    int[] numbers = new int[length];
    Arrays.fill(numbers, EMPTY);
    return numbers;
  }

  void save(CheckpointWriter out) {
    out.int32(symbols.size());
    for (Symbol symbol : symbols) {
      out.text(symbol.toString());
    }
  }

  void load(CheckpointReader in) {
    int count = in.int32("number of instruments", 0, Integer.MAX_VALUE);
    if (count > in.left() / Integer.BYTES) {
      throw in.wrong("number of instruments", "at most " + in.left() / Integer.BYTES, count);
    }
    for (int i = 0; i < count; i++) {
      String name = in.text("instrument", CheckpointFile.MOST_NAME);
      Symbol symbol;
      try {
        symbol = Symbol.parse(name);
      } catch (QilinException e) {
        throw in.wrong("instrument", "a name as 600519.SH", QilinException.quote(name));
      }
      if (numbers.containsKey(symbol)) {
        throw in.wrong("instrument", "another than those before", symbol);
      }
      add(symbol);
    }
  }
}
