package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamQueueTest {
  private final MemorySink<ClosedWindow> windows = new MemorySink<>();
  private final MemorySink<DeadLetter> dead = new MemorySink<>();

  private static Tick tick(int i) {
    return Ticks.tick(0, Ticks.at("10:00:00").plusMillis(i), i, 10, 100);
  }

  private StreamPipeline<Tick, Tick> over(StreamQueue<Tick> queue) {
    return StreamPipeline.<Tick, Tick>builder(
            tick -> tick, new TickFields(), StreamSessions.of(Ticks.CALENDAR, Board.SSE_MAIN))
        .source(queue)
        .sink(windows)
        .deadLetters(dead)
        .build();
  }

  @Test
  void whenFullAndDropping_thenTheOldestGoAndAreCounted() {
    StreamQueue<Tick> queue = new StreamQueue<>("queue", 10, OverflowPolicy.DROP_OLDEST);
    for (int i = 0; i < 25; i++) {
      queue.send(tick(i));
    }
    queue.end();
    StreamPipeline<Tick, Tick> pipeline = over(queue);
    pipeline.run(new Cancellation());
    StreamCounters counters = pipeline.counters();
    assertThat(counters.offered()).isEqualTo(25);
    assertThat(counters.processed()).isEqualTo(10);
    assertThat(counters.dropped()).isEqualTo(15);
    assertThat(windows.payloads().get(0).aggregates().get(0).records()).isEqualTo(10);
  }

  @Test
  void whenFullAndFailing_thenTheSenderIsTold() {
    StreamQueue<Tick> queue = new StreamQueue<>("queue", 1, OverflowPolicy.FAIL);
    queue.send(tick(0));
    assertThatThrownBy(() -> queue.send(tick(1)))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
    queue.close();
    assertThatThrownBy(() -> queue.send(tick(2))).hasMessageContaining("no more messages");
  }

  @Test
  void whenFullAndBlocking_thenSendersWaitAndNothingIsLost() throws Exception {
    StreamQueue<Tick> queue = new StreamQueue<>("queue", 4, OverflowPolicy.BLOCK);
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try {
      Future<?> sent = sender.submit(() -> {
        for (int i = 0; i < 5000; i++) {
          queue.send(tick(i));
        }
        queue.end();
      });
      StreamPipeline<Tick, Tick> pipeline = over(queue);
      pipeline.run(new Cancellation());
      sent.get(30, TimeUnit.SECONDS);
      assertThat(pipeline.counters().processed()).isEqualTo(5000);
      assertThat(pipeline.counters().missing()).isZero();
    } finally {
      sender.shutdownNow();
    }
  }
}
