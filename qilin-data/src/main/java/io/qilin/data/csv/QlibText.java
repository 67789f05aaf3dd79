package io.qilin.data.csv;

import io.qilin.api.market.Symbol;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the two small text files that Qlib keeps beside its data. */
final class QlibText {
  private QlibText() {}

  /** A line of a file. */
  private interface LineReader {
    void line(String text, Place place) throws CellException;
  }

  /** Trading days, a date a line, ascending. */
  static List<LocalDate> calendar(Path file, CsvLimits limits) {
    List<LocalDate> days = new ArrayList<>();
    read(file, limits, (text, place) -> {
      LocalDate day = day(text.strip());
      if (!days.isEmpty() && !day.isAfter(days.get(days.size() - 1))) {
        throw new CellException("not after the day of the line before; sort the calendar");
      }
      days.add(day);
    });
    if (days.isEmpty()) {
      throw Place.of(file).malformed("the calendar has no days");
    }
    return List.copyOf(days);
  }

  /** First and last day of each instrument: {@code code TAB first TAB last}. */
  static Map<Symbol, InstrumentSpan> instruments(Path file, CsvLimits limits) {
    Map<Symbol, InstrumentSpan> spans = new TreeMap<>();
    read(file, limits, (text, place) -> {
      String[] parts = text.split("\t", -1);
      if (parts.length != 3) {
        throw new CellException("not an instrument, its first and its last day, with tabs");
      }
      Symbol symbol = CsvProfile.GENERIC.symbol(parts[0].strip());
      LocalDate first = day(parts[1].strip());
      LocalDate last = day(parts[2].strip());
      if (last.isBefore(first)) {
        throw new CellException("a span that ends before it begins");
      }
      spans.merge(symbol, new InstrumentSpan(first, last), InstrumentSpan::join);
    });
    if (spans.isEmpty()) {
      throw Place.of(file).malformed("the file has no instruments");
    }
    return spans;
  }

  private static LocalDate day(String text) throws CellException {
    return LocalDate.ofEpochDay(DateCell.parse(text.toCharArray(), 0, text.length()));
  }

  private static void read(Path file, CsvLimits limits, LineReader reader) {
    Place place = Place.of(file);
    try (BufferedReader lines =
        new BufferedReader(GuardedReader.open(file, StandardCharsets.UTF_8, limits))) {
      long number = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        if (number > limits.rows()) {
          throw place.tooLarge("there are more than " + limits.rows() + " lines");
        }
        if (text.isBlank()) {
          continue;
        }
        try {
          reader.line(text, place.line(number));
        } catch (CellException e) {
          throw place
              .line(number)
              .malformed(io.qilin.api.error.QilinException.quote(text) + " is " + e.reason());
        }
      }
    } catch (IOException e) {
      throw GuardedInput.failure(place, e);
    }
  }
}
