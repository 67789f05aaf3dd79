package io.qilin.agents.llm;

import static io.qilin.agents.llm.Asking.QUESTION;
import static io.qilin.agents.llm.Asking.TIME;
import static io.qilin.agents.llm.Asking.ask;
import static io.qilin.agents.llm.Asking.failsWith;
import static io.qilin.agents.llm.Asking.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmReply.Finish;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import io.qilin.testkit.FakeLlmReply;
import io.qilin.testkit.FakeLlmServer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to a server that works, and what is made of its answers. */
class OpenAiClientTest {
  private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";
  private static final LlmSchema SCHEMA =
      new LlmSchema("view", "an opinion", "{\"type\":\"object\",\"properties\":{}}");

  private final FakeLlmServer server = FakeLlmServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private Json sent(int call) {
    return Json.parse(server.questions().get(call).body()).orElseThrow();
  }

  private LlmReply replyTo(FakeLlmReply answer) {
    server.answer(answer);
    try (LlmClient client = open(server.baseUri(), "attempts", "1")) {
      return ask(client);
    }
  }

  @Test
  void whenItStreams_thenTheAnswerIsPutTogether() {
    LlmReply reply = replyTo(FakeLlmReply.text("Buy ", "nothing", " 买入 \uD83D\uDE00 \"quoted\""));
    assertThat(reply.text()).isEqualTo("Buy nothing 买入 \uD83D\uDE00 \"quoted\"");
    assertThat(reply.finish()).isEqualTo(Finish.STOP);
    assertThat(reply.usage()).contains(new LlmUsage(7, 0, 3));
    assertThat(reply.model()).isEqualTo("fake");
    assertThat(sent(0).at("stream_options").at("include_usage").value()).isEqualTo(true);
  }

  @Test
  void whenTheModelDoesNotStream_thenTheWholeAnswerIsRead() {
    server.answer(FakeLlmReply.text("whole"));
    try (LlmClient client = open(server.baseUri(), "capabilities", "tools")) {
      assertThat(ask(client).text()).isEqualTo("whole");
    }
    assertThat(sent(0).at("stream").isThere()).isFalse();
    assertThat(sent(0).at("temperature").isThere()).isFalse();
  }

  @Test
  void whenLinesComeWhileTheQuestionWaits_thenTheyArePassedOver() {
    assertThat(replyTo(FakeLlmReply.json("\n\r\n\n  {\"choices\":[{\"message\":{\"content\":"
                + "\"late\"},\"finish_reason\":\"stop\"}]}"))
            .text())
        .isEqualTo("late");
    assertThat(replyTo(FakeLlmReply.stream(": keep-alive\n\n\r\n: x\r\nevent: m\rdata:"
                + "{\"choices\":[{\"delta\":{\"content\":\"late\"},\"finish_reason\":\ndata:"
                + "\"stop\"}]}\n\ndata: [DONE]\n\n"))
            .text())
        .isEqualTo("late");
  }

  @Test
  void whenTheRequestHasNumbers_thenTheyAreSent() {
    LlmRequest request = new LlmRequest(
        List.of(LlmMessage.system("Be brief."), LlmMessage.user("买?")),
        List.of(),
        Optional.empty(),
        77,
        OptionalDouble.of(0.5),
        OptionalLong.of(42));
    try (LlmClient client = open(
        server.baseUri(), "answer-limit", "max_completion_tokens", "reasoning-effort", "low")) {
      client.complete(request, LlmCall.within(TIME));
    }
    Json body = sent(0);
    assertThat(body.at("model").text()).contains("some-model");
    assertThat(body.at("max_completion_tokens").whole()).hasValue(77);
    assertThat(body.at("max_tokens").isThere()).isFalse();
    assertThat(body.at("seed").whole()).hasValue(42);
    assertThat(body.at("temperature").word()).contains("0.5");
    assertThat(body.at("reasoning_effort").text()).contains("low");
    assertThat(body.at("messages").items().get(0).at("role").text()).contains("system");
    assertThat(body.at("messages").items().get(1).at("content").text()).contains("买?");
    FakeLlmServer.Question question = server.questions().get(0);
    assertThat(question.path()).isEqualTo("/v1/chat/completions");
    assertThat(question.headers()).containsEntry("authorization", "Bearer " + Asking.KEY);
    assertThat(question.body()).doesNotContain(Asking.KEY);
  }

