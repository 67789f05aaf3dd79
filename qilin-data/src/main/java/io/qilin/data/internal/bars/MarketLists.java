package io.qilin.data.internal.bars;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.internal.CellException;
import io.qilin.data.internal.DateCell;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.TextLines;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the two small text files that Qlib keeps beside its data. */
public final class MarketLists {
  private MarketLists() {}

  /** A line of a file. */
  private interface LineReader {
    void line(String text) throws CellException;
  }

  /**
   * Trading days, a date a line, ascending.
   *
   * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT with the line, LIMIT_EXCEEDED, IO
   */
  public static List<LocalDate> calendar(Path file) {
    return calendar(file, Place.of(file));
  }

  /**
   * As {@link #calendar(Path)}.
   *
   * @param place what the file is called in messages
   */
  public static List<LocalDate> calendar(Path file, Place place) {
    List<LocalDate> days = new ArrayList<>();
    read(TextLines.read(file, place), place, text -> {
      LocalDate day = day(text.strip());
      if (!days.isEmpty() && !day.isAfter(days.get(days.size() - 1))) {
        throw new CellException("not after the day of the line before; sort the calendar");
      }
      days.add(day);
    });
    if (days.isEmpty()) {
      throw place.malformed("the calendar has no days");
    }
    return List.copyOf(days);
  }

  /**
   * First and last day of each instrument, over all its lines.
   *
   * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT with the line, LIMIT_EXCEEDED, IO
   */
  public static Map<Symbol, InstrumentSpan> instruments(Path file) {
    Map<Symbol, InstrumentSpan> joined = new TreeMap<>();
    spans(file, Place.of(file))
        .forEach((symbol, spans) ->
            joined.put(symbol, spans.stream().reduce(InstrumentSpan::join).orElseThrow()));
    return joined;
  }

  /**
   * The spans of each instrument, one for each of its lines: {@code code TAB first TAB last}.
   *
   * @param place what the file is called in messages
   * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT with the line, LIMIT_EXCEEDED, IO
   */
  public static Map<Symbol, List<InstrumentSpan>> spans(Path file, Place place) {
    return spans(TextLines.read(file, place), place);
  }

  /**
   * As {@link #spans(Path, Place)}, of lines that were read.
   *
   * @param place what they are called in messages
   */
  public static Map<Symbol, List<InstrumentSpan>> spans(List<String> lines, Place place) {
    Map<Symbol, List<InstrumentSpan>> spans = new TreeMap<>();
    read(lines, place, text -> {
      String[] parts = text.split("\t", -1);
      if (parts.length != 3) {
        throw new CellException("not an instrument, its first and its last day, with tabs");
      }
      Symbol symbol = BarProfile.GENERIC.symbol(parts[0].strip());
      LocalDate first = day(parts[1].strip());
      LocalDate last = day(parts[2].strip());
      if (last.isBefore(first)) {
        throw new CellException("a span that ends before it begins");
      }
      spans
          .computeIfAbsent(symbol, added -> new ArrayList<>(1))
          .add(new InstrumentSpan(first, last));
    });
    if (spans.isEmpty()) {
      throw place.malformed("the file has no instruments");
    }
    return spans;
  }

  private static LocalDate day(String text) throws CellException {
    return LocalDate.ofEpochDay(DateCell.parse(text.toCharArray(), 0, text.length()));
  }

  private static void read(List<String> lines, Place place, LineReader reader) {
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      if (text.isBlank()) {
        continue;
      }
      try {
        reader.line(text);
      } catch (CellException e) {
        throw place.line(i + 1L).malformed(QilinException.quote(text) + " is " + e.reason());
      }
    }
  }
}
