package io.qilin.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SlowCallsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Logger logger = (Logger) LoggerFactory.getLogger(SlowCalls.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final SlowCalls calls = SlowCalls.builder(nanos::get).build();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  private List<String> told() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void take(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void whenACallTakesLongerThanASecond_thenItIsToldOnceWithNameTimeAndOutcome() throws Exception {
    assertThat(calls.<String, IOException>call("registry.promote", () -> {
          take(1_001);
          return "done";
        }))
        .isEqualTo("done");
    calls.run("exactly one second", () -> take(1_000));
    assertThat(told())
        .containsExactly("the call 'registry.promote' took 1001 ms and ended with a result");
    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);
    assertThat(calls.slow()).isEqualTo(1);
  }

  @Test
  void whenASlowCallFails_thenItsCodeOrClassIsToldAndItsMessageIsNot() {
    assertThatThrownBy(() -> calls.run("a", () -> {
          take(2_000);
          throw new QilinException(ErrorCode.TIMEOUT, "secret");
        }))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> calls.<String, IOException>call("b\n", () -> {
          take(2_000);
          throw new IOException("secret");
        }))
        .isInstanceOf(IOException.class);
    assertThat(told())
        .containsExactly(
            "the call 'a' took 2000 ms and ended with QILIN-5002",
            "the call 'b\\u000A' took 2000 ms and ended with IOException");
  }

  @Test
  void whenThereAreManySlowCalls_thenFewAreToldAndAllCounted() {
    SlowCalls few = SlowCalls.builder(nanos::get)
        .threshold(Duration.ofMillis(10))
        .warningsPerMinute(2)
        .build();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    few.bindTo(meters);
    for (int i = 0; i < 5; i++) {
      few.run("c", () -> take(11));
    }
    assertThat(told()).hasSize(2);
    take(60_000);
    few.run("c", () -> take(11));
    assertThat(told().get(2)).endsWith("; 3 other slow calls were not told");
    assertThat(meters.get("qilin.log.slow.calls").functionCounter().count()).isEqualTo(6);
  }

  @Test
  void whenASettingCannotBe_thenItIsRefused() {
    SlowCalls.Builder builder = SlowCalls.builder(nanos::get);
    assertThatThrownBy(() -> builder.threshold(Duration.ofMillis(-1)))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.warningsPerMinute(0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.threshold(ChronoUnit.FOREVER.getDuration()))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> LogRate.of(1, ChronoUnit.FOREVER.getDuration(), 1, 0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> LogRate.of(0, Duration.ofSeconds(1), 1, 0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> LogRate.of(1, Duration.ofDays(1), Integer.MAX_VALUE, 0))
        .isInstanceOf(QilinException.class);
  }
}
