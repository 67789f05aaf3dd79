package io.qilin.spark;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The instruments and days of the bars. Sent to the executors once each. Safe to share. */
final class Market implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] symbols;
  private final String[] spellings;
  private final int[] days;
  private transient volatile @Nullable Map<String, Integer> ranks;
  private transient volatile @Nullable List<LocalDate> dates;

  /**
   * A market.
   *
   * @param symbols as {@link io.qilin.api.market.Symbol} prints them, in its order
   * @param spellings how the bars write them
   * @param days since 1970, ascending
   */
  Market(List<String> symbols, List<String> spellings, int[] days) {
    this.symbols = symbols.toArray(new String[0]);
    this.spellings = spellings.toArray(new String[0]);
    this.days = days;
  }

  int size() {
    return symbols.length;
  }

  String symbol(int rank) {
    return symbols[rank];
  }

  /** How the bars write the instrument. */
  String spelling(String symbol) {
    return spellings[rank(symbol)];
  }

  /** The place of an instrument in the order in which sums run. */
  int rank(String symbol) {
    return Objects.requireNonNull(ranks().get(symbol), symbol);
  }

  boolean holds(String symbol) {
    return ranks().containsKey(symbol);
  }

  private Map<String, Integer> ranks() {
    Map<String, Integer> made = ranks;
    if (made == null) {
      made = new HashMap<>();
      for (int i = 0; i < symbols.length; i++) {
        made.put(symbols[i], i);
      }
      ranks = made;
    }
    return made;
  }

  /** The place of a day. */
  int place(int epochDay) {
    return Arrays.binarySearch(days, epochDay);
  }

  int epochDay(int place) {
    return days[place];
  }

  List<LocalDate> days() {
    List<LocalDate> made = dates;
    if (made == null) {
      made = Arrays.stream(days).mapToObj(LocalDate::ofEpochDay).toList();
      dates = made;
    }
    return made;
  }
}
