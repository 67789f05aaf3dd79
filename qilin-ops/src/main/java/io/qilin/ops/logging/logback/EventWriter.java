package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogOutcome;
import io.qilin.ops.worker.WorkerStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the queue in batches, masks them and hands them to the outlets. One thread at a time, by a lock; it is held while
 * a sink is at work, so nobody but the writer waits for it.
 */
final class EventWriter implements WorkerStep {
  private static final int BATCH = 256;
  private static final Duration LINGER = Duration.ofMillis(5);
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** After so many empty looks it sleeps until it is woken. */
  private static final int LOOKS = 20;

  private final EventQueue queue;
  private final List<Outlet> outlets;
  private final LogAccount account;
  private final Losses losses;
  private final UnaryOperator<HeldEvent> masker;
  private final Function<String, HeldEvent> notice;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock drainLock = new ReentrantLock();
  private final Condition empty = drainLock.newCondition();
  private final List<HeldEvent> batch = new ArrayList<>(BATCH);
  private final BitSet lost = new BitSet(BATCH);
  private int looks;
  private volatile boolean asleep;
  private volatile boolean failing;
  private volatile boolean draining;
  private volatile boolean drained;
  private volatile boolean discarding;
  private volatile @Nullable Thread thread;

  EventWriter(
      EventQueue queue,
      List<Outlet> outlets,
      LogAccount account,
      Losses losses,
      UnaryOperator<HeldEvent> masker,
      Function<String, HeldEvent> notice,
      LongSupplier ticker) {
    this.queue = queue;
    this.outlets = outlets;
    this.account = account;
    this.losses = losses;
    this.masker = masker;
    this.notice = notice;
    this.ticker = ticker;
  }

  @Override
  public Duration run() {
    asleep = false;
    thread = Thread.currentThread();
    Duration pause;
    lock.lock();
    try {
      pause = step();
    } finally {
      lock.unlock();
    }
    discardIfAsked();
    return pause;
  }

  private Duration step() {
    if (batch.isEmpty()) {
      fill();
    }
    if (batch.isEmpty()) {
      if (draining && queue.isEmpty()) {
        tellDrained();
      }
      return rest();
    }
    looks = 0;
    boolean well = true;
    boolean finished = true;
    for (Outlet outlet : outlets) {
      well &= outlet.finished(batch) || outlet.take(batch, lost);
      finished &= outlet.finished(batch);
    }
    failing = !well;
    if (finished) {
      settle(LogOutcome.WRITTEN);
    }
    return well ? Duration.ZERO : RETRY;
  }

  private Duration rest() {
    if (looks < LOOKS) {
      looks++;
      return LINGER;
    }
    // Whoever puts an event in after this sees it and wakes the writer; who did before is seen
    // here.
    asleep = true;
    return queue.isEmpty() ? IDLE : Duration.ZERO;
  }

  private void fill() {
    String told = losses.due(ticker.getAsLong(), draining);
    if (told != null) {
      batch.add(notice.apply(told));
    }
    while (batch.size() < BATCH) {
      HeldEvent event = queue.poll();
      if (event == null) {
        return;
      }
      @Nullable HeldEvent masked = null;
      try {
        masked = masker.apply(event);
      } finally {
        // Even an error of the machine's must not let the text through, nor the event out of the
        // account.
        batch.add(masked == null ? EventMasker.withhold(event) : masked);
      }
    }
  }

  /** Counts what became of the batch, and lets go of it. */
  private void settle(LogOutcome unlessLost) {
    for (int i = 0; i < batch.size(); i++) {
      HeldEvent event = batch.get(i);
      if (lost.get(i) || unlessLost == LogOutcome.DROPPED) {
        drop(event);
      } else if (event.counted()) {
        account.book(event.level(), unlessLost);
      }
    }
    batch.clear();
    lost.clear();
    outlets.forEach(Outlet::restart);
  }

  /** Whether it sleeps; true to one of those who ask, who then must wake it. */
  boolean mustWake() {
    if (!asleep) {
      return false;
    }
    asleep = false;
    return true;
  }

  /** Whether the sinks take nothing. */
  boolean failing() {
    return failing;
  }

  /** Whether this is the thread that writes, which must never wait for itself. */
  boolean itself() {
    return Thread.currentThread() == thread;
  }

  /** Waits until all is written, for at most so long. To be woken before. */
  boolean awaitEmpty(long nanos) {
    long left = nanos;
    drainLock.lock();
    try {
      while (!drained && left > 0) {
        left = empty.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drainLock.unlock();
    }
    return drained;
  }

  /** From now on tells when nothing is left, and tells of losses without waiting for their time. */
  void drain() {
    draining = true;
  }

  private void tellDrained() {
    drainLock.lock();
    try {
      drained = true;
      empty.signalAll();
    } finally {
      drainLock.unlock();
    }
  }

  /** From now on, counts everything that is left as dropped: at once, or when a sink that stands still lets go of the writer. */
  void discard() {
    discarding = true;
    discardIfAsked();
  }

  /** Also for whoever puts an event in after that, as the writer may be gone. */
  void discardIfAsked() {
    boolean more = discarding;
    while (more && lock.tryLock()) {
      try {
        settle(LogOutcome.DROPPED);
        for (HeldEvent event = queue.poll(); event != null; event = queue.poll()) {
          drop(event);
        }
      } finally {
        lock.unlock();
      }
      more = !queue.isEmpty();
    }
  }

  private void drop(HeldEvent event) {
    if (event.counted()) {
      account.book(event.level(), LogOutcome.DROPPED);
      losses.dropped(event.important(), ticker.getAsLong());
    }
  }
}
