package io.qilin.mlops.dataset;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** On which day and of which instrument each row is; or how many rows there are, if that is not known. Immutable. */
final class RowPlaces {
  private final List<LocalDate> days;
  /** The first row of each day, and after them the number of rows. */
  private final int[] starts;

  private final List<Symbol> symbols;
  private final int[] instruments;

  RowPlaces(List<LocalDate> days, int[] starts, List<Symbol> symbols, int[] instruments) {
    this.days = days;
    this.starts = starts;
    this.symbols = symbols;
    this.instruments = instruments;
  }

  static RowPlaces none(int rows) {
    return new RowPlaces(List.of(), new int[] {rows}, List.of(), new int[0]);
  }

  int count() {
    return starts[starts.length - 1];
  }

  List<LocalDate> days() {
    return days;
  }

  int dayStart(int day) {
    return starts[Objects.checkIndex(day, days.size() + 1)];
  }

  List<Symbol> symbols() {
    return symbols;
  }

  int instrument(int row) {
    if (instruments.length == 0) {
      throw QilinException.invalid("these rows are of no instrument that was told");
    }
    return instruments[row];
  }

  /** The place in {@link #days} of a row's day, or -1 if it is not known. */
  int day(int row) {
    Objects.checkIndex(row, count());
    if (days.isEmpty()) {
      return -1;
    }
    int at = Arrays.binarySearch(starts, row);
    if (at < 0) {
      return -at - 2;
    }
    // A day without rows begins where the next one does.
    while (at + 1 < starts.length && starts[at + 1] == row) {
      at++;
    }
    return at;
  }

  RowPlaces slice(int from, int to) {
    if (days.isEmpty() || from == to) {
      return none(to - from);
    }
    int first = day(from);
    int last = day(to - 1);
    int[] cut = new int[last - first + 2];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = Math.min(to, Math.max(from, starts[first + i])) - from;
    }
    return new RowPlaces(
        days.subList(first, last + 1), cut, symbols, Arrays.copyOfRange(instruments, from, to));
  }

  String describe(int row) {
    int day = day(row);
    return "row " + row
        + (day < 0 ? "" : " (" + symbols.get(instruments[row]) + " on " + days.get(day) + ")");
  }

  void addTo(DataHash hash) {
    hash.texts(days).numbers(starts).texts(symbols).numbers(instruments);
  }
}
