package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qilin.agents.llm.OpenAiCompatibleProvider;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.testkit.FakeLlmServer;
import io.qilin.testkit.LlmProviderTck;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A decorated language model keeps the contract of language models, and ends in time. */
@Timeout(60)
class ResilientLlmClientTest extends LlmProviderTck {
  private static final ExecutorService POOL = Executors.newCachedThreadPool();
  private static final LlmRequest QUESTION =
      LlmRequest.of(List.of(LlmMessage.user("What now?")), 100);

  private final FakeLlmServer server = FakeLlmServer.start();
  private final Guard guard = new Guard();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    server.close();
    guard.close();
  }

  @AfterAll
  static void stop() {
    POOL.shutdownNow();
  }

  /** A provider whose clients are decorated. */
  public static final class Decorated implements LlmProvider {
    private final LlmProvider open = new OpenAiCompatibleProvider();

    /** For the service loader. */
    public Decorated() {}

    @Override
    public String id() {
      return open.id();
    }

    @Override
    public LlmClient open(Map<String, String> settings, SecretProvider secrets) {
      return ResilientLlmClient.of(
          open.open(settings, secrets),
          Resilience.builder(
                  "llm", Guard.PATIENT, POOL, System::nanoTime, SettableClock.at(Guard.START), 7)
              .build());
    }
  }

  @Override
  protected LlmProvider provider() {
    return new Decorated();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("preset", "glm", "base-uri", server.baseUri().toString(), "model", "glm-x");
  }

  @Override
  protected SecretProvider secrets() {
    return name -> Optional.of(Secret.of("sk-of-nobody"));
  }

  private static ErrorCode code(Throwable thrown) {
    assertThat(thrown).isInstanceOf(QilinException.class);
    return ((QilinException) thrown).code();
  }

  private ResilientLlmClient client(LlmClient inner) {
    return ResilientLlmClient.of(inner, guard.of(Guard.POOLED));
  }

  @Test
  void whenTheModelIsSilent_thenTheCallEndsInItsOwnTime() {
    LlmClient silent = ScriptedLlm.always((request, call) -> {
      guard.pass(call.timeout());
      return ScriptedLlm.silence(end).answer(request, call);
    });
    Throwable thrown = catchThrowable(
        () -> client(silent).complete(QUESTION, LlmCall.within(Duration.ofSeconds(1))));
    assertThat(code(thrown)).isEqualTo(ErrorCode.LLM_TIMEOUT);
  }

  @Test
  void whenTheCallerCancels_thenAModelThatDoesNotHeedItIsLeft() {
    LlmClient silent = ScriptedLlm.always(ScriptedLlm.silence(end));
    Cancellation cancellation = new Cancellation();
    guard.pool.execute(cancellation::cancel);
    Throwable thrown = catchThrowable(() -> client(silent)
        .complete(QUESTION, new LlmCall(Duration.ofHours(1), cancellation, text -> {})));
    assertThat(code(thrown)).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void whenTheAttemptIsGivenUp_thenItsOwnCancellationIsOn() {
    CountDownLatch told = new CountDownLatch(1);
    LlmClient heeding = ScriptedLlm.always((request, call) -> {
      guard.pass(Duration.ofHours(1));
      while (!call.cancellation().isCancelled()) {
        Thread.onSpinWait();
      }
      told.countDown();
      throw new QilinException(ErrorCode.CANCELLED, "heeded");
    });
    assertThatThrownBy(
            () -> client(heeding).complete(QUESTION, LlmCall.within(Duration.ofSeconds(1))))
        .isInstanceOf(QilinException.class);
    Guard.await(told);
  }

  @Test
  void whenTheFirstAttemptFails_thenTheSecondAnswers() {
    ScriptedLlm flaky =
        ScriptedLlm.of(ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE), ScriptedLlm.text("well"));
    ResilientLlmClient client = client(flaky);
    assertThat(client.complete(QUESTION, LlmCall.within(Duration.ofSeconds(5))).text())
        .isEqualTo("well");
    assertThat(client.attempts()).isEqualTo(2);
    assertThat(client.models()).containsExactly(ScriptedLlm.MODEL);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"LLM_REFUSED", "LLM_BUDGET_EXHAUSTED", "LLM_NOT_RECORDED", "UNSUPPORTED"})
  void whenAskingAgainCannotHelp_thenItIsAskedOnce(ErrorCode failure) {
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.failure(failure));
    Throwable thrown = catchThrowable(
        () -> client(model).complete(QUESTION, LlmCall.within(Duration.ofSeconds(5))));
    assertThat(code(thrown)).isEqualTo(failure);
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void whenTheBreakerIsOpen_thenTheModelIsUnavailable() {
    ScriptedLlm model = ScriptedLlm.always(ScriptedLlm.text("well"));
    Resilience resilience = guard.of(Guard.POOLED);
    Guard.open(resilience);
    Throwable thrown = catchThrowable(() -> ResilientLlmClient.of(model, resilience)
        .complete(QUESTION, LlmCall.within(Duration.ofSeconds(5))));
    assertThat(code(thrown)).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void whenTheCallersConsumerThrows_thenThatIsNoFailureOfTheModel() {
    ScriptedLlm talking = ScriptedLlm.always((request, call) -> {
      call.onText().accept("piece");
      return ScriptedLlm.text("well").answer(request, call);
    });
    QilinException own = new QilinException(ErrorCode.DATA_FETCH, "the caller's");
    LlmCall call = new LlmCall(Duration.ofSeconds(5), new Cancellation(), text -> {
      throw own;
    });
    assertThatThrownBy(() -> client(talking).complete(QUESTION, call)).isSameAs(own);
    assertThat(talking.requests()).hasSize(1);
  }

  @Test
  void whenAnAnswerHasManyPieces_thenAllComeInTheirOrder() {
    LlmClient talking = ScriptedLlm.always((request, call) -> {
      for (int i = 0; i < 5_000; i++) {
        call.onText().accept(i + " ");
      }
      return ScriptedLlm.text("well").answer(request, call);
    });
    StringBuilder heard = new StringBuilder();
    StringBuilder said = new StringBuilder();
    client(talking)
        .complete(QUESTION, new LlmCall(Duration.ofSeconds(5), new Cancellation(), heard::append));
    for (int i = 0; i < 5_000; i++) {
      said.append(i).append(' ');
    }
    assertThat(heard.toString()).isEqualTo(said.toString());
  }

  @Test
  void whenAStreamHasNoEnd_thenTheCallHas() {
    LlmClient endless = ScriptedLlm.always((request, call) -> {
      while (true) {
        call.onText().accept("and so on ");
      }
    });
    LlmCall call = new LlmCall(
        Duration.ofSeconds(5), new Cancellation(), text -> guard.pass(Duration.ofMillis(1)));
    Throwable thrown = catchThrowable(() -> client(endless).complete(QUESTION, call));
    assertThat(code(thrown)).isEqualTo(ErrorCode.LLM_TIMEOUT);
  }
}
