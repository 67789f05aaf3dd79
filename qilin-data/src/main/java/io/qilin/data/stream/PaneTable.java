package io.qilin.data.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The panes that windows not yet told are made of, oldest first, and the merging of panes into windows.
 *
 * <p>Their number is bounded by the length of time between the watermark less the size of a window and the newest record:
 * size + lateness + grace in all. Panes are used again, so a steady stream allocates nothing.
 */
final class PaneTable {
  /** Takes a window that is complete. */
  interface Told {
    void window(OpenSession session, long window, long[] merged, int[] keys, int count);
  }

  private final WindowSpec spec;
  private final StreamKeys keys;
  private final long mostVolume;
  private final List<Pane> live = new ArrayList<>();
  private final ArrayDeque<Pane> free = new ArrayDeque<>();
  private @Nullable Pane last;
  private long nextDue = Long.MAX_VALUE;
  private long[] merged = new long[0];
  private int[] present = new int[0];

  /** The latest watermark that a window told so far needed. */
  private long told = Long.MIN_VALUE;

  PaneTable(WindowSpec spec, StreamKeys keys) {
    this(spec, keys, spec.panes());
  }

  /**
   * A table.
   *
   * @param added how many panes are added up, here or by those who are told
   */
  PaneTable(WindowSpec spec, StreamKeys keys, int added) {
    this.spec = spec;
    this.keys = keys;
    this.mostVolume = Long.MAX_VALUE / added;
  }

  /** Whether a window is complete at a watermark. */
  boolean due(long watermark) {
    return watermark >= nextDue;
  }

  /**
   * Adds a record to the pane of its time.
   *
   * @return false if the sums of the pane cannot hold it
   */
  boolean add(
      OpenSession session,
      int key,
      long time,
      long sequence,
      double price,
      long volume,
      long amount) {
    Pane pane = last;
    if (pane == null || time < pane.start || time >= pane.end) {
      pane = pane(session, session.pane(time));
      last = pane;
    }
    int at = pane.at(key);
    long[] cells = pane.cells;
    if (PaneCells.volume(cells, at) > mostVolume - volume
        || PaneCells.amount(cells, at) > mostVolume - Math.max(0, amount)) {
      return false;
    }
    PaneCells.add(cells, at, time, sequence, price, volume, amount);
    return true;
  }

  /**
   * Adds what another table knows of a key in a pane.
   *
   * @return false if the sums of the pane cannot hold it
   */
  boolean merge(OpenSession session, long number, int key, long[] other) {
    Pane pane = pane(session, number);
    int at = pane.at(key);
    long[] cells = pane.cells;
    if (PaneCells.volume(cells, at) > mostVolume - PaneCells.volume(other, 0)
        || PaneCells.amount(cells, at) > mostVolume - PaneCells.amount(other, 0)) {
      return false;
    }
    PaneCells.merge(cells, at, other, 0);
    return true;
  }

  /** The watermark at which the next window is complete; the greatest number if none is open. */
  long nextDue() {
    return nextDue;
  }

  private Pane pane(OpenSession session, long number) {
    long start = session.paneStart(number);
    int at = live.size();
    while (at > 0 && live.get(at - 1).start >= start) {
      at--;
      if (live.get(at).start == start) {
        return live.get(at);
      }
    }
    Pane pane = free.poll();
    if (pane == null) {
      pane = new Pane(session);
    }
    pane.open(session, number, keys.size());
    live.add(at, pane);
    nextDue = Math.min(nextDue, pane.due());
    return pane;
  }

  /** Tells the window that is complete first; there is one that is {@link #due}. */
  void tellFirst(Told teller) {
    Pane first = first();
    OpenSession session = first.session;
    long window = first.nextWindow;
    told = Math.max(told, session.due(window));
    merge(session, window);
    int count = collect();
    forget(session, window);
    teller.window(session, window, merged, present, count);
  }

  /** The watermark that all windows told so far needed. */
  long told() {
    return told;
  }

  /** The pane of the window that is complete first. */
  private Pane first() {
    Pane first = live.get(0);
    for (Pane pane : live) {
      if (pane.due() < first.due()
          || (pane.due() == first.due()
              && pane.session.start == first.session.start
              && pane.nextWindow < first.nextWindow)) {
        first = pane;
      }
    }
    return first;
  }

  private void merge(OpenSession session, long window) {
    int length = keys.size() * PaneCells.WIDTH;
    if (merged.length < length) {
      merged = new long[Integer.highestOneBit(Math.max(64, length - 1)) * 2];
    }
    boolean begun = false;
    for (Pane pane : live) {
      if (pane.session.start == session.start
          && pane.number >= session.firstPane(window)
          && pane.number <= window) {
        int have = Math.min(pane.cells.length, length);
        if (begun) {
          for (int at = 0; at < have; at += PaneCells.WIDTH) {
            PaneCells.merge(merged, at, pane.cells, at);
          }
        } else {
          System.arraycopy(pane.cells, 0, merged, 0, have);
          java.util.Arrays.fill(merged, have, length, 0);
          begun = true;
        }
      }
    }
  }

  /** The keys with records, in the order of the instruments. */
  private int collect() {
    int[] order = keys.order();
    if (present.length < order.length) {
      present = new int[order.length];
    }
    int count = 0;
    for (int key : order) {
      if (!PaneCells.empty(merged, key * PaneCells.WIDTH)) {
        present[count++] = key;
      }
    }
    return count;
  }

  private void forget(OpenSession session, long window) {
    nextDue = Long.MAX_VALUE;
    for (int i = live.size() - 1; i >= 0; i--) {
      Pane pane = live.get(i);
      if (pane.session.start == session.start && pane.nextWindow == window) {
        pane.nextWindow++;
      }
      if (pane.nextWindow > pane.session.lastWindow(pane.number)) {
        live.remove(i);
        free.add(pane);
        last = null;
      } else {
        nextDue = Math.min(nextDue, pane.due());
      }
    }
  }

  void save(CheckpointWriter out) {
    out.int64(told);
    out.int32(live.size());
    live.forEach(pane -> pane.save(out, keys.size()));
  }

  void load(CheckpointReader in) {
    told = in.int64("watermark of the last window", Long.MIN_VALUE, EventTime.END_OF_TIME);
    int count = in.int32("number of panes", 0, Integer.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      Pane pane = Pane.load(in, keys.size(), spec);
      if (i > 0 && live.get(i - 1).end > pane.start) {
        throw in.wrong("pane", "after the one before", EpochNanos.instant(pane.start));
      }
      live.add(pane);
      nextDue = Math.min(nextDue, pane.due());
    }
  }
}
