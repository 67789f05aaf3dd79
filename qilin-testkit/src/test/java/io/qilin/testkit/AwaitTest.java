package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  @Test
  void whenItComesToBeSo_thenTheWaitEnds() {
    AtomicInteger looks = new AtomicInteger();

    Await.until("three looks", () -> looks.incrementAndGet() == 3);

    assertThat(looks).hasValue(3);
  }

  @Test
  void whenTheThreadIsInterrupted_thenTheWaitSaysWhatForAndTheMarkStays() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Await.until("the queue is empty", () -> false))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the queue is empty");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
