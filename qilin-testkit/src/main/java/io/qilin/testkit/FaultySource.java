package io.qilin.testkit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A source of market data on which things go wrong as a script says: each call but {@link #close} meets the next fault;
 * when the script is used up, each meets the last fault that {@link #then} named, none at first. For tests of code that
 * must survive it. Thread-safe: one lock, which is not held while a call waits.
 */
public final class FaultySource implements MarketDataSource {
  /** What goes wrong with one call. The faults of answers concern bars; other calls are answered well. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** A DATA_FETCH error, as of a server that answers with 500. */
    FAIL,
    /** An exception that is none of Qilin's. */
    CRASH,
    /** No answer until {@link #release}, or until the thread is interrupted. */
    HANG,
    /** No answer until {@link #release}, whatever happens to the thread. */
    DEAF_HANG,
    /** A good answer after the delay. */
    SLOW,
    /** Null. */
    NULL,
    /** A panel without instruments. */
    EMPTY,
    /** Rows that lack high and low. */
    HALF_ROWS,
    /** Bars that have nothing but a close. */
    WRONG_SCHEMA,
    /** One day too many: the last day again, as a day a thousand years later. */
    TOMORROW,
    /** Bars without their last five days. */
    STALE
  }

  /** How a slow call waits; a test may let virtual time pass here. */
  @FunctionalInterface
  public interface Sleeper {
    /** Waits for that long. */
    void sleep(Duration length) throws InterruptedException;
  }

  /** What the good source is asked for. */
  @FunctionalInterface
  private interface Call<T> {
    T make();
  }

  private static final int STALE_DAYS = 5;
  private final MarketDataSource good;
  private final Duration delay;
  private final Sleeper sleeper;
  private final Deque<Fault> script = new ArrayDeque<>();
  private Fault rest = Fault.NONE;
  private int calls;
  private int waiting;
  private boolean released;
  private boolean closed;

  /**
   * A source that answers as another does, but for the faults.
   *
   * @param good the other source
   */
  public FaultySource(MarketDataSource good) {
    this(good, Duration.ZERO, length -> {});
  }

  /**
   * The same with slow calls.
   *
   * @param delay how long a slow call takes
   * @param sleeper how it waits
   */
  public FaultySource(MarketDataSource good, Duration delay, Sleeper sleeper) {
    this.good = Objects.requireNonNull(good, "good");
    this.delay = Objects.requireNonNull(delay, "delay");
    this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
  }

  /** Lets the next calls meet these faults, one a call, behind those that are left. */
  public synchronized FaultySource script(Fault... faults) {
    script.addAll(Arrays.asList(faults));
    return this;
  }

  /** Lets all calls behind the script meet this fault. */
  public synchronized FaultySource then(Fault fault) {
    rest = Objects.requireNonNull(fault, "fault");
    return this;
  }

  /** How many calls there were. */
  public synchronized int calls() {
    return calls;
  }

  /** How many calls hang now. */
  public synchronized int hanging() {
    return waiting;
  }

  /** Lets all calls that hang, now or later, go on with a good answer. */
  public synchronized void release() {
    released = true;
    notifyAll();
  }

  /** Whether it was closed. */
  public synchronized boolean closed() {
    return closed;
  }

  /** Waits until so many calls hang; ends as {@link Await#until}. */
  public void awaitHanging(int count) {
    Await.until("so many calls hang: " + count, () -> hanging() >= count);
  }

  @Override
  @SuppressWarnings("NullAway") // a source may break its word, and this is the one that does
  public Bars bars(BarQuery query) {
    Fault fault = meet();
    if (fault == Fault.NULL) {
      return null;
    }
    Bars bars = good.bars(query);
    Panel panel = bars.panel();
    Panel wrong = switch (fault) {
      case EMPTY -> panel.only(symbol -> false);
      case HALF_ROWS ->
        panel.with(Field.HIGH, (i, d) -> Double.NaN).with(Field.LOW, (i, d) -> Double.NaN);
      case WRONG_SCHEMA -> closes(panel);
      case TOMORROW -> tomorrow(panel);
      case STALE ->
        panel.until(panel.days().get(Math.max(0, panel.days().size() - 1 - STALE_DAYS)));
      default -> panel;
    };
    return new Bars(wrong, bars.provenance(), bars.rowsRead(), bars.findings());
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public Map<Symbol, SecurityTimeline> securities() {
    return answer(good::securities);
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    return answer(() -> good.records(query));
  }

  @SuppressWarnings("NullAway") // as above
  private <T> T answer(Call<T> call) {
    return meet() == Fault.NULL ? null : call.make();
  }

  /** Does what the next fault does before there is an answer. */
  private Fault meet() {
    Fault fault = next();
    switch (fault) {
      case FAIL -> throw new QilinException(ErrorCode.DATA_FETCH, "the script says FAIL");
      case CRASH -> throw new java.util.ConcurrentModificationException("the script says CRASH");
      case HANG -> hang(false);
      case DEAF_HANG -> hang(true);
      case SLOW -> sleep();
      default -> {
        // The others concern the answer.
      }
    }
    return fault;
  }

  private synchronized Fault next() {
    calls++;
    return script.isEmpty() ? rest : script.remove();
  }

  private void sleep() {
    try {
      sleeper.sleep(delay);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private synchronized void hang(boolean deaf) {
    waiting++;
    notifyAll();
    boolean interrupted = false;
    try {
      while (!released) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
          if (!deaf) {
            throw interrupted(e);
          }
        }
      }
    } finally {
      waiting--;
      notifyAll();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static QilinException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new QilinException(ErrorCode.CANCELLED, "interrupted while the script waited", e);
  }

  private static Panel closes(Panel panel) {
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      builder.column(
          panel.symbols().get(i), Field.CLOSE, panel.firstRow(i), panel.values(Field.CLOSE, i));
    }
    return builder.build();
  }

  private static Panel tomorrow(Panel panel) {
    List<LocalDate> days = new ArrayList<>(panel.days());
    days.add(panel.lastDay().plusYears(1000));
    Panel.Builder builder = Panel.builder(days, panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i, panel.firstRow(i), panel.days().size());
        double[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = panel.value(field, i, panel.days().size() - 1);
        builder.column(panel.symbols().get(i), field, panel.firstRow(i), more);
      }
    }
    return builder.build();
  }

  /** Closes the good source; calls that hang go on hanging. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    good.close();
  }
}
