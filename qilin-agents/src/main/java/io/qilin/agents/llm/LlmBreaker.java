package io.qilin.agents.llm;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A circuit breaker that counts calls, as that of market data sources: closed, it remembers the last outcomes; open, it lets nothing
 * through for a time; then one call, the probe, decides. A pass of an earlier state is of no account. Safe for use by several threads:
 * all state is behind one lock, held for a few assignments.
 */
final class LlmBreaker {
  private final LlmBreakerSettings settings;
  private final LongSupplier ticker;
  private final Object lock = new Object();
  private final boolean[] bad;
  private int next;
  private int seen;
  private int badSeen;
  private boolean open;
  private boolean probing;
  private long openUntil;
  private long epoch;

  LlmBreaker(LlmBreakerSettings settings, LongSupplier ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.bad = new boolean[settings.window()];
  }

  /** A pass for one call; empty if none is to be made now. */
  OptionalLong enter() {
    synchronized (lock) {
      if (!open) {
        return OptionalLong.of(epoch);
      }
      if (probing || ticker.getAsLong() - openUntil < 0) {
        return OptionalLong.empty();
      }
      probing = true;
      return OptionalLong.of(epoch);
    }
  }

  /** Whether a call would not go through now. */
  boolean isOpen() {
    synchronized (lock) {
      return open && (probing || ticker.getAsLong() - openUntil < 0);
    }
  }

  void report(long pass, boolean good) {
    synchronized (lock) {
      if (pass != epoch) {
        return;
      }
      if (open) {
        change(!good);
        return;
      }
      remember(!good);
      if (seen >= settings.minimumCalls() && badSeen >= settings.badShare() * seen) {
        change(true);
      }
    }
  }

  /** The call says nothing about the member. */
  void abandon(long pass) {
    synchronized (lock) {
      if (pass == epoch) {
        probing = false;
      }
    }
  }

  private void remember(boolean wasBad) {
    if (seen == bad.length) {
      badSeen -= bad[next] ? 1 : 0;
    } else {
      seen++;
    }
    bad[next] = wasBad;
    badSeen += wasBad ? 1 : 0;
    next = (next + 1) % bad.length;
  }

  private void change(boolean toOpen) {
    open = toOpen;
    openUntil = ticker.getAsLong() + Watch.nanos(settings.openTime());
    epoch++;
    probing = false;
    seen = 0;
    badSeen = 0;
    next = 0;
  }
}
