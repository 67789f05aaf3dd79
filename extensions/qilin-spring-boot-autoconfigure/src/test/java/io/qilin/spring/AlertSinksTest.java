package io.qilin.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AlertSinksTest {
  private final List<String> told = new CopyOnWriteArrayList<>();

  private AlertSink sink(String name) {
    return alert -> told.add(name);
  }

  @Test
  void whenTheApplicationHasSeveralSinks_thenAllAreTold() {
    Contexts.runner()
        .withBean("one", AlertSink.class, () -> sink("one"))
        .withBean("two", AlertSink.class, () -> sink("two"))
        .run(context -> {
          AlertSinks.of(context.getBeanProvider(AlertSink.class)).orElseThrow().alert(alert());
          assertThat(told).containsExactlyInAnyOrder("one", "two");
        });
  }

  @Test
  void whenOneSinkIsThePrimaryOne_thenItAloneIsTold() {
    Contexts.runner()
        .withBean("one", AlertSink.class, () -> sink("one"))
        .withBean("two", AlertSink.class, () -> sink("two"), bean -> bean.setPrimary(true))
        .run(context -> {
          AlertSinks.of(context.getBeanProvider(AlertSink.class)).orElseThrow().alert(alert());
          assertThat(told).containsExactly("two");
        });
  }

  private static Alert alert() {
    return new Alert(Instant.EPOCH, ErrorCode.DATA_FETCH, "test", "a test");
  }
}
