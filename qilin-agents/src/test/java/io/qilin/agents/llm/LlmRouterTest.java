package io.qilin.agents.llm;

import static io.qilin.agents.llm.Asking.QUESTION;
import static io.qilin.agents.llm.Asking.ask;
import static io.qilin.agents.llm.Asking.failsWith;
import static io.qilin.agents.llm.Asking.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LlmRouterTest {
  private final ScriptedClient first = new ScriptedClient("first");
  private final ScriptedClient second = new ScriptedClient("second");
  private final List<LlmRoute> routes = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    end.countDown();
    threads.shutdownNow();
  }

  private LlmRouter.Builder both() {
    return LlmRouter.builder(now::get)
        .member("a", first, 3)
        .member("b", second, 1)
        .listener(routes::add);
  }

  private LlmRouter.Builder inRealTime() {
    return LlmRouter.builder(System::nanoTime)
        .member("a", first, 1)
        .member("b", second, 1)
        .executor(threads)
        .listener(routes::add);
  }

  private List<String> told() {
    return routes.stream().map(route -> route.member() + " " + route.outcome()).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "LLM_UNAVAILABLE",
        "LLM_REFUSED",
        "LLM_RATE_LIMITED",
        "LLM_TIMEOUT",
        "LLM_INVALID_REPLY",
        "LLM_BUDGET_EXHAUSTED",
        "UNSUPPORTED"
      })
  void whenAMemberFails_thenTheNextIsAsked(ErrorCode code) {
    first.fails(code);
    try (LlmRouter router = both().build()) {
      assertThat(ask(router).text()).isEqualTo("from second");
    }
    assertThat(told()).containsExactly("a QILIN-" + code.number(), "b USED");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"INVALID_ARGUMENT", "LLM_NOT_RECORDED", "CANCELLED"})
  void whenAnotherCannotHelp_thenItIsNotAsked(ErrorCode code) {
    first.fails(code);
    try (LlmRouter router = both().fallback(request -> "rules").build()) {
      failsWith(router, code);
    }
    assertThat(second.asked()).isZero();
  }

  @Test
  void whenAClientThrowsSomethingElse_thenTheNextIsAsked() {
    first.script = call -> {
      throw new UnsupportedOperationException("a bug");
    };
    try (LlmRouter router = both().build()) {
      assertThat(ask(router).text()).isEqualTo("from second");
    }
    assertThat(told()).containsExactly("a QILIN-3100", "b USED");
  }

  @Test
  void whenAllFail_thenTheLastErrorIsTheCallers() {
    first.fails(ErrorCode.LLM_REFUSED);
    second.fails(ErrorCode.LLM_RATE_LIMITED);
    try (LlmRouter router = both().build()) {
      failsWith(router, ErrorCode.LLM_RATE_LIMITED);
    }
  }

  @Test
  void whenAllFailAndThereAreRules_thenTheyAnswerUnderTheirName() {
    first.fails(ErrorCode.LLM_REFUSED);
    second.fails(ErrorCode.LLM_UNAVAILABLE);
    List<String> texts = new ArrayList<>();
    try (LlmRouter router = both()
        .fallback(request -> "by rules: " + request.messages().get(0).text())
        .build()) {
      LlmReply reply =
          router.complete(QUESTION, new LlmCall(Asking.TIME, new Cancellation(), texts::add));
      assertThat(reply.text()).isEqualTo("by rules: What now?");
      assertThat(reply.model()).isEqualTo(LlmFallback.MODEL);
      assertThat(reply.usage().orElseThrow().total()).isZero();
    }
    assertThat(texts).containsExactly("by rules: What now?");
    assertThat(told()).containsExactly("a QILIN-3101", "b QILIN-3100", "rules USED");
  }

  @Test
  void whenAMemberFailsOften_thenItIsLeftAloneUntilAProbeSucceeds() {
    first.fails(ErrorCode.LLM_UNAVAILABLE);
    try (LlmRouter router = both().build()) {
      for (int k = 0; k < 8; k++) {
        assertThat(ask(router).text()).isEqualTo("from second");
      }
      assertThat(first.asked()).isEqualTo(5);
      assertThat(router.leftAlone()).containsExactly("a");
      now.addAndGet(Duration.ofSeconds(10).toNanos());
      ask(router);
      ask(router);
      assertThat(first.asked()).as("one probe that failed").isEqualTo(6);
      now.addAndGet(Duration.ofSeconds(10).toNanos());
      first.script = call -> first.reply("back");
      assertThat(ask(router).text()).isEqualTo("back");
      assertThat(router.leftAlone()).isEmpty();
    }
  }

  @Test
  void whenTheCallsRefuseOrHadNoTime_thenTheMemberIsNotLeftAlone() {
    try (LlmRouter router = both().build()) {
      first.fails(ErrorCode.LLM_REFUSED);
      for (int k = 0; k < 20; k++) {
        ask(router);
      }
      first.fails(ErrorCode.LLM_TIMEOUT);
      for (int k = 0; k < 20; k++) {
        router.complete(QUESTION, LlmCall.within(Duration.ofMillis(1999)));
      }
      assertThat(router.leftAlone()).isEmpty();
      for (int k = 0; k < 20; k++) {
        router.complete(QUESTION, LlmCall.within(Duration.ofMillis(2000)));
      }
      assertThat(router.leftAlone()).containsExactly("a");
    }
  }

  @Test
  void whenAllAreLeftAlone_thenTheMessageSaysSo() {
    first.fails(ErrorCode.LLM_UNAVAILABLE);
    second.fails(ErrorCode.LLM_UNAVAILABLE);
    try (LlmRouter router = both().build()) {
      for (int k = 0; k < 5; k++) {
        failure(router);
      }
      assertThat(failure(router)).hasMessageContaining("left alone");
      assertThat(first.asked()).isEqualTo(5);
    }
  }

  @Test
  void whenMembersTakeTurns_thenTheSequenceFollowsTheWeights() {
    StringBuilder sequence = new StringBuilder();
    try (LlmRouter router = both().balance(LlmRouter.Balance.WEIGHTED).build()) {
      for (int k = 0; k < 8; k++) {
        sequence.append(ask(router).text().equals("from first") ? 'a' : 'b');
      }
    }
    assertThat(sequence).hasToString("aabaaaba");
  }

  @Test
  void whenThereAreTwo_thenTheFirstGetsHalfOfTheTimeAndTheLastTheRest() {
    first.script = call -> {
      now.addAndGet(call.timeout().toNanos());
      throw new QilinException(ErrorCode.LLM_TIMEOUT, "late");
    };
    try (LlmRouter router = both().build()) {
      router.complete(QUESTION, LlmCall.within(Duration.ofSeconds(10)));
    }
    assertThat(first.times).containsExactly(Duration.ofSeconds(5));
    assertThat(second.times).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void whenTheTimeIsOver_thenTheCallEndsWithoutAskingMore() {
    first.script = call -> {
      now.addAndGet(Duration.ofHours(1).toNanos());
      throw new QilinException(ErrorCode.LLM_TIMEOUT, "much too late");
    };
    try (LlmRouter router = both().build()) {
      QilinException late = failure(router);
      assertThat(late.code()).isEqualTo(ErrorCode.LLM_TIMEOUT);
      assertThat(late.getSuppressed()).hasSize(1);
    }
    assertThat(second.asked()).isZero();
  }

  @Test
  void whenTheConsumerOfTextFails_thenThatIsNotTheModelsFailure() {
    first.script = call -> {
      call.onText().accept("piece");
      return first.reply("piece");
    };
    LlmCall call = new LlmCall(Asking.TIME, new Cancellation(), text -> {
      throw new UnsupportedOperationException("the caller's");
    });
    try (LlmRouter router = both().build()) {
      assertThatThrownBy(() -> router.complete(QUESTION, call)).hasMessage("the caller's");
    }
    assertThat(second.asked()).isZero();
  }

  @Test
  void whenAMemberIsBusy_thenTheNextIsAskedAndThenTheFirstThatIsFree()
      throws InterruptedException, ExecutionException {
    CountDownLatch begun = new CountDownLatch(2);
    for (ScriptedClient client : List.of(first, second)) {
      client.waits(end, true);
      var waiting = client.script;
      client.script = call -> {
        begun.countDown();
        return waiting.apply(call);
      };
    }
    try (LlmRouter router = LlmRouter.builder(System::nanoTime)
        .member(first)
        .member(second)
        .mostAtOnce(1)
        .build()) {
      List<Future<LlmReply>> asked = new ArrayList<>();
      asked.add(threads.submit(() -> ask(router)));
      asked.add(threads.submit(() -> ask(router)));
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
      asked.add(threads.submit(() -> ask(router)));
      end.countDown();
      for (Future<LlmReply> one : asked) {
        assertThat(one.get().text()).startsWith("late from");
      }
      assertThat(first.asked() + second.asked()).isEqualTo(3);
      assertThat(Math.min(first.asked(), second.asked())).isEqualTo(1);
    }
  }

  @Test
  void whenTheFirstIsLate_thenTheSecondIsAskedBesideItAndTheLoserStopped()
      throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    first.waits(end, true);
    var waiting = first.script;
    first.script = call -> {
      try {
        return waiting.apply(call);
      } finally {
        stopped.countDown();
      }
    };
    List<String> texts = new ArrayList<>();
    try (LlmRouter router = inRealTime().hedgeAfter(Duration.ofMillis(10)).build()) {
      LlmReply reply =
          router.complete(QUESTION, new LlmCall(Asking.TIME, new Cancellation(), texts::add));
      assertThat(reply.text()).isEqualTo("from second");
    }
    assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(texts).containsExactly("from second");
    assertThat(told()).containsExactly("b USED", "a LEFT");
    assertThat(routes.get(0).hedge()).isTrue();
  }

  @Test
  void whenAClientIgnoresItsTime_thenTheNextIsAskedAndTheCallStillEnds() {
    usesUpItsTime(first);
    try (LlmRouter router = both().executor(threads).build()) {
      assertThat(ask(router).text()).isEqualTo("from second");
    }
    usesUpItsTime(second);
    try (LlmRouter router =
        both().executor(threads).fallback(request -> "by rules").build()) {
      assertThat(ask(router).text()).isEqualTo("by rules");
    }
  }

  /** Lets its time pass and goes on. */
  private void usesUpItsTime(ScriptedClient client) {
    client.waits(end, false);
    var waiting = client.script;
    client.script = call -> {
      now.addAndGet(call.timeout().toNanos());
      return waiting.apply(call);
    };
  }

  @Test
  void whenTheCallerCancels_thenAllAttemptsAreStopped() {
    Cancellation cancellation = new Cancellation();
    first.waits(end, true);
    var waiting = first.script;
    first.script = call -> {
      cancellation.cancel();
      return waiting.apply(call);
    };
    try (LlmRouter router = inRealTime().fallback(request -> "by rules").build()) {
      LlmCall call = new LlmCall(Asking.TIME, cancellation, text -> {});
      assertThat(failure(router, call).code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void whenTheExecutorIsFull_thenTheRulesAnswer() {
    try (LlmRouter router = both()
        .executor(task -> {
          throw new RejectedExecutionException("full");
        })
        .fallback(request -> "by rules")
        .build()) {
      for (int k = 0; k < 20; k++) {
        assertThat(ask(router).text()).isEqualTo("by rules");
      }
      assertThat(router.leftAlone()).isEmpty();
    }
    assertThat(first.asked()).isZero();
  }

  @Test
  void whenClosed_thenEveryMemberIsClosedAndNobodyAnswers() {
    LlmRouter router = both().fallback(request -> "by rules").build();
    router.close();
    assertThat(first.closed).hasValue(1);
    assertThat(second.closed).hasValue(1);
    failsWith(router, ErrorCode.LLM_UNAVAILABLE);
  }

  @Test
  void whenARouterIsBuiltWrongly_thenItIsRefused() {
    LlmRouter.Builder none = LlmRouter.builder(now::get);
    assertThatThrownBy(none::build).hasMessageContaining("at least one");
    assertThatThrownBy(() -> both().member("a", first, 1)).hasMessageContaining("'a'");
    assertThatThrownBy(() -> both().member("rules", first, 1)).hasMessageContaining("rules");
    assertThatThrownBy(() -> both().member("c", first, 0)).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> both().mostAtOnce(0)).hasMessageContaining("at least 1");
    LlmRouter.Builder hedging = both().hedgeAfter(Duration.ZERO);
    assertThatThrownBy(hedging::build).hasMessageContaining("executor");
    Duration second1 = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new LlmBreakerSettings(10, 11, 0.5, second1, second1))
        .hasMessageContaining("minimumCalls");
  }
}
