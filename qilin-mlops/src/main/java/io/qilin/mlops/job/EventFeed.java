package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;

/**
 * Those who follow a job. What they get is read from the store, each from its own place: a subscriber takes no memory besides
 * the page that it is reading, and a slow one holds up nobody. Each round looks once for all of them where the logs end.
 */
final class EventFeed {
  private static final int MOST = 1_000;
  private static final int CHUNK = 200;

  private final JobStore store;
  private final Executor executor;
  private final Clock clock;
  private final LongSupplier ticker;
  private final long heartbeatNanos;
  private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  EventFeed(
      JobStore store, Executor executor, Clock clock, LongSupplier ticker, JobSettings settings) {
    this.store = store;
    this.executor = executor;
    this.clock = clock;
    this.ticker = ticker;
    heartbeatNanos = settings.heartbeat().toNanos();
  }

  void subscribe(long job, long after, Flow.Subscriber<? super JobEvent> subscriber) {
    EventSubscription subscription = new EventSubscription(this, job, after, subscriber);
    if (subscriptions.size() >= MOST) {
      subscription.fail(new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "at most " + MOST + " subscribers follow jobs at once; cancel those that are not read"));
      return;
    }
    subscriptions.add(subscription);
    if (closed) {
      subscription.fail(closing());
    }
    subscription.begin();
  }

  int size() {
    return subscriptions.size();
  }

  /** Wakes those for whom there is something. */
  void round() {
    long now = ticker.getAsLong();
    List<EventSubscription> present = new ArrayList<>(subscriptions);
    Map<Long, JobStore.Head> heads = heads(present);
    for (EventSubscription subscription : present) {
      subscription.wake(heads.get(subscription.job()), now);
    }
  }

  void close() {
    closed = true;
    subscriptions.forEach(subscription -> subscription.fail(closing()));
  }

  JobStore store() {
    return store;
  }

  Executor executor() {
    return executor;
  }

  Clock clock() {
    return clock;
  }

  long now() {
    return ticker.getAsLong();
  }

  long heartbeatNanos() {
    return heartbeatNanos;
  }

  void remove(EventSubscription subscription) {
    subscriptions.remove(subscription);
  }

  private Map<Long, JobStore.Head> heads(List<EventSubscription> present) {
    Set<Long> jobs = new HashSet<>();
    present.forEach(subscription -> jobs.add(subscription.job()));
    List<Long> ids = new ArrayList<>(jobs);
    Map<Long, JobStore.Head> heads = new HashMap<>();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      heads.putAll(store.heads(ids.subList(from, Math.min(ids.size(), from + CHUNK))));
    }
    return heads;
  }

  private static QilinException closing() {
    return new QilinException(
        ErrorCode.CANCELLED,
        "the job service was closed; subscribe again elsewhere with the last number that came");
  }
}
