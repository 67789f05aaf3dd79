package io.qilin.agents.llm;

import static io.qilin.agents.llm.Asking.ask;
import static io.qilin.agents.llm.Asking.failsWith;
import static io.qilin.agents.llm.Asking.failure;
import static io.qilin.agents.llm.Asking.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.progress.Cancellation;
import io.qilin.testkit.FakeLlmReply;
import io.qilin.testkit.FakeLlmServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that fails, over real HTTP. */
class OpenAiClientFaultsTest {
  private static final Duration SHORT = Duration.ofMillis(250);

  private final FakeLlmServer server = FakeLlmServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private QilinException failureOf(FakeLlmReply answer, String... more) {
    server.answer(answer);
    try (LlmClient client = new Asking.VirtualTime().open(server.baseUri(), more)) {
      return failure(client);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, LLM_REFUSED, 1, redirects",
    "400, LLM_REFUSED, 1, check the request",
    "401, LLM_REFUSED, 1, check the key",
    "402, LLM_REFUSED, 1, top up",
    "403, LLM_REFUSED, 1, check the key",
    "404, LLM_REFUSED, 1, base-uri",
    "422, LLM_REFUSED, 1, check the request",
    "408, LLM_TIMEOUT, 3, later",
    "409, LLM_UNAVAILABLE, 3, later",
    "429, LLM_RATE_LIMITED, 3, less often",
    "500, LLM_UNAVAILABLE, 3, later",
    "503, LLM_UNAVAILABLE, 3, later",
    "529, LLM_UNAVAILABLE, 3, later"
  })
  void whenTheServerAnswersAStatus_thenItIsTriedAgainOnlyIfThatHelps(
      int status, ErrorCode code, int attempts, String mend) {
    QilinException error = failureOf(FakeLlmReply.error(status, "x", "said\nso"), "attempts", "3");
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining(String.valueOf(status), "'said\\u000Aso'", mend);
    assertThat(server.questions()).hasSize(attempts);
  }

