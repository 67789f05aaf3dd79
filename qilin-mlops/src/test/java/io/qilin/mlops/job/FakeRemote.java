package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A trainer on another machine, with names of its own for jobs. Of three calls one is lost on the way there and one on the way
 * back; a stream of events breaks after three.
 */
final class FakeRemote implements TrainingExecutor {
  private static final String PREFIX = "cluster-1/";
  private static final int BREAKS_AFTER = 3;

  private final TrainingExecutor machine;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean closed;

  FakeRemote(TrainingExecutor machine) {
    this.machine = machine;
  }

  @Override
  public JobId submit(JobRequest request) {
    return outside(line(() -> machine.submit(request)));
  }

  @Override
  public Job job(JobId id) {
    Job job = line(() -> machine.job(inside(id)));
    return new Job(
        id,
        job.request(),
        job.state(),
        job.attempt(),
        job.progress(),
        job.cancelRequested(),
        job.lastSequence(),
        job.result(),
        job.failure(),
        job.queued(),
        job.started(),
        job.ended());
  }

  @Override
  public boolean cancel(JobId id) {
    return line(() -> machine.cancel(inside(id)));
  }

  @Override
  public Flow.Publisher<JobEvent> events(JobId id, long after) {
    Flow.Publisher<JobEvent> there = line(() -> machine.events(inside(id), after));
    return subscriber -> there.subscribe(new Breaking(id, subscriber));
  }

  @Override
  public void close() {
    closed = true;
  }

  private <T> T line(Supplier<T> call) {
    if (closed) {
      throw QilinException.invalid("the remote executor is closed");
    }
    int turn = calls.getAndIncrement() % 3;
    if (turn == 0) {
      throw lost();
    }
    T answer = call.get();
    if (turn == 1) {
      throw lost();
    }
    return answer;
  }

  private static QilinException lost() {
    return new QilinException(ErrorCode.NETWORK, "the connection was lost");
  }

  private static JobId outside(JobId id) {
    return new JobId(PREFIX + id.value());
  }

  private static JobId inside(JobId id) {
    return new JobId(id.value().startsWith(PREFIX) ? id.value().substring(PREFIX.length()) : "-");
  }

  private static JobEvent renamed(JobId id, JobEvent event) {
    if (event instanceof JobEvent.Moved e) {
      return new JobEvent.Moved(id, e.sequence(), e.at(), e.state());
    }
    if (event instanceof JobEvent.Line e) {
      return new JobEvent.Line(id, e.sequence(), e.at(), e.text());
    }
    if (event instanceof JobEvent.Progress e) {
      return new JobEvent.Progress(id, e.sequence(), e.at(), e.done());
    }
    if (event instanceof JobEvent.Figure e) {
      return new JobEvent.Figure(id, e.sequence(), e.at(), e.name(), e.step(), e.value());
    }
    if (event instanceof JobEvent.Gap e) {
      return new JobEvent.Gap(id, e.from(), e.sequence(), e.at());
    }
    return new JobEvent.Heartbeat(id, event.sequence(), event.at());
  }

  /** Passes on a few events, then the line is gone. */
  private static final class Breaking implements Flow.Subscriber<JobEvent> {
    private final JobId id;
    private final Flow.Subscriber<? super JobEvent> subscriber;
    private Flow.Subscription subscription = new Flow.Subscription() {
      @Override
      public void request(long n) {}

      @Override
      public void cancel() {}
    };
    private int passed;

    Breaking(JobId id, Flow.Subscriber<? super JobEvent> subscriber) {
      this.id = id;
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      subscriber.onSubscribe(given);
    }

    @Override
    public void onNext(JobEvent event) {
      if (passed++ == BREAKS_AFTER) {
        subscription.cancel();
        subscriber.onError(lost());
      } else if (passed <= BREAKS_AFTER) {
        subscriber.onNext(renamed(id, event));
      }
    }

    @Override
    public void onError(Throwable error) {
      subscriber.onError(error);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
