package io.qilin.data.qlib;

import io.qilin.api.market.Symbol;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.MarketLists;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of instruments after an append: the last span of an instrument with new rows ends with them, new instruments have
 * a line of their own. A list that was sorted stays so; otherwise new lines come last.
 */
final class GrownList {
  private GrownList() {}

  /** A line of an instrument, and when its span ends. */
  private record Line(int at, LocalDate end) {}

  /**
   * The lines.
   *
   * @param lines as they were, without blank ones
   * @param place what they are called in messages
   * @param added the first and the last new day of each instrument with new rows
   */
  static List<String> of(List<String> lines, Place place, Map<Symbol, InstrumentSpan> added) {
    Map<Symbol, Line> latest = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      int at = i;
      MarketLists.spans(List.of(lines.get(i)), place)
          .forEach((symbol, spans) -> latest.merge(
              symbol,
              new Line(at, spans.get(0).last()),
              (one, two) -> two.end().isAfter(one.end()) ? two : one));
    }
    boolean sorted = isSorted(lines);
    List<String> grown = new ArrayList<>(lines);
    added.forEach((symbol, span) -> {
      Line line = latest.get(symbol);
      if (line == null) {
        grown.add(symbol.qlib() + "\t" + span.first() + "\t" + span.last());
      } else if (line.end().isBefore(span.last())) {
        String[] parts = lines.get(line.at()).split("\t", -1);
        grown.set(line.at(), parts[0] + "\t" + parts[1] + "\t" + span.last());
      }
    });
    if (sorted) {
      grown.sort(Comparator.comparing(GrownList::code));
    }
    return grown;
  }

  private static String code(String line) {
    return line.substring(0, line.indexOf('\t'));
  }

  private static boolean isSorted(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (code(lines.get(i - 1)).compareTo(code(lines.get(i))) > 0) {
        return false;
      }
    }
    return true;
  }
}
