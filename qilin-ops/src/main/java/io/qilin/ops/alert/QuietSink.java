package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.ops.internal.Lengths;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Passes an alert on unless a silence is for it or the same was passed on a moment ago. The next one that passes says in its
 * figure {@code repeated} how many the same were kept back. One that the next sink throws for was not passed on.
 *
 * <p>Two alerts are the same if code, severity, source and message are. A source or message of more than 512 characters is never the
 * same as another. Thread-safe: one lock, not held while the next sink works.
 */
public final class QuietSink implements AlertSink {
  private static final int LONGEST_TEXT = 512;

  private final AlertSink next;
  private final LongSupplier ticker;
  private final Optional<Silences> silences;
  private final long repeatNanos;
  private final int keys;
  private final Map<Key, Passed> passed = new LinkedHashMap<>();
  private long silenced;
  private long repeated;

  /** What makes two alerts the same. */
  private record Key(ErrorCode code, ErrorCode.Severity severity, String source, String message) {
    static Key of(Alert alert) {
      return new Key(alert.code(), alert.severity(), alert.source(), alert.message());
    }
  }

  /** When one was passed on, and how many were kept back since. */
  private static final class Passed {
    private final long at;
    private long keptBack;

    Passed(long at) {
      this.at = at;
    }
  }

  private QuietSink(Builder from) {
    this.next = from.next;
    this.ticker = from.ticker;
    this.silences = from.silences;
    this.repeatNanos = from.repeatAfter.toNanos();
    this.keys = from.keys;
  }

  /**
   * Quiet before a sink.
   *
   * @param ticker monotonic nanoseconds
   */
  public static Builder builder(AlertSink next, LongSupplier ticker) {
    return new Builder(next, ticker);
  }

  @Override
  public void alert(Alert alert) {
    boolean silent = silences.map(all -> all.silences(alert)).orElse(false);
    long before = silent ? silent() : repeats(alert);
    if (before < 0) {
      return;
    }
    boolean taken = false;
    try {
      next.alert(before == 0 ? alert : counted(alert, before));
      taken = true;
    } finally {
      if (!taken) {
        notPassed(alert, before);
      }
    }
  }

  private static Alert counted(Alert alert, long before) {
    Map<String, BigDecimal> figures = new TreeMap<>(alert.figures());
    figures.put("repeated", BigDecimal.valueOf(before));
    return new Alert(
        alert.at(), alert.code(), alert.source(), alert.message(), alert.severity(), figures);
  }

  /** What the next sink did not take keeps nothing back; those that were kept back are told with the next. */
  private synchronized void notPassed(Alert alert, long before) {
    passed.computeIfPresent(Key.of(alert), (key, last) -> {
      Passed again = new Passed(last.at - repeatNanos);
      again.keptBack = last.keptBack + before;
      return again;
    });
  }

  private synchronized long silent() {
    silenced++;
    return -1;
  }

  /** How many the same were kept back before this one; -1 if it is kept back itself. */
  private synchronized long repeats(Alert alert) {
    if (alert.message().length() > LONGEST_TEXT || alert.source().length() > LONGEST_TEXT) {
      return 0;
    }
    long now = ticker.getAsLong();
    Key key = Key.of(alert);
    Passed last = passed.get(key);
    if (last != null && now - last.at < repeatNanos) {
      last.keptBack++;
      repeated++;
      return -1;
    }
    passed.remove(key);
    if (passed.size() >= keys) {
      forgetOldest();
    }
    passed.put(key, new Passed(now));
    return last == null ? 0 : last.keptBack;
  }

  private void forgetOldest() {
    Iterator<Key> oldest = passed.keySet().iterator();
    oldest.next();
    oldest.remove();
  }

  /** Alerts that a silence kept back. */
  public synchronized long silenced() {
    return silenced;
  }

  /** Alerts that were kept back because the same had been passed on. */
  public synchronized long repeated() {
    return repeated;
  }

  /** What may be set otherwise. For one thread. */
  public static final class Builder {
    private final AlertSink next;
    private final LongSupplier ticker;
    private Optional<Silences> silences = Optional.empty();
    private Duration repeatAfter = Duration.ofMinutes(5);
    private int keys = 10_000;

    private Builder(AlertSink next, LongSupplier ticker) {
      this.next = Objects.requireNonNull(next, "next");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /** Silences to keep; none unless set. */
    public Builder silences(Silences all) {
      silences = Optional.of(all);
      return this;
    }

    /** Time within which the same is not passed on again; 5 min unless set. */
    public Builder repeatAfter(Duration time) {
      repeatAfter = Lengths.withinADay(time, "repeatAfter");
      return this;
    }

    /** How many different alerts are remembered; 10,000 unless set, at most 100,000. What is forgotten passes again. */
    public Builder keys(int most) {
      keys = Lengths.within(most, 100_000, "keys");
      return this;
    }

    /** The sink. */
    public QuietSink build() {
      return new QuietSink(this);
    }
  }
}
