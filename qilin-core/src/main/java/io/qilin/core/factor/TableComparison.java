package io.qilin.core.factor;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.LookAheadReport.Difference;
import io.qilin.core.factor.LookAheadReport.Future;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks for the first value on which two tables disagree up to a day. All {@code NaN} are equal, 0 and −0 are not. */
final class TableComparison {
  private final FactorTable whole;
  private final FactorTable other;
  private final LocalDate cut;
  private final Future future;
  private long compared;

  TableComparison(FactorTable whole, FactorTable other, LocalDate cut, Future future) {
    this.whole = whole;
    this.other = other;
    this.cut = cut;
    this.future = future;
  }

  long compared() {
    return compared;
  }

  /** Compares the days up to the cut, day by day; an instrument of the panel that only one table holds is a difference. */
  Optional<Difference> firstDifference(List<Symbol> known) {
    List<LocalDate> days =
        whole.days().stream().filter(day -> !day.isAfter(cut)).toList();
    List<LocalDate> otherDays =
        other.days().stream().filter(day -> !day.isAfter(cut)).toList();
    if (!whole.names().equals(other.names())) {
      return shape(whole.names(), other.names());
    }
    if (!days.equals(otherDays)) {
      return shape(span(days), span(otherDays));
    }
    Map<Symbol, Integer> places = places(whole.symbols());
    Map<Symbol, Integer> otherPlaces = places(other.symbols());
    for (int day = 0; day < days.size(); day++) {
      for (int column = 0; column < whole.names().size(); column++) {
        double[] expected = whole.crossSection(column, day);
        double[] actual = other.crossSection(column, day);
        for (Symbol symbol : known) {
          Cell a = Cell.of(expected, places.get(symbol));
          Cell b = Cell.of(actual, otherPlaces.get(symbol));
          if (!a.equals(b)) {
            return Optional.of(new Difference(
                whole.names().get(column),
                symbol.toString(),
                days.get(day),
                cut,
                future,
                a.toString(),
                b.toString()));
          }
          compared++;
        }
      }
    }
    return Optional.empty();
  }

  /** A value, or none as the table lacks the instrument. Equal by bits, as records of doubles are. */
  private record Cell(boolean present, double value) {
    static Cell of(double[] row, @Nullable Integer place) {
      return place == null ? new Cell(false, Double.NaN) : new Cell(true, row[place]);
    }

    @Override
    public String toString() {
      return present ? Double.toString(value) : "absent";
    }
  }

  private Optional<Difference> shape(Object expected, Object actual) {
    return Optional.of(new Difference(
        "the table's shape", "", cut, cut, future, expected.toString(), actual.toString()));
  }

  private static String span(List<LocalDate> days) {
    return days.isEmpty()
        ? "no day"
        : days.size() + " days from " + days.get(0) + " to " + days.get(days.size() - 1);
  }

  private static Map<Symbol, Integer> places(List<Symbol> symbols) {
    Map<Symbol, Integer> places = new HashMap<>();
    IntStream.range(0, symbols.size()).forEach(i -> places.put(symbols.get(i), i));
    return places;
  }
}
