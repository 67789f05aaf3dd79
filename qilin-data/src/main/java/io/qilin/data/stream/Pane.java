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
      int wanted = keys == 1 ? 1 : Math.max(64, Integer.highestOneBit(keys - 1) * 2);
      cells = Arrays.copyOf(cells, wanted * PaneCells.WIDTH);
    }
  }

  long due() {
    return session.due(nextWindow);
  }

  /** Writes the cells of all keys; of those without a record only that. */
  void save(CheckpointWriter out, int keys) {
    session.save(out);
    out.int64(number);
    out.int64(nextWindow);
    for (int at = 0; at < keys * PaneCells.WIDTH; at += PaneCells.WIDTH) {
      if (at < cells.length) {
        SavedCells.save(cells, at, out);
      } else {
        SavedCells.saveEmpty(out);
      }
    }
  }

  static Pane load(CheckpointReader in, int keys, WindowSpec spec) {
    OpenSession session = OpenSession.load(in, spec);
    Pane pane = new Pane(session);
    pane.open(session, in.int64("number of a pane", 0, session.panes() - 1), 0);
    pane.nextWindow =
        in.int64("next window of a pane", pane.number, session.lastWindow(pane.number));
    long[] cell = new long[PaneCells.WIDTH];
    boolean empty = true;
    for (int key = 0; key < keys; key++) {
      if (SavedCells.load(cell, in, pane, spec.panes())) {
        int at = pane.at(key);
        System.arraycopy(cell, 0, pane.cells, at, PaneCells.WIDTH);
        empty = false;
      }
    }
    if (empty) {
      throw in.wrong("pane", "of one record at least", "none");
    }
    return pane;
  }
}
