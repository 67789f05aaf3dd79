package io.qilin.api.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A reusable place for values of factors or labels: columns × days × instruments. An engine fills it, again and again, with
 * one stretch of days after the other: large results need no more memory than one block. What it holds changes with the
 * next filling; {@link FactorTable} is the form that stays. A filling that was begun and has not ended can neither be read nor
 * become a table.
 *
 * <p>Not safe to read while it is filled. Threads may fill different instruments at the same time.
 */
public final class FactorBlock {
  private final ColumnStore store;
  /** What can be read. */
  private List<LocalDate> days = List.of();
  /** What is being written. */
  private List<LocalDate> filling = List.of();

  private boolean closed;

  private FactorBlock(ColumnStore store) {
    this.store = store;
  }

  /**
   * An empty block.
   *
   * @param names of the columns
   * @param symbols the instruments, in the order of the panel that will be computed
   * @param days the most days that it holds at a time, at least 1
   * @throws QilinException LIMIT_EXCEEDED if columns × instruments are too many; RESOURCE_EXHAUSTED if the heap cannot hold the block;
   *     INVALID_ARGUMENT for no day
   */
  public static FactorBlock of(List<String> names, List<Symbol> symbols, int days) {
    if (days < 1) {
      throw QilinException.invalid("a block needs at least one day, was " + days);
    }
    return new FactorBlock(
        new ColumnStore(names, List.copyOf(symbols), Collections.nCopies(days, LocalDate.EPOCH)));
  }

  /** The columns' names, in order. */
  public List<String> names() {
    return store.names;
  }

  /** The instruments. */
  public List<Symbol> symbols() {
    return store.symbols;
  }

  /** The most days that it holds at a time. */
  public int capacity() {
    return store.days.size();
  }

  /** The days that it holds now, ascending; none while it is filled. */
  public List<LocalDate> days() {
    return days;
  }

  /**
   * One value.
   *
   * @param column index in {@link #names()}
   * @param instrument index in {@link #symbols()}
   * @param day index in {@link #days()}
   */
  public double value(int column, int instrument, int day) {
    Objects.checkIndex(day, days.size());
    return store.value(column, instrument, day);
  }

  /** Copies one day of one column, one value an instrument, into an array that is long enough. */
  public void crossSection(int column, int day, double[] to) {
    Objects.checkIndex(day, days.size());
    store.crossSection(column, day, to);
  }

  /**
   * Starts a filling; what was held is gone.
   *
   * @throws QilinException INVALID_ARGUMENT if there are more days than {@link #capacity()}, or the block is closed
   */
  public void begin(List<LocalDate> stretch) {
    if (closed) {
      throw takenOver();
    }
    if (stretch.size() > capacity()) {
      throw QilinException.invalid("the block holds " + capacity() + " days, not the "
          + stretch.size() + " that are to be written; make a larger one or ask for fewer days");
    }
    days = List.of();
    filling = List.copyOf(stretch);
  }

  /**
   * Writes a run of instruments of one day of one column.
   *
   * @param day index in the days of {@link #begin}
   * @param values where the values are, from offset, length of them; copied
   * @throws QilinException INVALID_ARGUMENT if the block is closed
   */
  public void write(
      int column, int day, int firstInstrument, double[] values, int offset, int length) {
    if (closed) {
      throw takenOver();
    }
    Objects.checkIndex(day, filling.size());
    store.writeRow(column, day, firstInstrument, values, offset, length);
  }

  /**
   * Says that everything is written that {@link #begin} announced: now it can be read.
   *
   * @throws QilinException INVALID_ARGUMENT if the block is closed
   */
  public void end() {
    if (closed) {
      throw takenOver();
    }
    days = filling;
  }

  private static QilinException takenOver() {
    return QilinException.invalid("the block was taken over by a table; make another");
  }

  /** Hands the cells over. */
  ColumnStore close() {
    if (closed || days.size() != capacity()) {
      throw QilinException.invalid(
          closed
              ? "the block was taken over before"
              : "the block holds " + days.size() + " of " + capacity()
                  + " days, those of the last filling that ended");
    }
    closed = true;
    return store.of(days);
  }
}
