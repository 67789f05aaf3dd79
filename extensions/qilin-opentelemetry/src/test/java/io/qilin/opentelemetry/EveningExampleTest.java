package io.qilin.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.qilin.agents.desk.DeskResult;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.demo.DemoProvider;
import io.qilin.testkit.ScriptedLlm;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class EveningExampleTest {
  @Test
  void whenAnEveningIsRun_thenReadingAskingAndDecidingAreOneTrace() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (Telemetry host = new Telemetry();
        MarketDataSource market =
            new DemoProvider().open(Map.of("symbols", "10", "years", "1", "seed", "42"))) {
      DeskResult result = EveningExample.run(
          host.sdk(),
          pool,
          market,
          ScriptedLlm.always(ScriptedLlm.text("{\"claim\":\"so it is\",\"evidence\":[]}")),
          LocalDate.of(2026, 1, 5));
      assertThat(result.record().candidates()).hasSize(10);
      SpanData evening = host.span("qilin.evening");
      assertThat(host.below(evening))
          .extracting(SpanData::getName)
          .containsExactlyInAnyOrder("qilin.source.bars", "qilin.snapshot", "qilin.desk.run");
      assertThat(host.below(host.span("qilin.snapshot")))
          .extracting(SpanData::getName)
          .containsExactly("qilin.source.securities");
      assertThat(host.spans())
          .allMatch(span -> span.getTraceId().equals(evening.getTraceId()))
          .extracting(SpanData::getName)
          .contains("chat scripted-1", "qilin.desk.select");
    } finally {
      pool.shutdownNow();
    }
  }
}
