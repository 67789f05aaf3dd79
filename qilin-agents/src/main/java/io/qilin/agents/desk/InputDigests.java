package io.qilin.agents.desk;

import io.qilin.agents.internal.Fingerprint;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.RuleEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * SHA-256 of what a decision rests on. Two markets that agree on everything up to the day have one
 * digest: rows without any known value at the end of an instrument, and instruments without any, do
 * not count, as bars that go on and bars that end on the day differ in them.
 */
final class InputDigests {
  private InputDigests() {}

  /**
   * Bars: days, then instrument by instrument each field's values by their bits; raw first, then
   * adjusted prices, unless they follow from the raw ones.
   */
  static String bars(MarketSnapshot snapshot) {
    Panel raw = snapshot.raw();
    Panel adjusted = snapshot.adjusted();
    Fingerprint print = new Fingerprint();
    raw.days().forEach(day -> print.add(day.toEpochDay()));
    print.add(adjusted.adjustment().name());
    raw.fields().forEach(field -> print.add(field.name()));
    boolean derived = derived(raw, adjusted);
    print.add(derived ? "derived" : "given");
    List<PanelColumn> told = columns(raw, field -> true);
    told.addAll(columns(adjusted, field -> field.isPrice() && !derived));
    for (int i = 0; i < raw.symbols().size(); i++) {
      int end = knownEnd(raw, i);
      if (end > raw.firstRow(i)) {
        print.add(raw.symbols().get(i).toString()).add((long) raw.firstRow(i)).add((long) end);
        for (PanelColumn column : told) {
          print.add(column, i, raw.firstRow(i), end);
        }
      }
    }
    return print.hex();
  }

  /** Whether the adjusted prices are what the raw ones and the factor make, to the last bit. */
  private static boolean derived(Panel raw, Panel adjusted) {
    if (adjusted.adjustment() != Adjustment.BACKWARD
        || !raw.has(Field.FACTOR)
        || !raw.fields().equals(adjusted.fields())) {
      return false;
    }
    PanelColumn factor = raw.column(Field.FACTOR);
    List<PanelColumn> from = columns(raw, Field::isPrice);
    List<PanelColumn> to = columns(adjusted, Field::isPrice);
    for (int i = 0; i < raw.symbols().size(); i++) {
      if (raw.firstRow(i) != adjusted.firstRow(i) || raw.endRow(i) != adjusted.endRow(i)) {
        return false;
      }
      for (int k = 0; k < from.size(); k++) {
        for (int d = raw.firstRow(i); d < raw.endRow(i); d++) {
          double made = from.get(k).value(i, d) * factor.value(i, d);
          if (Double.doubleToLongBits(made) != Double.doubleToLongBits(to.get(k).value(i, d))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static List<PanelColumn> columns(Panel panel, Predicate<Field> wanted) {
    List<PanelColumn> out = new ArrayList<>();
    for (Field field : panel.fields()) {
      if (wanted.test(field)) {
        out.add(panel.column(field));
      }
    }
    return out;
  }

  /** Index after the last row with a known value. */
  private static int knownEnd(Panel panel, int instrument) {
    int end = panel.endRow(instrument);
    while (end > panel.firstRow(instrument) && !known(panel, instrument, end - 1)) {
      end--;
    }
    return end;
  }

  private static boolean known(Panel panel, int instrument, int day) {
    return panel.fields().stream()
        .anyMatch(field -> !Double.isNaN(panel.value(field, instrument, day)));
  }

  /** Statuses by symbol, oldest first. */
  static String securities(Map<Symbol, SecurityTimeline> securities) {
    Fingerprint print = new Fingerprint();
    new TreeMap<>(securities).forEach((symbol, timeline) -> {
      print.add(symbol.toString()).add((long) timeline.statuses().size());
      for (SecurityStatus status : timeline.statuses()) {
        print.add(status.from().toEpochDay()).add(status.board().name()).add(status.name());
        print.add(status.riskWarning().name());
        print.add(
            status.listDate().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE).longValue());
        print.add(status
            .delistDate()
            .map(LocalDate::toEpochDay)
            .orElse(Long.MIN_VALUE)
            .longValue());
        print.add(status.totalShares().orElse(-1)).add(status.floatShares().orElse(-1));
        print.add(status.freeFloatShares().orElse(-1));
      }
    });
    return print.hex();
  }

  /** Names, days and all values. */
  static String factors(FactorTable factors) {
    Fingerprint print = new Fingerprint();
    factors.days().forEach(day -> print.add(day.toEpochDay()));
    factors.symbols().forEach(symbol -> print.add(symbol.toString()));
    for (int c = 0; c < factors.names().size(); c++) {
      print.add(factors.names().get(c));
      for (int d = 0; d < factors.days().size(); d++) {
        print.add(factors.crossSection(c, d));
      }
    }
    return print.hex();
  }

  /** Every row of the rule book, which is the same for the life of the program. */
  static String rules() {
    return Rules.DIGEST;
  }

  /** Made when first asked for. */
  private static final class Rules {
    private static final String DIGEST = digest();

    private static String digest() {
      Fingerprint print = new Fingerprint();
      for (RuleEntry entry : MarketRuleBook.aShare().entries()) {
        print.add(entry.toString());
      }
      return print.hex();
    }
  }

  /** Texts by name. */
  static String texts(SortedMap<String, String> texts) {
    Fingerprint print = new Fingerprint();
    texts.forEach((name, text) -> print.add(name).add(text));
    return print.hex();
  }
}
