package io.qilin.agents.llm;

import static io.qilin.agents.llm.Asking.ask;
import static io.qilin.agents.llm.Asking.failure;
import static io.qilin.agents.llm.Asking.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmUsage;
import io.qilin.testkit.FakeLlmReply;
import io.qilin.testkit.FakeLlmServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in forms that servers send and no specification knows. */
class OpenAiClientOddAnswersTest {
  private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";

  private final FakeLlmServer server = FakeLlmServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private LlmReply replyTo(FakeLlmReply answer, String... more) {
    server.answer(answer);
    try (LlmClient client = open(server.baseUri(), more)) {
      return ask(client);
    }
  }

  @Test
  void whenSeveralChoicesAreStreamed_thenTheFirstAloneIsTheAnswer() {
    LlmReply reply = replyTo(FakeLlmReply.events(
        "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"},\"finish_reason\":\"length\"}]}",
        "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"}},{\"index\":0,\"delta\":{\"content\":\"mine\"}}]}",
        STOP));
    assertThat(reply.text()).isEqualTo("mine");
    assertThat(reply.finish()).isEqualTo(LlmReply.Finish.STOP);
  }

  @Test
  void whenCallsOfToolsHaveNoIndex_thenTheirIdsTellThemApart() {
    String call =
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"%s\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]}}]}";
    LlmReply reply = replyTo(FakeLlmReply.events(
        String.format(call, "a", "one", "{"),
        String.format(call, "", "", "}"),
        String.format(call, "b", "two", "["),
        String.format(call, "b", "", ","),
        String.format(call, "", "", "]"),
        STOP));
    assertThat(reply.toolCalls())
        .extracting(each -> each.id() + " " + each.name() + " " + each.arguments())
        .containsExactly("a one {}", "b two [,]");
  }

  /** A use that cannot be is none, so that a budget counts the worst case instead of nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":0,\"completion_tokens\":0}",
        "{\"prompt_tokens\":7,\"completion_tokens\":0}",
        "{\"prompt_tokens\":0,\"completion_tokens\":5}",
        "{\"prompt_tokens\":-1,\"completion_tokens\":5}",
        "{\"prompt_tokens\":7,\"completion_tokens\":9223372036854775807}",
        "{\"prompt_tokens\":1e99,\"completion_tokens\":5}",
        "{\"prompt_tokens\":7}",
        "[7]"
      })
  void whenTheUseCannotBe_thenItIsNotKnown(String usage) {
    LlmReply reply = replyTo(FakeLlmReply.json(
        "{\"choices\":[{\"message\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}],\"usage\":"
            + usage + "}"));
    assertThat(reply.text()).isEqualTo("yes");
    assertThat(reply.usage()).isEmpty();
  }

  @Test
  void whenUseIsCountedAlongTheStream_thenTheLastCountStands() {
    String count = "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":%d}}";
    String text = "{\"choices\":[{\"delta\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}";
    assertThat(replyTo(FakeLlmReply.events(String.format(count, 0), text, String.format(count, 2)))
            .usage())
        .contains(new LlmUsage(7, 0, 2));
  }

  @Test
  void whenTheServersNameForTheModelIsABook_thenItIsNotTaken() {
    LlmReply reply = replyTo(FakeLlmReply.json("{\"model\":\"" + "m".repeat(100_000)
        + "\",\"choices\":[{\"message\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}"));
    assertThat(reply.model()).isEqualTo("custom/some-model");
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "303", "307", "308"})
  void whenAnotherHostIsPointedTo_thenItHearsNothing(int status) {
    try (FakeLlmServer other = FakeLlmServer.start();
        LlmClient client = open(server.baseUri())) {
      server.answer(
          FakeLlmReply.status(status, Map.of("Location", other.baseUri().toString()), ""));
      assertThat(failure(client).code()).isEqualTo(ErrorCode.LLM_REFUSED);
      assertThat(other.questions()).isEmpty();
    }
  }

  @Test
  void whenAnAnswerIsCompressedThoughNobodyAsked_thenItIsInvalid() {
    server.answer(
        FakeLlmReply.status(200, Map.of("Content-Encoding", "gzip"), "\u001f\u0000\u0000 a bomb"));
    try (LlmClient client = open(server.baseUri())) {
      assertThat(failure(client).code()).isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    }
  }

  @Test
  void whenTheHeadersAreEndless_thenTheCallFails() {
    server.answer(FakeLlmReply.status(200, Map.of("x-a", "a".repeat(20 << 20)), "{}"));
    try (LlmClient client = open(server.baseUri(), "attempts", "1")) {
      QilinException error = failure(client);
      assertThat(error.code()).isIn(ErrorCode.LLM_UNAVAILABLE, ErrorCode.LLM_INVALID_REPLY);
      assertThat(String.valueOf(error.getMessage())).hasSizeLessThan(1_000);
    }
  }

  /** One whose answer has come must not break the connection under the question of another. */
  @Test
  void when200CallsRunAtOnce_thenEachGetsItsAnswer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(200);
    try (LlmClient client = open(server.baseUri(), "attempts", "1")) {
      List<Future<String>> all = new ArrayList<>();
      for (int k = 0; k < 200; k++) {
        all.add(threads.submit(() -> ask(client).text()));
      }
      for (Future<String> one : all) {
        assertThat(one.get()).isEqualTo("ok");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whatever moment a client is closed at, its callers are told so in the words of the library. */
  @Test
  void whenAClientIsClosedUnderManyCalls_thenEachEndsWithAnAnswerOrAnError() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (int round = 0; round < 10; round++) {
        LlmClient client = open(server.baseUri());
        List<Future<String>> all = new ArrayList<>();
        for (int k = 0; k < 16; k++) {
          all.add(threads.submit(() -> {
            try {
              return ask(client).text();
            } catch (QilinException e) {
              return e.code().toString();
            }
          }));
        }
        client.close();
        for (Future<String> one : all) {
          assertThat(one.get()).isIn("ok", ErrorCode.LLM_UNAVAILABLE.toString());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
