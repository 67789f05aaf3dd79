package io.qilin.agents.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmRequest;
import io.qilin.testkit.ScriptedLlm;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedLlmClientTest {
  private static final LlmRequest REQUEST =
      LlmRequest.of(List.of(LlmMessage.user("a secret question")), 100);
  private static final LlmPrice PRICE =
      new LlmPrice("USD", new BigDecimal("1"), new BigDecimal("1"), new BigDecimal("2"));

  private final List<LlmObservation> stopped = new ArrayList<>();
  private final ObservationRegistry registry = ObservationRegistry.create();

  ObservedLlmClientTest() {
    registry.observationConfig().observationHandler(new ObservationHandler<LlmObservation>() {
      @Override
      public void onStop(LlmObservation context) {
        stopped.add(context);
      }

      @Override
      public boolean supportsContext(Observation.Context context) {
        return context instanceof LlmObservation;
      }
    });
  }

  private LlmObservation ask(ScriptedLlm.Step step) {
    try (ObservedLlmClient client =
        new ObservedLlmClient(ScriptedLlm.of(step), registry, Optional.of(PRICE))) {
      client.complete(REQUEST, LlmCall.within(Duration.ofSeconds(1)));
    } finally {
      assertThat(stopped).hasSize(1);
    }
    return stopped.get(0);
  }

  @Test
  void whenAnswered_thenTokensAndCostAreObservedAndNoTextIs() {
    LlmObservation seen = ask(ScriptedLlm.text("secret answer"));
    assertThat(seen.getName()).isEqualTo("qilin.llm.call");
    assertThat(seen.usage()).isPresent();
    assertThat(seen.cost().orElseThrow())
        .isEqualByComparingTo(PRICE.of(seen.usage().orElseThrow()));
    assertThat(seen.getLowCardinalityKeyValues())
        .extracting(value -> value.getKey() + "=" + value.getValue())
        .containsExactlyInAnyOrder("model=scripted/scripted-1", "outcome=USED");
    assertThat(seen.getAllKeyValues().toString())
        .doesNotContain("secret")
        .contains("tokens.prompt");
  }

  @Test
  void whenItFails_thenTheCodeIsObserved() {
    assertThatThrownBy(() -> ask(ScriptedLlm.failure(ErrorCode.LLM_TIMEOUT)))
        .isInstanceOf(QilinException.class);
    assertThat(stopped.get(0).getLowCardinalityKeyValue("outcome").getValue())
        .isEqualTo("QILIN-3103");
    assertThat(stopped.get(0).getError()).isInstanceOf(QilinException.class);
    assertThat(stopped.get(0).usage()).isEmpty();
  }
}
