package io.qilin.testkit;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small panels for tests: from a series, from a table written in the test, or random from a seed. */
public final class Panels {
  /** The first day of a panel that is given no days: Tuesday 2024-01-02. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 2);

  /** The instrument of a panel that is given no symbol: {@code 600519.SH}. */
  public static final Symbol SYMBOL = Symbol.parse("600519.SH");

  private Panels() {}

  /**
   * Days from Monday to Friday. Holidays are not left out: this is no trading calendar.
   *
   * @param first not before this day
   * @param count how many, at least 1
   */
  public static List<LocalDate> weekdays(LocalDate first, int count) {
    List<LocalDate> days = new ArrayList<>(count);
    for (LocalDate day = first; days.size() < count; day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        days.add(day);
      }
    }
    return List.copyOf(days);
  }

  /** A raw panel of {@link #SYMBOL} with one field, from {@link #FIRST_DAY} on weekdays. */
  public static Panel series(Field field, double... values) {
    return Panel.builder(weekdays(FIRST_DAY, values.length), Adjustment.RAW)
        .column(SYMBOL, field, 0, values)
        .build();
  }

  /** A raw panel of {@link #SYMBOL} whose open, high, low, close and vwap are all equal. */
  public static Panel closes(double... closes) {
    Panel.Builder builder = Panel.builder(weekdays(FIRST_DAY, closes.length), Adjustment.RAW);
    for (Field field : List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VWAP)) {
      builder.column(SYMBOL, field, 0, closes);
    }
    return builder.build();
  }

  /**
   * A panel written as a table. The first line names the columns: {@code day symbol} and then fields; each further line
   * is a row, in any order. Words are separated by spaces; {@code -} and {@code NaN} stand for "not known". The days of
   * the panel are the days that occur; a pair of day and symbol that does not occur is not known.
   *
   * <pre>
   * day        symbol    close volume
   * 2024-01-02 600519.SH 10.00 1000
   * 2024-01-03 600519.SH 10.10 -
   * </pre>
   *
   * @throws QilinException INVALID_ARGUMENT with the line that cannot be read or that comes twice
   */
  public static Panel table(Adjustment adjustment, String text) {
    List<String> lines =
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty() || !lines.get(0).matches("day +symbol( +\\S+)+")) {
      throw QilinException.invalid("the first line must be 'day symbol FIELD…'");
    }
    String[] header = lines.get(0).split(" +");
    Map<Symbol, Map<LocalDate, double[]>> rows = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" +");
      if (words.length != header.length) {
        throw QilinException.invalid(
            "expected " + header.length + " words in " + QilinException.quote(line));
      }
      var own = rows.computeIfAbsent(Symbol.parseAny(words[1]), s -> new TreeMap<>());
      if (own.put(day(words[0], line), numbers(words, line)) != null) {
        throw QilinException.invalid("a row comes twice: " + QilinException.quote(line));
      }
    }
    return assemble(adjustment, Arrays.asList(header).subList(2, header.length), rows);
  }

  private static LocalDate day(String word, String line) {
    try {
      return LocalDate.parse(word);
    } catch (DateTimeParseException e) {
      throw QilinException.invalid("no day like 2024-01-02 in " + QilinException.quote(line));
    }
  }

  private static double[] numbers(String[] words, String line) {
    double[] values = new double[words.length - 2];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = words[i + 2].equals("-") ? Double.NaN : Double.parseDouble(words[i + 2]);
      } catch (NumberFormatException e) {
        throw QilinException.invalid("no number in " + QilinException.quote(line));
      }
    }
    return values;
  }

  private static Panel assemble(
      Adjustment adjustment, List<String> fields, Map<Symbol, Map<LocalDate, double[]>> rows) {
    TreeSet<LocalDate> found = new TreeSet<>();
    rows.values().forEach(own -> found.addAll(own.keySet()));
    List<LocalDate> days = List.copyOf(found);
    Panel.Builder builder = Panel.builder(days, adjustment);
    rows.forEach((symbol, own) -> {
      TreeMap<LocalDate, double[]> sorted = new TreeMap<>(own);
      int from = days.indexOf(sorted.firstKey());
      int to = days.indexOf(sorted.lastKey()) + 1;
      for (int f = 0; f < fields.size(); f++) {
        double[] column = new double[to - from];
        for (int d = from; d < to; d++) {
          double[] row = sorted.get(days.get(d));
          column[d - from] = row == null ? Double.NaN : row[f];
        }
        builder.column(symbol, Field.of(fields.get(f)), from, column);
      }
    });
    return builder.build();
  }

  /** {@link #random(int, int, double, long)} with 3 % of the days suspended. */
  public static Panel random(int instruments, int days, long seed) {
    return random(instruments, days, 0.03, seed);
  }

  /**
   * A raw panel of random walks, with open, high, low, close, vwap, volume, amount, factor and pre_close; the same
   * bits for the same arguments on every machine. Instruments are {@code 600000.SH}, {@code 600001.SH} and so on; most
   * span all days, every fourth begins late or ends early. A suspended day is a row of {@code NaN}; moreover, single
   * cells are {@code NaN} with a tenth of that chance. Prices are whole fen inside the
   * limits of 10 % around pre_close, and one close in twenty is at such a limit; the factor grows now and then, as on an
   * ex-dividend day.
   *
   * @param instruments 1 to 9999
   * @param days number of weekdays from {@link #FIRST_DAY}
   * @param suspended chance of a day without trading, 0 to 1
   * @param seed decides everything else
   */
  public static Panel random(int instruments, int days, double suspended, long seed) {
    return RandomPanel.of(instruments, days, suspended, seed);
  }

  /**
   * The same panel until a day, and another future after it: every later known value is multiplied by a random number.
   * What is computed for the day or before must be the same for both.
   */
  public static Panel withOtherFuture(Panel panel, LocalDate day, long seed) {
    return RandomPanel.withOtherFuture(panel, day, seed);
  }

  /**
   * The first difference between two panels, or empty if days, symbols, spans, fields, adjustment and the bits of all
   * cells agree. All {@code NaN} count as equal.
   */
  public static java.util.Optional<String> difference(Panel expected, Panel actual) {
    Map<String, List<Object>> facts = new LinkedHashMap<>();
    facts.put("days", List.of(expected.days(), actual.days()));
    facts.put("symbols", List.of(expected.symbols(), actual.symbols()));
    facts.put("fields", List.of(expected.fields(), actual.fields()));
    facts.put("adjustment", List.of(expected.adjustment(), actual.adjustment()));
    for (var fact : facts.entrySet()) {
      if (!fact.getValue().get(0).equals(fact.getValue().get(1))) {
        return java.util.Optional.of(fact.getKey() + " differ: " + fact.getValue());
      }
    }
    for (int i = 0; i < expected.symbols().size(); i++) {
      if (expected.firstRow(i) != actual.firstRow(i) || expected.endRow(i) != actual.endRow(i)) {
        return java.util.Optional.of("spans of " + expected.symbols().get(i) + " differ");
      }
      for (Field field : expected.fields()) {
        int at = Arrays.mismatch(expected.values(field, i), actual.values(field, i));
        if (at >= 0) {
          return java.util.Optional.of(cell(expected, field, i, expected.firstRow(i) + at)
              + ", not " + actual.value(field, i, expected.firstRow(i) + at));
        }
      }
    }
    return java.util.Optional.empty();
  }

  private static String cell(Panel panel, Field field, int instrument, int day) {
    return field + " of " + panel.symbols().get(instrument) + " on "
        + panel.days().get(day) + " is " + panel.value(field, instrument, day);
  }
}