  @Test
  void whenTheQuotaIsUsedUp_thenItIsNotTriedAgain() {
    QilinException error = failureOf(FakeLlmReply.error(429, "insufficient_quota", "pay"));
    assertThat(error.code()).isEqualTo(ErrorCode.LLM_REFUSED);
    assertThat(error).hasMessageContaining("top up");
    assertThat(server.questions()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"400, true, 2", "500, false, 1", "500, maybe, 2"})
  void whenTheServerSaysWhetherToRetry_thenItIsBelieved(int status, String said, int attempts) {
    failureOf(FakeLlmReply.error(status, "x", "y", Map.of("x-should-retry", said)));
    assertThat(server.questions()).hasSize(attempts);
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after-ms, 1500, 1500",
    "retry-after, 3, 3000",
    "retry-after, 0.25, 250",
    "retry-after, 'Thu, 26 Nov 2026 10:00:07 GMT', 7000",
    "retry-after, 'Thu, 26 Nov 2026 09:00:00 GMT', 0"
  })
  void whenTheServerSaysWhen_thenThatIsWaitedFor(String header, String value, long millis) {
    server.answer(
        FakeLlmReply.error(
            503, "x", "y", Map.of(header, value, "date", "Thu, 26 Nov 2026 10:00:00 GMT")),
        FakeLlmReply.text("now"));
    Asking.VirtualTime time = new Asking.VirtualTime();
    try (LlmClient client = time.open(server.baseUri())) {
      assertThat(ask(client).text()).isEqualTo("now");
    }
    assertThat(time.waited()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void whenTheServerDoesNotSayWhen_thenTheWaitsGrow() {
    server.answer(FakeLlmReply.error(500, "x", "y"));
    Asking.VirtualTime time = new Asking.VirtualTime();
    try (LlmClient client = time.open(server.baseUri(), "attempts", "4")) {
      failsWith(client, ErrorCode.LLM_UNAVAILABLE);
    }
    assertThat(time.waited()).isBetween(Duration.ofMillis(2625), Duration.ofMillis(3500));
  }

  @Test
  void whenTheWaitIsLongerThanTheCall_thenTheCallEndsAtOnce() {
    Asking.VirtualTime time = new Asking.VirtualTime();
    for (String wait : new String[] {"3600", "99999999999", "999999999999999999"}) {
      server.answer(FakeLlmReply.error(429, "x", "y", Map.of("retry-after", wait)));
      try (LlmClient client = time.open(server.baseUri())) {
        failsWith(client, ErrorCode.LLM_RATE_LIMITED);
      }
    }
    assertThat(server.questions()).hasSize(3);
    assertThat(time.waited()).isZero();
  }

  @Test
  void whenTheServerRepeatsTheKey_thenTheMessageDoesNot() {
    QilinException error =
        failureOf(FakeLlmReply.error(401, "x", "Incorrect key " + Asking.KEY + " given"));
    assertThat(error).hasMessageContaining("Incorrect key *** given");
  }

  @Test
  void whenNobodyListens_thenItIsUnavailable() {
    URI nobody = FakeLlmServer.nobody();
    try (LlmClient client = new Asking.VirtualTime().open(nobody)) {
      QilinException error = failure(client);
      assertThat(error.code()).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
      assertThat(error).hasMessageContaining("cannot be reached");
    }
  }

  @Test
  void whenThereIsNoTls_thenItIsUnavailableAndNotTriedAgain() {
    try (LlmClient client = open(server.brokenTlsUri())) {
      QilinException error = failure(client);
      assertThat(error.code()).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
      assertThat(error).hasMessageContaining("TLS");
    }
    assertThat(server.questions()).isEmpty();
  }

  @Test
  void whenTheConnectionIsResetMidStream_thenItIsTriedAgain() {
    server.answer(FakeLlmReply.resetMidStream(), FakeLlmReply.text("whole"));
    try (LlmClient client = new Asking.VirtualTime().open(server.baseUri())) {
      assertThat(ask(client).text()).isEqualTo("whole");
    }
  }

  @Test
  void whenTheConnectionIsAlwaysReset_thenItIsUnavailable() {
    assertThat(failureOf(FakeLlmReply.resetMidStream()).code())
        .isEqualTo(ErrorCode.LLM_UNAVAILABLE);
    assertThat(server.questions()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limit_exceeded, LLM_RATE_LIMITED, 2",
    "insufficient_quota, LLM_REFUSED, 1",
    "invalid_request_error, LLM_REFUSED, 1",
    "server_error, LLM_UNAVAILABLE, 2"
  })
  void whenAnErrorComesMidStream_thenItIsNoAnswer(String said, ErrorCode code, int attempts) {
    QilinException error = failureOf(FakeLlmReply.errorMidStream(said, "sorry"));
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining("sorry");
    assertThat(server.questions()).hasSize(attempts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "{\"choices\":[",
        "[1,2]",
        "7",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "<html>login</html>",
        "\u0000"
      })
  void whenTheAnswerIsNoObject_thenItIsInvalid(String body) {
    assertThat(failureOf(FakeLlmReply.json(body)).code()).isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    assertThat(failureOf(FakeLlmReply.stream("data: " + body + "\n\n")).code())
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
  }

  @Test
  void whenTheAnswerIsNested10000Deep_thenItIsInvalid() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(failureOf(FakeLlmReply.json("{\"choices\":" + deep + "}")).code())
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
  }

  @Test
  void whenAStreamHasNoEnd_thenTheAnswerIsIncomplete() {
    String half = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    assertThat(failureOf(FakeLlmReply.stream(half)).code()).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
    String lacking =
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]}";
    assertThat(failureOf(FakeLlmReply.events(lacking)).code()).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
  }

  @Test
  void whenItIsNotHttp_thenItIsUnavailable() {
    assertThat(failureOf(FakeLlmReply.notHttp()).code()).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
  }

  @Test
  void whenTheAnswerIsEndlessOrTooLarge_thenItIsCutOff() {
    assertThat(failureOf(FakeLlmReply.endless()).code()).isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    assertThat(failureOf(FakeLlmReply.large(10 << 20)).code())
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    assertThat(failureOf(FakeLlmReply.large(10 << 20), "capabilities", "tools").code())
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    String calls = "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1000000}]}}]}";
    assertThat(failureOf(FakeLlmReply.events(calls)).code()).isEqualTo(ErrorCode.LLM_INVALID_REPLY);
  }

  @Test
  void whenTheServerIsSilent_thenTheSilenceEndsTheAttempt() {
    server.answer(FakeLlmReply.silence(), FakeLlmReply.text("awake"));
    // Should the second answer be slow for once, the third is taken.
    try (LlmClient client = open(server.baseUri(), "idle-timeout", "PT0.2S", "attempts", "10")) {
      assertThat(ask(client).text()).isEqualTo("awake");
    }
  }

  @Test
  void whenTheServerIsSilentForLongerThanTheCall_thenTheCallEnds() {
    server.answer(FakeLlmReply.silence());
    try (LlmClient client = open(server.baseUri())) {
      assertThat(failure(client, LlmCall.within(SHORT)).code()).isEqualTo(ErrorCode.LLM_TIMEOUT);
    }
  }

  @Test
  void whenBytesKeepComing_thenTheyAreNoSilenceButTheCallEnds() {
    for (FakeLlmReply slow : new FakeLlmReply[] {
      FakeLlmReply.slowly(Duration.ofMillis(20), "never ready"),
      FakeLlmReply.queuedForEver(Duration.ofMillis(20))
    }) {
      server.answer(slow);
      int before = server.questions().size();
      AtomicLong now = new AtomicLong();
      // Time stands still until the server was asked, and then passes as it is looked at.
      LongSupplier ticker =
          () -> server.questions().size() > before ? now.addAndGet(1_000_000) : now.get();
      try (LlmClient client = new OpenAiCompatibleProvider(ticker)
          .open(Asking.settings(server.baseUri(), "idle-timeout", "PT5S"), Asking.SECRETS)) {
        QilinException error = failure(client, LlmCall.within(SHORT));
        assertThat(error.code()).isEqualTo(ErrorCode.LLM_TIMEOUT);
        assertThat(error).hasMessageContaining("PT0.25S");
      }
    }
    assertThat(server.questions()).hasSize(2);
  }

  @Test
  void whenTheBytesAreSlowButInTime_thenTheAnswerIsRead() {
    server.answer(FakeLlmReply.slowly(Duration.ofNanos(1), "slow"));
    try (LlmClient client = open(server.baseUri())) {
      assertThat(ask(client).text()).isEqualTo("slow");
    }
  }

  @Test
  void whenTheCallerCancels_thenTheCallEnds() {
    server.answer(FakeLlmReply.endless());
    Cancellation cancellation = new Cancellation();
    LlmCall call = new LlmCall(Asking.TIME, cancellation, piece -> cancellation.cancel());
    try (LlmClient client = open(server.baseUri())) {
      assertThat(failure(client, call).code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void whenTheClientIsClosed_thenACallThatWaitsFails() {
    LlmClient client = open(server.baseUri());
    server.answer(question -> {
      client.close();
      return FakeLlmReply.silence();
    });
    failsWith(client, ErrorCode.LLM_UNAVAILABLE);
  }

  @Test
  void whenTheThreadIsInterrupted_thenTheCallEndsAndTheThreadStaysInterrupted() {
    Thread asking = Thread.currentThread();
    server.answer(question -> {
      asking.interrupt();
      return FakeLlmReply.silence();
    });
    try (LlmClient client = open(server.baseUri())) {
      QilinException error = failure(client);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void whenTheReceiverOfTextFails_thenItsFailureIsTheCallers() {
    IndexOutOfBoundsException own = new IndexOutOfBoundsException("the caller's");
    LlmCall call = new LlmCall(Asking.TIME, new Cancellation(), piece -> {
      throw own;
    });
    try (LlmClient client = open(server.baseUri())) {
      CompletableFuture<Object> asked = new CompletableFuture<>();
      try {
        asked.complete(client.complete(Asking.QUESTION, call));
      } catch (IndexOutOfBoundsException e) {
        asked.completeExceptionally(e);
      }
      assertThat(asked).isCompletedExceptionally();
    }
  }
}
