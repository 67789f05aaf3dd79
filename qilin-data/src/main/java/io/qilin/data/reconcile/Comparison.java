package io.qilin.data.reconcile;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.data.internal.DailyRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One comparison of two panels. Used once, by one thread. */
final class Comparison {
  private static final double SHARE_TICKS_PER_YUAN = 100;
  private static final double MILLS = 1000;
  private static final double LOT = 100;
  private static final double ROUNDING = 1e-9;
  private static final List<Field> QUOTES = List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE);

  /** The same field of both. */
  private record Pair(Field field, PanelColumn a, PanelColumn b, boolean ticks) {}

  /** A cell that differs. */
  private record Difference(int day, Pair pair, double a, double b) {}

  private final String nameA;
  private final Panel a;
  private final String nameB;
  private final Panel b;
  private final Tolerance tolerance;
  private final Findings findings;
  private final boolean raw;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<LocalDate> days;
  private final int[] daysA;
  private final int[] daysB;
  private final DailyRules rules;
  private final Map<Field, Long> differences = new TreeMap<>();
  private long rows;
  private long cells;
  private long onlyA;
  private long onlyB;
  private long unknown;
  private long adjustmentRows;
  private long adjusted;
  private long unitRows;
  private long inLots;

  Comparison(
      String nameA,
      Panel a,
      String nameB,
      Panel b,
      Tolerance tolerance,
      boolean prices,
      Findings findings) {
    this.nameA = nameA;
    this.a = a;
    this.nameB = nameB;
    this.b = b;
    this.tolerance = tolerance;
    this.findings = findings;
    this.raw = a.adjustment() == Adjustment.RAW;
    for (Field field : a.fields()) {
      if (b.has(field) && (prices || !field.isPrice())) {
        boolean ticks =
            field.equals(Field.PRE_CLOSE) || (raw && field.isPrice() && !field.equals(Field.VWAP));
        pairs.add(new Pair(field, a.column(field), b.column(field), ticks));
      }
    }
    LocalDate from = later(a.days().get(0), b.days().get(0));
    LocalDate to = a.lastDay().isBefore(b.lastDay()) ? a.lastDay() : b.lastDay();
    TreeSet<LocalDate> both = new TreeSet<>(a.days());
    both.addAll(b.days());
    this.days = to.isBefore(from) ? List.of() : List.copyOf(both.subSet(from, true, to, true));
    this.daysA = places(a);
    this.daysB = places(b);
    this.rules = new DailyRules(MarketRuleBook.aShare(), days);
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? other : one;
  }

  private int[] places(Panel panel) {
    return days.stream()
        .mapToInt(day -> Collections.binarySearch(panel.days(), day))
        .toArray();
  }

  ReconciliationReport report() {
    TreeSet<Symbol> symbols = new TreeSet<>(a.symbols());
    symbols.addAll(b.symbols());
    symbols.forEach(this::compare);
    if (adjusted > 0) {
      findings.note(
          "adjustment-mismatch",
          (double) adjustmentRows,
          "all prices are off by one factor in " + adjustmentRows + " rows of " + adjusted
              + " instruments: one of " + nameA + " and " + nameB + " looks adjusted");
    }
    if (inLots > 0) {
      findings.note(
          "volume-unit",
          (double) unitRows,
          "volumes are off by a factor of 100 in " + unitRows + " rows of " + inLots
              + " instruments: one of " + nameA + " and " + nameB + " looks counted in lots");
    }
    return new ReconciliationReport(
        nameA,
        nameB,
        days.isEmpty() ? Optional.empty() : Optional.of(days.get(0)),
        days.isEmpty() ? Optional.empty() : Optional.of(days.get(days.size() - 1)),
        rows,
        cells,
        differences,
        onlyA,
        onlyB,
        unknown,
        adjustmentRows,
        unitRows,
        findings.toList());
  }

  private void compare(Symbol symbol) {
    int i = a.find(symbol).orElse(-1);
    int j = b.find(symbol).orElse(-1);
    Optional<Board> board = MarketRuleBook.boardOf(symbol);
    List<Difference> found = new ArrayList<>();
    int scaled = 0;
    int priceRows = 0;
    int lots = 0;
    int volumeRows = 0;
    for (int d = 0; d < days.size(); d++) {
      boolean inA = i >= 0 && has(a, i, daysA[d]);
      boolean inB = j >= 0 && has(b, j, daysB[d]);
      if (inA != inB) {
        missing(symbol, d, inA);
      } else if (inA) {
        rows++;
        int before = found.size();
        compareRow(symbol, board, i, j, d, found);
        List<Difference> row = found.subList(before, found.size());
        boolean price = row.stream().anyMatch(x -> x.pair().field().isPrice());
        boolean volume = row.stream().anyMatch(x -> x.pair().field().equals(Field.VOLUME));
        priceRows += price ? 1 : 0;
        volumeRows += volume ? 1 : 0;
        scaled += price && scaled(i, j, d) ? 1 : 0;
        lots += row.stream().anyMatch(this::lots) ? 1 : 0;
      }
    }
    boolean off = most(scaled, priceRows);
    boolean unit = most(lots, volumeRows);
    adjusted += off ? 1 : 0;
    adjustmentRows += off ? scaled : 0;
    inLots += unit ? 1 : 0;
    unitRows += unit ? lots : 0;
    for (Difference difference : found) {
      boolean told = difference.pair().field().isPrice()
          ? off && scaled(i, j, difference.day())
          : unit && lots(difference);
      if (!told) {
        tell(symbol, difference);
      }
    }
  }

  private static boolean most(int odd, int all) {
    return odd >= 2 && odd * 10L >= all * 9L;
  }

  /** Whether a panel has a row: any field that is known. */
  private static boolean has(Panel panel, int instrument, int day) {
    if (day < panel.firstRow(instrument) || day >= panel.endRow(instrument)) {
      return false;
    }
    for (Field field : panel.fields()) {
      if (!Double.isNaN(panel.value(field, instrument, day))) {
        return true;
      }
    }
    return false;
  }

  private void missing(Symbol symbol, int day, boolean inA) {
    onlyA += inA ? 1 : 0;
    onlyB += inA ? 0 : 1;
    findings.row(
        "cross-source-missing-row",
        symbol,
        days.get(day),
        () -> "the row is in " + (inA ? nameA : nameB) + ", but not in " + (inA ? nameB : nameA));
  }

  private void compareRow(
      Symbol symbol, Optional<Board> board, int i, int j, int day, List<Difference> found) {
    for (Pair pair : pairs) {
      double x = pair.a().value(i, daysA[day]);
      double y = pair.b().value(j, daysB[day]);
      boolean knowsX = !Double.isNaN(x);
      boolean knowsY = !Double.isNaN(y);
      if (knowsX && knowsY) {
        cells++;
        if (differ(pair, board, day, x, y)) {
          found.add(new Difference(day, pair, x, y));
        }
      } else if (knowsX || knowsY) {
        unknown++;
        findings.cell(
            "cross-source-missing-value",
            symbol,
            days.get(day),
            pair.field(),
            knowsX ? x : y,
            () -> pair.field() + " is known to " + (knowsX ? nameA : nameB) + " only");
      }
    }
  }

  private boolean differ(Pair pair, Optional<Board> board, int day, double x, double y) {
    if (pair.ticks() && board.isPresent()) {
      double perYuan = ticksPerYuan(board.get(), day);
      return Math.abs(Math.round(x * perYuan) - Math.round(y * perYuan)) > tolerance.ticks();
    }
    double apart = Math.abs(x - y);
    double allowed = tolerance.relative() * Math.max(Math.abs(x), Math.abs(y));
    if (raw && pair.field().equals(Field.VWAP) && board.isPresent()) {
      // A mean is no whole number of ticks, and vendors round it to one.
      allowed = Math.max(allowed, tolerance.ticks() / ticksPerYuan(board.get(), day) + ROUNDING);
    }
    return x != y && !(apart <= allowed);
  }

  private double ticksPerYuan(Board board, int day) {
    return rules
        .find(day, board, RiskWarning.NONE)
        .map(BoardRules::tickMills)
        .map(mills -> MILLS / mills)
        .orElse(SHARE_TICKS_PER_YUAN);
  }

  /** Whether all of open, high, low and close are off by one factor that is no rounding, and are not all the same. */
  private boolean scaled(int i, int j, int day) {
    double ratio = Double.NaN;
    double first = Double.NaN;
    boolean flat = true;
    int known = 0;
    for (Pair pair : pairs) {
      if (QUOTES.contains(pair.field())) {
        double x = pair.a().value(i, daysA[day]);
        double y = pair.b().value(j, daysB[day]);
        double slack = 0.02 / Math.min(Math.abs(x), Math.abs(y)) + 1e-6;
        if (known == 0) {
          ratio = x / y;
          first = x;
        }
        if (!(Math.abs(x / y - ratio) <= slack * ratio) || !(Math.abs(ratio - 1) > slack)) {
          return false;
        }
        flat &= x == first;
        known++;
      }
    }
    return known >= 3 && !flat;
  }

  private boolean lots(Difference difference) {
    double ratio = difference.a() / difference.b();
    double factor = ratio < 1 ? 1 / ratio : ratio;
    return difference.pair().field().equals(Field.VOLUME)
        && Math.abs(factor / LOT - 1) <= Math.max(tolerance.relative(), 1e-9) * 10;
  }

  private void tell(Symbol symbol, Difference difference) {
    Field field = difference.pair().field();
    differences.merge(field, 1L, Long::sum);
    findings.cell(
        "cross-source-difference",
        symbol,
        days.get(difference.day()),
        field,
        difference.a(),
        () -> field + " is " + difference.a() + " in " + nameA + ", " + difference.b() + " in "
            + nameB);
  }
}
