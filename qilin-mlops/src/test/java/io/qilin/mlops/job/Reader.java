package io.qilin.mlops.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subscriber that keeps what it gets. */
class Reader implements Flow.Subscriber<JobEvent> {
  private static final long PATIENCE_SECONDS = 60;

  private final long first;
  private final List<JobEvent> events = new ArrayList<>();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

  /** Asks for so many at first. */
  Reader(long first) {
    this.first = first;
  }

  static Reader of(TrainingExecutor executor, JobId id, long after) {
    Reader reader = new Reader(Long.MAX_VALUE);
    executor.events(id, after).subscribe(reader);
    return reader;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscribed.complete(subscription);
    if (first > 0) {
      subscription.request(first);
    }
  }

  @Override
  public void onNext(JobEvent event) {
    synchronized (events) {
      events.add(event);
    }
  }

  @Override
  public void onError(Throwable throwable) {
    over.completeExceptionally(throwable);
  }

  @Override
  public void onComplete() {
    over.complete(true);
  }

  Flow.Subscription subscription() throws Exception {
    return subscribed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  List<JobEvent> soFar() {
    synchronized (events) {
      return new ArrayList<>(events);
    }
  }

  boolean isOver() {
    return over.isDone();
  }

  /** All events, when there are no more. */
  List<JobEvent> all() throws Exception {
    over.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return soFar();
  }

  /** What it was told instead of more events. */
  @Nullable
  Throwable error() throws Exception {
    return over.handle((done, error) -> error).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
