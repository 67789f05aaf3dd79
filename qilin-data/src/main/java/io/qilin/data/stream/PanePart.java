package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import io.qilin.core.rules.SessionPhase;

/**
 * What one instrument did in one slide of a session, as one source tells it: sums of whole numbers, and first and last by a
 * total order, so that parts of several sources are added up in any order with the same result. Made by {@link
 * StreamIntake}, taken by {@link InstrumentWindows}; {@link PanePartCodec} carries it from one machine to another. Immutable.
 */
public final class PanePart {
  final String source;
  final Symbol symbol;
  final SessionPhase phase;
  final long sessionStart;
  final long sessionEnd;
  final long sessionClosed;
  final long number;
  private final long[] cells;

  PanePart(String source, Symbol symbol, OpenSession session, long number, long[] cells) {
    this(
        source,
        symbol,
        session.phase,
        session.start,
        session.end,
        session.closed,
        number,
        cells.clone());
  }

  PanePart(
      String source,
      Symbol symbol,
      SessionPhase phase,
      long sessionStart,
      long sessionEnd,
      long sessionClosed,
      long number,
      long[] cells) {
    this.source = source;
    this.symbol = symbol;
    this.phase = phase;
    this.sessionStart = sessionStart;
    this.sessionEnd = sessionEnd;
    this.sessionClosed = sessionClosed;
    this.number = number;
    this.cells = cells;
  }

  /** The instrument. */
  public Symbol symbol() {
    return symbol;
  }

  /** How many records it holds. */
  public long records() {
    return cells[PaneCells.COUNT];
  }

  /** The numbers, not to be changed. */
  long[] cells() {
    return cells;
  }

  @Override
  public String toString() {
    return records() + " records of " + symbol + " in slide " + number + " of the session "
        + EpochNanos.instant(sessionStart) + " from " + source;
  }
}
