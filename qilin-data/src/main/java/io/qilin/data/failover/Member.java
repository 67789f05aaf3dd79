package io.qilin.data.failover;

import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One source of a chain with all that is known about its behaviour. Safe for use by several threads. */
final class Member {
  private final String name;
  private final MarketDataSource source;
  private final Set<DataCapability> capabilities;
  private final MemberSettings settings;
  private final CallGuard guard;
  private final Jitter jitter;
  private final Consumer<ChainEvent> events;
  private final RetryBudget budget;
  private final LatencyWindow latency = new LatencyWindow();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicReference<CallGuard.State> reported;
  private volatile @Nullable String lastFailure;

  Member(
      String name,
      MarketDataSource source,
      Set<DataCapability> capabilities,
      MemberSettings settings,
      CallGuard guard,
      Jitter jitter,
      Consumer<ChainEvent> events) {
    this.name = name;
    this.source = source;
    this.capabilities = capabilities;
    this.settings = settings;
    this.guard = guard;
    this.jitter = jitter;
    this.events = events;
    this.budget = new RetryBudget(settings.retryShare());
    this.reported = new AtomicReference<>(guard.state());
  }

  String name() {
    return name;
  }

  MarketDataSource source() {
    return source;
  }

  Set<DataCapability> capabilities() {
    return capabilities;
  }

  MemberSettings settings() {
    return settings;
  }

  CallGuard.State state() {
    return guard.state();
  }

  /** Takes a place on the executor; what takes one gives it back by {@link #leave} when the call has ended. */
  boolean occupy() {
    if (running.incrementAndGet() <= settings.concurrency()) {
      return true;
    }
    running.decrementAndGet();
    return false;
  }

  void leave() {
    running.decrementAndGet();
  }

  Optional<CallGuard.Pass> enter() {
    Optional<CallGuard.Pass> pass = guard.enter();
    reportState();
    return pass;
  }

  /** Tells the listener of a change of state, each once. */
  void reportState() {
    CallGuard.State now = guard.state();
    CallGuard.State before = reported.getAndSet(now);
    if (before != now) {
      events.accept(new ChainEvent.GuardChanged(name, before, now));
    }
  }

  void called(boolean retry) {
    calls.incrementAndGet();
    if (retry) {
      retries.incrementAndGet();
    } else {
      budget.called();
    }
  }

  boolean mayRetry() {
    return budget.take();
  }

  /** Nanoseconds before a retry. */
  long pause(int attemptsMade) {
    long base = settings.backoff().toNanos() << (attemptsMade - 1);
    return base - (long) (base / 2.0 * jitter.next());
  }

  void took(long nanos) {
    latency.add(nanos);
  }

  void failed(String reason) {
    failures.incrementAndGet();
    lastFailure = reason;
  }

  MemberHealth health() {
    return new MemberHealth(
        name,
        guard.state(),
        calls.get(),
        retries.get(),
        failures.get(),
        running.get(),
        latency.quantile(0.5),
        latency.quantile(0.99),
        Optional.ofNullable(lastFailure));
  }
}
