package io.qilin.spring.data;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source that need not be there at the start: as long as it cannot be opened, each call tries again and fails with what
 * the opening failed with. One thread opens, the others wait for it. Safe for use by several threads.
 */
final class ReopeningSource implements MarketDataSource {
  private final String name;
  private final Supplier<MarketDataSource> opener;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable MarketDataSource open;
  private volatile @Nullable String failure = "not opened yet";
  private volatile boolean closed;
  private boolean shut;

  ReopeningSource(String name, Supplier<MarketDataSource> opener) {
    this.name = name;
    this.opener = opener;
  }

  /** Why it is not open; empty if it is. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Opens it if it is not.
   *
   * @throws QilinException what the provider threw; CANCELLED if the thread is interrupted while it waits for another;
   *     DATA_FETCH after it was closed
   */
  MarketDataSource source() {
    MarketDataSource there = open;
    if (there != null) {
      return there;
    }
    try {
      opening.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while the source " + name + " was being opened", e);
    }
    try {
      return opened();
    } finally {
      opening.unlock();
      // It may have been closed meanwhile, by a thread that does not wait.
      if (closed) {
        close();
      }
    }
  }

  private MarketDataSource opened() {
    MarketDataSource there = open;
    if (there != null) {
      return there;
    }
    if (closed) {
      throw new QilinException(ErrorCode.DATA_FETCH, "the source " + name + " is closed");
    }
    try {
      MarketDataSource made = opener.get();
      open = made;
      failure = null;
      return made;
    } catch (QilinException e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      failure = "the provider threw " + e.getClass().getName();
      throw new QilinException(
          ErrorCode.DATA_FETCH, "the source " + name + " cannot be opened: " + failure, e);
    }
  }

  @Override
  public Bars bars(BarQuery query) {
    return source().bars(query);
  }

  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    return source().securities();
  }

  @Override
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    return source().records(query);
  }

  /**
   * Closes what is open, once. It does not wait for an opening that is under way, which may hang: the thread that opens
   * closes what it gets.
   */
  @Override
  public void close() {
    closed = true;
    if (!opening.tryLock()) {
      return;
    }
    try {
      MarketDataSource there = open;
      if (there != null && !shut) {
        shut = true;
        there.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
