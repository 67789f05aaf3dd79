package io.qilin.api.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;

/** Values of factors: factors × instruments × days, {@code NaN} where a factor is not known. Holds nothing that was unknown on its day. Immutable and safe to share. */
public final class FactorTable {
  private final ColumnStore store;

  private FactorTable(ColumnStore store) {
    this.store = store;
  }

  /** The columns' names, in order. */
  public List<String> names() {
    return store.names;
  }

  /** The instruments, as in the panel. */
  public List<Symbol> symbols() {
    return store.symbols;
  }

  /** The days, ascending. */
  public List<LocalDate> days() {
    return store.days;
  }

  /**
   * The place of a column.
   *
   * @throws QilinException DATA_NOT_FOUND with the names there are
   */
  public int indexOf(String name) {
    return store.indexOf(name);
  }

  /**
   * One value.
   *
   * @param column index in {@link #names()}
   * @param instrument index in {@link #symbols()}
   * @param day index in {@link #days()}
   */
  public double value(int column, int instrument, int day) {
    return store.value(column, instrument, day);
  }

  /** One day of one column: a copy, one value an instrument. */
  public double[] crossSection(int column, int day) {
    return store.crossSection(column, day);
  }

  /**
   * Copies one day of one column into an array, one value an instrument.
   *
   * @param to at least as long as {@link #symbols()}
   */
  public void crossSection(int column, int day, double[] to) {
    store.crossSection(column, day, to);
  }

  /**
   * Takes over what a block holds, without a copy; the block is closed. Its last filling must have ended, with as many days as it holds.
   *
   * @throws QilinException INVALID_ARGUMENT if the block is closed or not full
   */
  public static FactorTable take(FactorBlock block) {
    return new FactorTable(block.close());
  }

  /**
   * Starts a table over the days {@code [fromDay, toDay)} of a panel.
   *
   * @throws QilinException LIMIT_EXCEEDED if columns × instruments are too many; RESOURCE_EXHAUSTED if the heap cannot hold the table
   */
  public static Writer writer(List<String> names, Panel panel, int fromDay, int toDay) {
    return new Writer(ColumnStore.empty(names, panel, fromDay, toDay));
  }

  /**
   * Fills a table. Threads may write different instruments at the same time; after {@link #build} nothing may be
   * written.
   */
  public static final class Writer {
    private final ColumnStore store;
    private volatile boolean built;

    private Writer(ColumnStore store) {
      this.store = store;
    }

    /**
     * Writes a run of days of one column of one instrument.
     *
     * @param day index in the table's days of the first value
     * @param values where the values are, from offset, length of them; copied
     */
    public void write(
        int column, int instrument, int day, double[] values, int offset, int length) {
      if (built) {
        throw QilinException.invalid("the table is built; nothing more can be written");
      }
      store.write(column, instrument, day, values, offset, length);
    }

    /** The table. */
    public FactorTable build() {
      built = true;
      return new FactorTable(store);
    }
  }
}
