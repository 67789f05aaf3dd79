package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cache of a stream: the newest window of each instrument, for any thread to read while the pipeline writes. Bounded by
 * the number of instruments of the pipeline. An older window does not replace a newer one, so the sink is idempotent.
 */
public final class LatestWindows implements StreamSink<ClosedWindow> {
  private final Map<Symbol, Entry> latest = new ConcurrentHashMap<>();

  /** An empty cache. */
  public LatestWindows() {}

  /**
   * What is known of an instrument.
   *
   * @param start first moment of the window
   * @param end first moment after it
   * @param aggregate what happened in it
   */
  public record Entry(Instant start, Instant end, WindowAggregate aggregate) {
    private boolean newerThan(Entry other) {
      int byEnd = end.compareTo(other.end);
      return byEnd > 0 || (byEnd == 0 && start.isAfter(other.start));
    }
  }

  /** The newest window of an instrument, if it had any. */
  public Optional<Entry> of(Symbol symbol) {
    return Optional.ofNullable(latest.get(symbol));
  }

  /** How many instruments have a window. */
  public int size() {
    return latest.size();
  }

  @Override
  public boolean accept(StreamMessage<ClosedWindow> message) {
    ClosedWindow window = message.payload();
    boolean changed = false;
    for (WindowAggregate aggregate : window.aggregates()) {
      Entry entry = new Entry(window.start(), window.end(), aggregate);
      Entry old = latest.get(aggregate.symbol());
      if (old == null || entry.newerThan(old)) {
        latest.put(aggregate.symbol(), entry);
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public void flush() {
    // Nothing of it is durable.
  }

  @Override
  public void close() {
    // It stays readable after the stream has ended.
  }
}