  @Test
  void whenToolsAreCalled_thenTheirFragmentsAreJoinedByIndex() {
    LlmReply reply = replyTo(FakeLlmReply.events(
        "{\"choices\":[{\"delta\":{\"content\":null,\"reasoning_content\":\"hm\",\"tool_calls\":["
            + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"news\",\"arguments\":\"\"}}]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":"
            + "\"price\",\"arguments\":\"{\\\"of\\\":\"}}]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}},"
            + "{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}}]}",
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}"));
    assertThat(reply.toolCalls())
        .containsExactly(
            new LlmToolCall("a", "price", "{\"of\":1}"), new LlmToolCall("b", "news", "{}"));
    assertThat(reply.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(reply.reasoning()).contains("hm");
  }

  @Test
  void whenAConversationUsedTools_thenItIsSentBackWithTheReasoning() {
    LlmToolCall call = new LlmToolCall("a", "price", "{}");
    LlmReply before = new LlmReply(
        "", List.of(call), Finish.TOOL_CALLS, Optional.empty(), "m", Optional.of("because"));
    LlmRequest request = LlmRequest.of(
            List.of(
                LlmMessage.user("?"), LlmMessage.assistant(before), LlmMessage.tool(call, "12.3")),
            10)
        .withTools(List.of(new LlmTool("price", "the price", "{\"type\":\"object\"}")));
    for (String can : List.of("tools,reasoning-echo", "tools")) {
      try (LlmClient client = open(server.baseUri(), "capabilities", can)) {
        client.complete(request, LlmCall.within(TIME));
      }
    }
    List<Json> messages = sent(0).at("messages").items();
    assertThat(messages.get(1).at("reasoning_content").text()).contains("because");
    assertThat(messages
            .get(1)
            .at("tool_calls")
            .items()
            .get(0)
            .at("function")
            .at("name")
            .text())
        .contains("price");
    assertThat(messages.get(2).at("role").text()).contains("tool");
    assertThat(messages.get(2).at("tool_call_id").text()).contains("a");
    assertThat(sent(0)
            .at("tools")
            .items()
            .get(0)
            .at("function")
            .at("parameters")
            .at("type")
            .text())
        .contains("object");
    assertThat(sent(1).at("messages").items().get(1).at("reasoning_content").isThere())
        .isFalse();
  }

  @Test
  void whenThinkingIsSwitched_thenEachProviderIsToldInItsWay() {
    String[] presets = {"deepseek", "qwen"};
    for (String preset : presets) {
      try (LlmClient client = open(server.baseUri(), "preset", preset, "thinking", "disabled")) {
        ask(client);
      }
    }
    assertThat(sent(0).at("thinking").at("type").text()).contains("disabled");
    assertThat(sent(1).at("enable_thinking").value()).isEqualTo(false);
  }

  @Test
  void whenASchemaIsKnown_thenTheServerEnforcesIt() {
    try (LlmClient client = open(server.baseUri())) {
      client.complete(QUESTION.withSchema(SCHEMA), LlmCall.within(TIME));
    }
    Json format = sent(0).at("response_format");
    assertThat(format.at("type").text()).contains("json_schema");
    assertThat(format.at("json_schema").at("strict").value()).isEqualTo(true);
    assertThat(format.at("json_schema").at("schema").at("type").text()).contains("object");
  }

  @Test
  void whenOnlyObjectsAreKnown_thenTheSchemaIsTold() {
    try (LlmClient client = open(server.baseUri(), "capabilities", "json-object")) {
      client.complete(QUESTION.withSchema(SCHEMA), LlmCall.within(TIME));
    }
    assertThat(sent(0).at("response_format").at("type").text()).contains("json_object");
    assertThat(sent(0).at("messages").items().get(0).at("content").text().orElseThrow())
        .contains("JSON", SCHEMA.json());
  }

  @Test
  void whenTheServerRefusesTheSchema_thenItIsAskedForAnObjectNowAndLater() {
    server.answer(question -> question.body().contains("json_schema")
        ? FakeLlmReply.error(400, "bad", "response_format type json_schema is unavailable")
        : FakeLlmReply.text("{}"));
    try (LlmClient client = open(server.baseUri(), "attempts", "1")) {
      for (int k = 0; k < 2; k++) {
        LlmReply reply = client.complete(QUESTION.withSchema(SCHEMA), LlmCall.within(TIME));
        assertThat(reply.text()).isEqualTo("{}");
      }
    }
    assertThat(server.questions()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "stop, STOP",
    "length, LENGTH",
    "tool_calls, TOOL_CALLS",
    "function_call, TOOL_CALLS",
    "content_filter, REFUSED",
    "something_new, OTHER"
  })
  void whenTheAnswerEnds_thenItsReasonIsKept(String reason, Finish finish) {
    LlmReply reply = replyTo(FakeLlmReply.json(
        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"" + reason + "\"}]}"));
    assertThat(reply.finish()).isEqualTo(finish);
    assertThat(reply.usage()).isEmpty();
  }

  @Test
  void whenTheModelRefuses_thenThatGoesBeforeTheContent() {
    LlmReply reply = replyTo(FakeLlmReply.json("{\"choices\":[{\"message\":{\"content\":null,"
        + "\"refusal\":\"I will not\"},\"finish_reason\":\"stop\"}]}"));
    assertThat(reply.finish()).isEqualTo(Finish.REFUSED);
    assertThat(reply.text()).isEqualTo("I will not");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompt_tokens\":9,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":4}}|4",
        "{\"prompt_tokens\":9,\"completion_tokens\":2,\"prompt_cache_hit_tokens\":5}|5",
        "{\"prompt_tokens\":9,\"completion_tokens\":2,\"cached_tokens\":6}|6",
        "{\"prompt_tokens\":9,\"completion_tokens\":2,\"cached_tokens\":60}|0"
      })
  void whenTheServerCachedTheQuestion_thenTheUseSaysSo(String usage, long cached) {
    LlmReply reply = replyTo(FakeLlmReply.events(STOP, "{\"choices\":[],\"usage\":" + usage + "}"));
    assertThat(reply.usage()).contains(new LlmUsage(9, cached, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompt_tokens\":-9,\"completion_tokens\":2}",
        "{\"prompt_tokens\":1e3,\"completion_tokens\":2}",
        "{\"prompt_tokens\":\"9\",\"completion_tokens\":2}",
        "{\"prompt_tokens\":9}",
        "[]",
        "7"
      })
  void whenTheUseIsNoCount_thenItIsUnknown(String usage) {
    assertThat(replyTo(FakeLlmReply.events(STOP, "{\"choices\":[],\"usage\":" + usage + "}"))
            .usage())
        .isEmpty();
  }

  @Test
  void whenTheRequestCannotBeServed_thenNothingIsSent() {
    try (LlmClient client = open(server.baseUri(), "max-output-tokens", "50")) {
      failsWith(client, ErrorCode.UNSUPPORTED);
    }
    assertThat(server.questions()).isEmpty();
  }

  @Test
  void whenManyAsk_thenOneConnectionAfterAnotherServesThem() {
    try (LlmClient client = open(server.baseUri())) {
      for (int k = 0; k < 50; k++) {
        assertThat(ask(client).text()).isEqualTo("ok");
      }
      assertThat(client).hasToString("custom/some-model");
    }
  }
}
