package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's place in the log of a job. Its signals come one after the other: {@link #work} counts the reasons to look, and
 * only the one who raises it from 0 hands the loop to the executor.
 */
final class EventSubscription implements Flow.Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(EventSubscription.class);
  private static final int PAGE = 256;

  private final EventFeed feed;
  private final long job;
  private final Flow.Subscriber<? super JobEvent> subscriber;
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicReference<@Nullable QilinException> failure = new AtomicReference<>();
  private volatile boolean over;
  /** The log may have ended: one who asks for nothing is told too. */
  private volatile boolean finished;
  /** Written by the loop only. */
  private volatile long place;

  private volatile long lastSignal;
  private boolean begun;

  EventSubscription(
      EventFeed feed, long job, long after, Flow.Subscriber<? super JobEvent> subscriber) {
    this.feed = feed;
    this.job = job;
    this.place = after;
    this.subscriber = subscriber;
    lastSignal = feed.now();
  }

  long job() {
    return job;
  }

  void begin() {
    look();
  }

  /** Looks again if the log went on, the job is gone, or nothing was told for a while. */
  void wake(JobStore.@Nullable Head head, long now) {
    finished = head == null || (head.ended() && place >= head.lastSequence());
    boolean wanted = demand.get() > 0
        && ((head != null && head.lastSequence() > place)
            || now - lastSignal >= feed.heartbeatNanos());
    if (finished || wanted) {
      look();
    }
  }

  void fail(QilinException why) {
    failure.compareAndSet(null, why);
    look();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(QilinException.invalid("a subscriber asks for 1 or more events, was " + n));
    } else {
      demand.accumulateAndGet(n, EventSubscription::sum);
      look();
    }
  }

  @Override
  public void cancel() {
    over = true;
    feed.remove(this);
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private void look() {
    if (over || work.getAndIncrement() > 0) {
      return;
    }
    try {
      feed.executor().execute(this::loop);
    } catch (RejectedExecutionException e) {
      cancel();
      LOG.warn("a subscriber of job {} is dropped: its executor takes no more work", job, e);
    }
  }

  private void loop() {
    int seen;
    do {
      seen = work.get();
      try {
        if (!over) {
          step();
        }
      } catch (RuntimeException | Error e) {
        cancel();
        LOG.warn("a subscriber of job {} is dropped: it threw", job, e);
      }
    } while (work.addAndGet(-seen) > 0);
  }

  private void step() {
    if (!begun) {
      begun = true;
      subscriber.onSubscribe(this);
    }
    while (!over && failure.get() == null && (finished || demand.get() > 0)) {
      Optional<JobStore.Page> page = read();
      if (page.isEmpty()) {
        break;
      }
      for (JobEvent event : page.get().events()) {
        tell(event);
      }
      if (page.get().head().ended() && place >= page.get().head().lastSequence()) {
        complete();
        return;
      }
      if (page.get().events().isEmpty() || demand.get() == 0) {
        break;
      }
    }
    if (failure.get() != null) {
      end();
    } else {
      heartbeat();
    }
  }

  /** The next events that were asked for; empty if they cannot be had, and why is noted. */
  private Optional<JobStore.Page> read() {
    int limit = (int) Math.min(PAGE, demand.get());
    try {
      Optional<JobStore.Page> page = feed.store().page(job, place, limit);
      if (page.isEmpty()) {
        failure.compareAndSet(
            null,
            new QilinException(ErrorCode.DATA_NOT_FOUND, "job " + job + " is not kept any more"));
      }
      return page;
    } catch (QilinException e) {
      failure.compareAndSet(null, e);
      return Optional.empty();
    }
  }

  /** Tells first what is missing, which takes one of what was asked for. */
  private void tell(JobEvent event) {
    if (event.sequence() > place + 1 && demand.get() > 0 && !over) {
      long last = event.sequence() - 1;
      signal(new JobEvent.Gap(event.job(), place + 1, last, event.at()));
      place = last;
    }
    if (event.sequence() == place + 1 && demand.get() > 0 && !over) {
      place = event.sequence();
      signal(event);
    }
  }

  private void heartbeat() {
    if (!over && demand.get() > 0 && feed.now() - lastSignal >= feed.heartbeatNanos()) {
      signal(new JobEvent.Heartbeat(JobId.of(job), place, feed.clock().instant()));
    }
  }

  private void signal(JobEvent event) {
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    lastSignal = feed.now();
    subscriber.onNext(event);
  }

  private void complete() {
    if (!over) {
      cancel();
      subscriber.onComplete();
    }
  }

  private void end() {
    QilinException why = failure.get();
    if (!over && why != null) {
      cancel();
      subscriber.onError(why);
    }
  }
}
