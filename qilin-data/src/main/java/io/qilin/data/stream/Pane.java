package io.qilin.data.stream;

import java.util.Arrays;

/** The records of one slide of a session, aggregated by key. */
final class Pane {
  OpenSession session;
  long number;
  long start;
  long end;

  /** The first window with this pane that was not told. */
  long nextWindow;

  long[] cells = new long[0];

  Pane(OpenSession session) {
    this.session = session;
  }

  /** Makes it the empty pane of a stretch of time. */
  void open(OpenSession ofSession, long pane, int keys) {
    session = ofSession;
    number = pane;
    start = ofSession.paneStart(pane);
    end = ofSession.paneEnd(pane);
    nextWindow = pane;
    Arrays.fill(cells, 0);
    grow(keys);
  }

  /** The place of a key. */
  int at(int key) {
    int at = key * PaneCells.WIDTH;
    if (at >= cells.length) {
      grow(key + 1);
    }
    return at;
  }

  private void grow(int keys) {
    if (keys * PaneCells.WIDTH > cells.length) {
      int wanted = Math.max(64, Integer.highestOneBit(keys - 1) * 2);
      cells = Arrays.copyOf(cells, wanted * PaneCells.WIDTH);
    }
  }

  long due() {
    return session.due(nextWindow);
  }
}
