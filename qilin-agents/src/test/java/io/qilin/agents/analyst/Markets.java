package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Small markets for the tests of analysts. */
final class Markets {
  static final long FLOAT_SHARES = 100_000_000;

  private Markets() {}

  static Symbol share(int number) {
    return Symbol.parse(String.format(java.util.Locale.ROOT, "6%05d.SH", number));
  }

  static SecurityTimeline status(Symbol symbol, RiskWarning warning) {
    LocalDate listed = LocalDate.of(2001, 1, 2);
    return SecurityTimeline.of(List.of(new SecurityStatus(
        symbol,
        listed,
        Board.SSE_MAIN,
        "name",
        warning,
        Optional.of(listed),
        OptionalLong.of(FLOAT_SHARES))));
  }

  static Map<Symbol, SecurityTimeline> statuses(List<Symbol> symbols) {
    Map<Symbol, SecurityTimeline> out = new TreeMap<>();
    symbols.forEach(symbol -> out.put(symbol, status(symbol, RiskWarning.NONE)));
    return out;
  }

  static MarketSnapshot snapshot(Panel raw, Map<Symbol, SecurityTimeline> securities) {
    return new MarketSnapshot(
        raw.lastDay(),
        raw,
        raw.has(Field.FACTOR) ? raw.withAdjustment(Adjustment.BACKWARD) : raw,
        securities,
        new Provenance("test", "made", true),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The panel with the first shares sealed at limit-up on a day: they open at the reference price
   * and close up.
   */
  static Panel sealed(Panel panel, LocalDate day, int count) {
    int d = panel.indexOf(day);
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      int at = d - panel.firstRow(i);
      boolean seal = i < count && at > 0 && d < panel.endRow(i);
      double reference = seal ? panel.value(Field.PRE_CLOSE, i, d) : Double.NaN;
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i);
        if (seal && reference > 0) {
          values[at] = cell(field, values[at], reference);
        }
        builder.column(panel.symbols().get(i), field, panel.firstRow(i), values);
      }
    }
    return builder.build();
  }

  private static double cell(Field field, double value, double reference) {
    PriceLimits limits = MarketRuleBook.aShare()
        .at(LocalDate.of(2025, 1, 2))
        .rule(Board.SSE_MAIN, RiskWarning.NONE)
        .limits(reference, 0)
        .orElseThrow();
    if (field.equals(Field.CLOSE) || field.equals(Field.HIGH)) {
      return limits.up();
    }
    if (field.equals(Field.OPEN) || field.equals(Field.LOW) || field.equals(Field.VWAP)) {
      return reference;
    }
    if (field.equals(Field.VOLUME)) {
      return 5_000_000;
    }
    return field.equals(Field.AMOUNT) ? 5_000_000 * reference : value;
  }
}
