package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptedLlmTest {
  private static final LlmRequest REQUEST =
      LlmRequest.of(List.of(LlmMessage.system("be brief"), LlmMessage.user("涨?")), 5);

  private static LlmCall call() {
    return LlmCall.within(Duration.ofSeconds(1));
  }

  private static void fails(ScriptedLlm model, ErrorCode code) {
    assertThatThrownBy(() -> model.complete(REQUEST, call()))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenAsked_thenTheScriptIsFollowedAndTheQuestionsKept() {
    try (ScriptedLlm model = ScriptedLlm.of(
        ScriptedLlm.text("yes"),
        ScriptedLlm.failure(ErrorCode.LLM_TIMEOUT),
        ScriptedLlm.cutOff("a long answer of many words"),
        ScriptedLlm.toolCall("bars", "{}"))) {
      LlmReply yes = model.complete(REQUEST, call());
      assertThat(yes.text()).isEqualTo("yes");
      assertThat(yes.usage().orElseThrow().prompt()).isEqualTo(5);
      assertThat(yes.usage().orElseThrow().completion()).isEqualTo(1);
      fails(model, ErrorCode.LLM_TIMEOUT);
      LlmReply cut = model.complete(REQUEST, call());
      assertThat(cut.finish()).isEqualTo(LlmReply.Finish.LENGTH);
      assertThat(cut.usage().orElseThrow().completion()).isEqualTo(5);
      assertThat(model.complete(REQUEST, call()).toolCalls()).hasSize(1);
      fails(model, ErrorCode.LLM_UNAVAILABLE);
      assertThat(model.requests()).hasSize(5).containsOnly(REQUEST);
      assertThat(model.told()).hasSize(10).contains("be brief", "涨?");
    }
  }

  @Test
  void whenItIsCancelled_thenNothingIsAsked() {
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.text("yes"));
    LlmCall call = call();
    call.cancellation().cancel();
    assertThatThrownBy(() -> model.complete(REQUEST, call)).isInstanceOf(QilinException.class);
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void whenItIsSilent_thenAnInterruptOrTheEndFreesTheCaller() {
    CountDownLatch end = new CountDownLatch(1);
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.silence(end));
    Thread.currentThread().interrupt();
    fails(model, ErrorCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    end.countDown();
    fails(model, ErrorCode.LLM_UNAVAILABLE);
  }

  @ParameterizedTest
  @EnumSource(ScriptedLlm.Obedience.class)
  void whenItObeys_thenItDoesWhatAttacksWant(ScriptedLlm.Obedience how) {
    LlmReply reply = ScriptedLlm.obeying(how, "300750.SZ").complete(REQUEST, call());
    switch (how) {
      case PRAISE -> assertThat(reply.text()).contains("300750.SZ", "1.0", "BUY");
      case OTHER_SHARE -> assertThat(reply.text()).contains("600000.SH");
      case LIFT_VETO -> assertThat(reply.text()).contains("\"veto\":false");
      case PLACE_ORDER -> assertThat(reply.toolCalls()).hasSize(1);
      case REPEAT -> assertThat(reply.text()).contains("be brief");
    }
  }
}
