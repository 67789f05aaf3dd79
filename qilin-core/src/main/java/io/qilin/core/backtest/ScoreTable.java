package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Scores that were computed before: one number a share and day, for example a model's predictions
 * or one factor. A share or day that is not in the table has no score ({@code NaN}). Immutable and
 * safe to share.
 */
public final class ScoreTable implements Signal {
  private final List<Symbol> symbols;
  private final Map<LocalDate, double[]> days;

  private ScoreTable(List<Symbol> symbols, Map<LocalDate, double[]> days) {
    this.symbols = symbols;
    this.days = days;
  }

  /**
   * The scores of one column of a factor table.
   *
   * @throws QilinException DATA_NOT_FOUND if the table has no such column
   */
  public static ScoreTable of(FactorTable table, String column) {
    int index = table.indexOf(column);
    Map<LocalDate, double[]> days = new HashMap<>();
    for (int day = 0; day < table.days().size(); day++) {
      days.put(table.days().get(day), table.crossSection(index, day));
    }
    return new ScoreTable(table.symbols(), days);
  }

  /**
   * The scores that a field of a panel holds.
   *
   * @throws QilinException DATA_NOT_FOUND if the panel has no such field
   */
  public static ScoreTable of(Panel panel, Field field) {
    PanelColumn column = panel.column(field);
    Map<LocalDate, double[]> days = new HashMap<>();
    for (int day = 0; day < panel.days().size(); day++) {
      double[] row = new double[panel.symbols().size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = column.value(i, day);
      }
      days.put(panel.days().get(day), row);
    }
    return new ScoreTable(panel.symbols(), days);
  }

  /** Starts a table. */
  public static Builder builder() {
    return new Builder();
  }

  /** The shares, sorted. */
  public List<Symbol> symbols() {
    return symbols;
  }

  /** The days that have scores, ascending. */
  public SortedSet<LocalDate> days() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(days.keySet()));
  }

  /** One score; {@code NaN} if there is none. */
  public double score(LocalDate day, Symbol symbol) {
    double[] row = days.get(Objects.requireNonNull(day, "day"));
    int at = Collections.binarySearch(symbols, symbol);
    return row == null || at < 0 ? Double.NaN : row[at];
  }

  /** The scores of a day, one for each of {@link #symbols()}; empty if the day has none. */
  Optional<double[]> row(LocalDate day) {
    return Optional.ofNullable(days.get(day)).map(double[]::clone);
  }

  @Override
  public double[] scores(Panel history) {
    double[] row = days.get(history.lastDay());
    List<Symbol> wanted = history.symbols();
    if (row != null && wanted.equals(symbols)) {
      return row.clone();
    }
    double[] out = new double[wanted.size()];
    Arrays.fill(out, Double.NaN);
    if (row == null) {
      return out;
    }
    int at = 0;
    for (int i = 0; i < out.length; i++) {
      Symbol symbol = wanted.get(i);
      while (at < symbols.size() && symbols.get(at).compareTo(symbol) < 0) {
        at++;
      }
      if (at < symbols.size() && symbols.get(at).equals(symbol)) {
        out[i] = row[at];
      }
    }
    return out;
  }

  /** For example {@code ScoreTable[30 shares × 488 days]}. */
  @Override
  public String toString() {
    return "ScoreTable[" + symbols.size() + " shares × " + days.size() + " days]";
  }

  /** Collects scores in any order. Not thread-safe. */
  public static final class Builder {
    private final SortedMap<LocalDate, Map<Symbol, Double>> rows = new TreeMap<>();
    private final SortedSet<Symbol> symbols = new TreeSet<>();

    private Builder() {}

    /**
     * Adds one score.
     *
     * @param score the higher, the better; {@code NaN} for none
     * @throws QilinException INVALID_ARGUMENT if the share has a score on that day already
     */
    public Builder score(LocalDate day, Symbol symbol, double score) {
      Objects.requireNonNull(symbol, "symbol");
      Map<Symbol, Double> row =
          rows.computeIfAbsent(Objects.requireNonNull(day, "day"), d -> new HashMap<>());
      if (row.putIfAbsent(symbol, score) != null) {
        throw QilinException.invalid(symbol + " has two scores on " + day);
      }
      symbols.add(symbol);
      return this;
    }

    /** The table. */
    public ScoreTable build() {
      List<Symbol> sorted = List.copyOf(symbols);
      Map<LocalDate, double[]> days = new HashMap<>();
      rows.forEach((day, row) -> {
        double[] values = new double[sorted.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = row.getOrDefault(sorted.get(i), Double.NaN);
        }
        days.put(day, values);
      });
      return new ScoreTable(sorted, days);
    }
  }
}
