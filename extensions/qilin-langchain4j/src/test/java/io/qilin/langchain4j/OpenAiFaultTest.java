package io.qilin.langchain4j;

import static io.qilin.langchain4j.ScriptedModels.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmUsage;
import io.qilin.api.secret.Secret;
import io.qilin.testkit.FakeLlmReply;
import io.qilin.testkit.FakeLlmServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LangChain4j's client of OpenAI before a server that fails in every way, and is well again. */
@Timeout(120)
class OpenAiFaultTest {
  private static final LlmCall MINUTE = LlmCall.within(Duration.ofMinutes(1));
  private final FakeLlmServer server = FakeLlmServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static LlmClient open(String uri, boolean streaming) {
    return new OpenAiModels()
        .open(
            Map.of(
                "model",
                "gpt-x",
                "base-url",
                uri,
                "capabilities",
                (streaming ? "streaming," : "") + "tools,json-schema"),
            name -> Optional.of(Secret.of("sk-canary")));
  }

  private static ErrorCode code(LlmClient client, LlmCall call) {
    Throwable thrown = catchThrowable(() -> client.complete(question("Say ok."), call));
    assertThat(thrown).isInstanceOf(QilinException.class);
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain("canary");
    return ((QilinException) thrown).code();
  }

  private void failsAndRecovers(FakeLlmReply bad, boolean streaming, ErrorCode expected) {
    try (LlmClient client = open(server.baseUri().toString(), streaming)) {
      server.answer(bad);
      assertThat(code(client, MINUTE)).isEqualTo(expected);
      server.answer(FakeLlmReply.text("o", "k"));
      LlmReply reply = client.complete(question("Say ok."), MINUTE);
      assertThat(reply.text()).isEqualTo("ok");
      assertThat(reply.usage()).contains(new LlmUsage(7, 0, 3));
      assertThat(reply.finish()).isEqualTo(LlmReply.Finish.STOP);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request, LLM_REFUSED",
    "401, invalid_api_key, LLM_REFUSED",
    "403, forbidden, LLM_REFUSED",
    "404, model_not_found, LLM_REFUSED",
    "408, timeout, LLM_TIMEOUT",
    "429, rate_limit_exceeded, LLM_RATE_LIMITED",
    "429, insufficient_quota, LLM_REFUSED",
    "500, server_error, LLM_UNAVAILABLE",
    "503, overloaded, LLM_UNAVAILABLE"
  })
  void whenTheServerRefusesOrFails_thenItIsACodeAndRecovers(
      int status, String code, ErrorCode expected) {
    FakeLlmReply bad = FakeLlmReply.error(status, code, "no, sk-canary");
    failsAndRecovers(bad, false, expected);
    failsAndRecovers(bad, true, expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenTheServerIsDownAtTheStart_thenItIsUnavailable(boolean streaming) {
    try (LlmClient client = open(FakeLlmServer.nobody().toString(), streaming)) {
      assertThat(code(client, MINUTE)).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
    }
  }

  @Test
  void whenTheServerDiesInTheMiddle_thenItIsUnavailable() {
    failsAndRecovers(FakeLlmReply.resetMidStream(), true, ErrorCode.LLM_UNAVAILABLE);
    try (LlmClient client = open(server.baseUri().toString(), true)) {
      assertThat(client.complete(question("Say ok."), MINUTE).text()).isEqualTo("ok");
      server.close();
      assertThat(code(client, MINUTE)).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<html>canary, LLM_INVALID_REPLY",
    "[], LLM_INVALID_REPLY",
    "null, LLM_INVALID_REPLY",
    "{}, LLM_UNAVAILABLE",
    "'{\"choices\":[]}', LLM_UNAVAILABLE"
  })
  void whenTheServerAnswersGarbage_thenItIsNoAnswer(String body, ErrorCode expected) {
    failsAndRecovers(FakeLlmReply.json(body), false, expected);
    failsAndRecovers(FakeLlmReply.json(body), true, ErrorCode.LLM_UNAVAILABLE);
  }

  @Test
  void whenAStreamIsCutOffOrTellsOfAnError_thenItIsNoAnswer() {
    failsAndRecovers(
        FakeLlmReply.stream("data: {\"model\":\"fake\",\"choices\":[{\"index\":0,\"delta\":"
            + "{\"content\":\"half\"},\"finish_reason\":null}]}\n\n"),
        true,
        ErrorCode.LLM_UNAVAILABLE);
    failsAndRecovers(
        FakeLlmReply.errorMidStream("server_error", "canary"), true, ErrorCode.LLM_UNAVAILABLE);
    failsAndRecovers(FakeLlmReply.events("nonsense"), true, ErrorCode.LLM_INVALID_REPLY);
  }

  @Test
  void whenTheServerSpeaksNoHttp_thenItIsUnavailable() {
    failsAndRecovers(FakeLlmReply.notHttp(), false, ErrorCode.LLM_UNAVAILABLE);
  }

  @Test
  void whenTheServerNeverEnds_thenTheAnswerIsCutOffAtItsLimit() {
    failsAndRecovers(FakeLlmReply.endless(), true, ErrorCode.LLM_INVALID_REPLY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenTheServerIsSilent_thenTheTimeOfTheCallEndsIt(boolean streaming) {
    try (LlmClient client = open(server.baseUri().toString(), streaming)) {
      server.answer(FakeLlmReply.silence());
      assertThat(code(client, LlmCall.within(Duration.ofMillis(300))))
          .isEqualTo(ErrorCode.LLM_TIMEOUT);
      server.answer(FakeLlmReply.text("ok"));
      assertThat(client.complete(question("Say ok."), MINUTE).text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenToolsAndAFormAreAsked_thenTheyReachTheServerAsTheyWereWritten(boolean streaming) {
    String parameters =
        "{\"type\":\"object\",\"properties\":{\"code\":{\"type\":\"string\",\"pattern\":\"^[0-9]{6}$\"}},\"required\":[\"code\"]}";
    String form =
        "{\"type\":\"object\",\"properties\":{\"up\":{\"type\":\"boolean\"}},\"required\":[\"up\"],\"additionalProperties\":false}";
    LlmRequest request = question("Say ok.")
        .withTools(List.of(new LlmTool("price", "the price", parameters)))
        .withSchema(new LlmSchema("verdict", "a verdict", form));
    try (LlmClient client = open(server.baseUri().toString(), streaming)) {
      client.complete(request, MINUTE);
    }
    String body = server.questions().get(0).body().replaceAll("\\s", "");
    assertThat(body)
        .contains("\"pattern\":\"^[0-9]{6}$\"", "\"required\":[\"code\"]", "\"name\":\"verdict\"")
        .contains("\"up\":{\"type\":\"boolean\"}", "\"additionalProperties\":false");
    assertThat(server.questions().get(0).headers().get("authorization"))
        .isEqualTo("Bearer sk-canary");
  }
}
