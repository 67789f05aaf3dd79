package io.qilin.agents.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.Panels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class DeskEventsTest {
  /** Remembers what it gets, and asks for as much as it is told to. */
  private static final class Reader implements Flow.Subscriber<DeskEvent> {
    private final long wanted;
    private final List<String> got = new ArrayList<>();
    private boolean complete;

    Reader(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      if (wanted > 0) {
        subscription.request(wanted);
      }
    }

    @Override
    public void onNext(DeskEvent event) {
      got.add(event.detail());
    }

    @Override
    public void onError(Throwable failure) {
      got.add(String.valueOf(failure));
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }

  private static DeskEvent event(int number) {
    return new DeskEvent(
        DeskEvent.Kind.SPOKEN, Panels.FIRST_DAY, "bull", Optional.empty(), "event " + number);
  }

  private final Deque<Runnable> tasks = new ArrayDeque<>();

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void whenASubscriberIsSlow_thenItLosesEventsAndNobodyElseDoes() {
    DeskEvents events = DeskEvents.on(tasks::add, 4);
    Reader slow = new Reader(0);
    Reader quick = new Reader(Long.MAX_VALUE);
    events.subscribe(slow);
    events.subscribe(quick);
    for (int k = 0; k < 100; k++) {
      events.publish(event(k));
      runAll();
    }
    assertThat(quick.got).hasSize(100).startsWith("event 0").endsWith("event 99");
    assertThat(slow.got).isEmpty();
    assertThat(events.dropped()).isEqualTo(96);
    events.close();
    runAll();
    assertThat(quick.complete).isTrue();
    events.publish(event(100));
    runAll();
    assertThat(quick.got).hasSize(100);
  }

  @Test
  void whenTheBufferIsOutOfRange_thenItIsRefused() {
    assertThatThrownBy(() -> DeskEvents.on(tasks::add, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> DeskEvents.on(tasks::add, 65_537)).isInstanceOf(QilinException.class);
  }
}
