package io.qilin.data.stream;

import java.util.List;

/**
 * How far event time has come: the watermark, which is the least of the sources that count less the lateness, and the windows
 * that it completes. Windows wait as long as the handlers are stalled.
 */
final class EventTime {
  /** The greatest watermark; all windows are complete at it. The number above is that of no window. */
  static final long END_OF_TIME = Long.MAX_VALUE - 1;

  private final long lateness;
  private final List<? extends SourceLane<?>> lanes;
  private final StreamProgress progress;
  private final PaneTable panes;
  private final PaneTable.Told teller;
  private final HandlerCall handlers;
  private boolean waiting;

  EventTime(
      long lateness,
      List<? extends SourceLane<?>> lanes,
      StreamProgress progress,
      PaneTable panes,
      PaneTable.Told teller,
      HandlerCall handlers) {
    this.lateness = lateness;
    this.lanes = lanes;
    this.progress = progress;
    this.panes = panes;
    this.teller = teller;
    this.handlers = handlers;
  }

  /** A record of a source was taken. */
  void seen(SourceLane<?> lane, long time) {
    if (time > lane.newest) {
      lane.newest = time;
      advance();
    }
  }

  /** Moves the watermark to where the sources are, and tells the windows that are complete. */
  void advance() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < lanes.size(); i++) {
      SourceLane<?> lane = lanes.get(i);
      if (lane.counts()) {
        least = Math.min(least, lane.newest);
      }
    }
    advanceTo(least == Long.MAX_VALUE ? SourceLane.NEVER : least);
  }

  /** Moves the watermark to this moment less the lateness, if it is not there, and tells the windows that are complete. */
  void advanceTo(long moment) {
    if (moment >= SourceLane.NEVER + lateness) {
      long watermark = Math.min(moment - lateness, END_OF_TIME);
      progress.watermark = Math.max(progress.watermark, watermark);
    }
    tell(progress.watermark);
  }

  /**
   * Tells all windows that are left.
   *
   * @return whether that was possible
   */
  boolean tellRest() {
    boolean all = tell(END_OF_TIME);
    if (all) {
      progress.watermark = Math.max(progress.watermark, panes.told());
    }
    return all;
  }

  private boolean tell(long watermark) {
    while (panes.due(watermark)) {
      if (!handlers.ready()) {
        waiting = true;
        return false;
      }
      panes.tellFirst(teller);
    }
    waiting = false;
    return true;
  }

  /** Whether windows that are complete wait for the handlers. */
  boolean waiting() {
    return waiting;
  }
}
