package io.qilin.data.failover;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A circuit breaker that counts calls. Closed, it remembers whether each of the last calls was good or bad, and opens
 * when the share of bad ones is too high. Open, it lets nothing through for the open time. Then it lets one call
 * through, the probe: a good one closes it with an empty memory, a bad one opens it again; no second call goes through
 * until the probe has reported. A slow call is a bad one.
 *
 * <p>Time is taken from the ticker alone, so that a jump of the wall clock changes nothing. An outcome that is reported
 * after the state has changed does not count. Safe for use by several threads: all state is behind one lock, held for a
 * few assignments.
 */
public final class Breaker implements CallGuard {
  private final BreakerSettings settings;
  private final LongSupplier ticker;
  private final Jitter jitter;
  private final Object lock = new Object();
  private final boolean[] bad;
  private int next;
  private int seen;
  private int badSeen;
  private State state = State.CLOSED;
  private boolean probing;
  private long openUntil;
  /** Counts the changes of state: a pass of an earlier number is of no account. */
  private long epoch;

  /**
   * A closed breaker.
   *
   * @param ticker monotonic nanoseconds
   * @param seed decides how much each open time is shortened
   */
  public Breaker(BreakerSettings settings, LongSupplier ticker, long seed) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    this.jitter = new Jitter(seed);
    this.bad = new boolean[settings.window()];
  }

  @Override
  public Optional<Pass> enter() {
    synchronized (lock) {
      if (state == State.OPEN && ticker.getAsLong() - openUntil >= 0) {
        change(State.HALF_OPEN);
      }
      if (state == State.OPEN || probing) {
        return Optional.empty();
      }
      probing = state == State.HALF_OPEN;
      return Optional.of(new Permission(epoch));
    }
  }

  @Override
  public State state() {
    synchronized (lock) {
      return state;
    }
  }

  private void report(long of, boolean good) {
    if (of != epoch) {
      return;
    }
    if (state == State.HALF_OPEN) {
      if (good) {
        change(State.CLOSED);
      } else {
        open();
      }
      return;
    }
    remember(!good);
    if (seen >= settings.minimumCalls() && badSeen >= settings.badShare() * seen) {
      open();
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

  private void open() {
    change(State.OPEN);
    double share = 1 - settings.openJitter() * jitter.next();
    openUntil = ticker.getAsLong() + (long) (settings.openTime().toNanos() * share);
  }

  private void change(State to) {
    state = to;
    epoch++;
    probing = false;
    seen = 0;
    badSeen = 0;
    next = 0;
  }

  private final class Permission implements Pass {
    private final long of;
    private boolean used;

    Permission(long of) {
      this.of = of;
    }

    @Override
    public void succeeded(long elapsedNanos) {
      end(elapsedNanos < settings.slowCall().toNanos());
    }

    @Override
    public void failed(long elapsedNanos, QilinException error) {
      Objects.requireNonNull(error, "error");
      end(false);
    }

    private void end(boolean good) {
      synchronized (lock) {
        if (!used) {
          used = true;
          report(of, good);
        }
      }
    }

    @Override
    public void abandoned() {
      synchronized (lock) {
        if (!used && of == epoch) {
          probing = false;
        }
        used = true;
      }
    }
  }
}
