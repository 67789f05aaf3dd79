package io.qilin.spark;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import scala.Tuple2;

/**
 * Sorts rows by instrument before they move, so that thousands of pieces move and not millions of rows. When the memory allowed
 * is full, all that is there moves. For use by one thread.
 */
final class Packing implements Iterator<Tuple2<String, byte[]>> {
  private final Feed feed;
  private final int source;
  private final long mostBytes;
  private final Set<String> named;
  private final int partitions;
  private final Map<String, InstrumentRows> open = new LinkedHashMap<>();
  private final ArrayDeque<Tuple2<String, byte[]>> ready = new ArrayDeque<>();
  private long bytes;

  /** Where rows come from. */
  interface Feed {
    /** Adds some rows; false at the end. */
    boolean addTo(Packing packing);
  }

  /**
   * Begins.
   *
   * @param source what the values are, for the receiver
   * @param named instruments of which each of the partitions gets a copy
   */
  Packing(Feed feed, int source, long mostBytes, Set<String> named, int partitions) {
    this.feed = feed;
    this.source = source;
    this.mostBytes = mostBytes;
    this.named = named;
    this.partitions = partitions;
  }

  /** The rows of an instrument, to be added to; the same as long as this lasts. */
  InstrumentRows of(String symbol, String spelling, int width) {
    return open.computeIfAbsent(symbol, s -> new InstrumentRows(s, spelling, width));
  }

  /** Says that a row was added. */
  void added(InstrumentRows rows) {
    bytes += rows.rowBytes();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty()) {
      boolean more = true;
      while (more && bytes < mostBytes) {
        more = feed.addTo(this);
      }
      if (bytes == 0 && !more) {
        return false;
      }
      drain();
    }
    return true;
  }

  private void drain() {
    for (InstrumentRows rows : open.values()) {
      if (rows.rows() > 0) {
        byte[] stored = rows.take(source);
        ready.add(new Tuple2<>(rows.symbol(), stored));
        if (named.contains(rows.symbol())) {
          for (int i = 0; i < partitions; i++) {
            ready.add(new Tuple2<>(InstrumentPartitioner.copy(rows.symbol(), i), stored));
          }
        }
      }
    }
    bytes = 0;
  }

  @Override
  public Tuple2<String, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return Objects.requireNonNull(ready.poll());
  }
}
