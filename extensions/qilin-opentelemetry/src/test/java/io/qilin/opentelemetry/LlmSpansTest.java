package io.qilin.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import io.qilin.testkit.ScriptedLlm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LlmSpansTest {
  private static final LlmCall CALL = LlmCall.within(Duration.ofSeconds(30));

  private final Telemetry host = new Telemetry();
  private final AtomicLong nanos = new AtomicLong();
  private final QilinTelemetry telemetry =
      QilinTelemetry.of(host.sdk(), () -> nanos.addAndGet(1_500_000_000L));

  @AfterEach
  void close() {
    host.close();
  }

  private static LlmRequest question(String text) {
    return new LlmRequest(
        List.of(LlmMessage.system("be brief"), LlmMessage.user(text)),
        List.of(),
        Optional.empty(),
        100,
        OptionalDouble.of(0.5),
        OptionalLong.of(7));
  }

  /** A model of a provider that answers with given words and usage. */
  private static LlmClient answering(String provider, LlmReply reply) {
    LlmModel model = new LlmModel(provider, "m-1", Set.of(), 1000, 100, Optional.empty());
    return new LlmClient() {
      @Override
      public LlmModel model() {
        return model;
      }

      @Override
      public LlmReply complete(LlmRequest request, LlmCall call) {
        return reply;
      }

      @Override
      public void close() {}
    };
  }

  private static LlmReply reply(String text, LlmReply.Finish finish) {
    return new LlmReply(
        text,
        List.of(),
        finish,
        Optional.of(new LlmUsage(12, 3, 5)),
        "m-1-0613",
        Optional.of("canary reasoning"));
  }

  @Test
  void whenAModelAnswers_thenTheSpanHasTheAttributesOfTheConventions() {
    LlmReply reply = reply("canary answer", LlmReply.Finish.STOP);
    try (LlmClient client = telemetry.trace(answering("kimi", reply))) {
      assertThat(client.complete(question("canary question"), CALL)).isSameAs(reply);
    }
    SpanData span = host.span("chat m-1");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getAttributes().asMap())
        .hasSize(11)
        .containsEntry(AttributeKey.stringKey("gen_ai.operation.name"), "chat")
        .containsEntry(AttributeKey.stringKey("gen_ai.provider.name"), "moonshot_ai")
        .containsEntry(AttributeKey.stringKey("gen_ai.request.model"), "m-1")
        .containsEntry(AttributeKey.longKey("gen_ai.request.max_tokens"), 100L)
        .containsEntry(AttributeKey.doubleKey("gen_ai.request.temperature"), 0.5)
        .containsEntry(AttributeKey.longKey("gen_ai.request.seed"), 7L)
        .containsEntry(AttributeKey.stringKey("gen_ai.response.model"), "m-1-0613")
        .containsEntry(
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of("stop"))
        .containsEntry(AttributeKey.longKey("gen_ai.usage.input_tokens"), 12L)
        .containsEntry(AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens"), 3L)
        .containsEntry(AttributeKey.longKey("gen_ai.usage.output_tokens"), 5L);
    assertThat(host.spans().toString()).doesNotContain("canary").doesNotContain("be brief");
    assertThat(telemetry.failures()).isZero();
  }

  @Test
  void whenAModelAnswersOrFails_thenTimeAndTokensAreMeasured() {
    LlmClient good = telemetry.trace(answering("openai", reply("", LlmReply.Finish.LENGTH)));
    good.complete(question("a"), CALL);
    LlmClient bad = telemetry.trace(ScriptedLlm.of(ScriptedLlm.failure(ErrorCode.LLM_TIMEOUT)));
    assertThatThrownBy(() -> bad.complete(question("b"), CALL)).isInstanceOf(QilinException.class);
    assertThat(host.metric("gen_ai.client.operation.duration").getUnit()).isEqualTo("s");
    List<HistogramPointData> times = new ArrayList<>(
        host.metric("gen_ai.client.operation.duration").getHistogramData().getPoints());
    assertThat(times).hasSize(2).allSatisfy(point -> {
      assertThat(point.getSum()).isEqualTo(1.5);
      assertThat(point.getBoundaries()).startsWith(0.01, 0.02).endsWith(81.92);
    });
    assertThat(times)
        .extracting(point -> point.getAttributes().get(Keys.ERROR_TYPE))
        .containsExactlyInAnyOrder(null, "QILIN-3103");
    assertThat(host.metric("gen_ai.client.token.usage").getHistogramData().getPoints())
        .extracting(point -> point.getAttributes().get(Keys.TOKEN_TYPE) + " " + point.getSum())
        .containsExactlyInAnyOrder("input 12.0", "output 5.0");
  }

  @Test
  void whenAModelFails_thenTheSpanHasTheCodeAndTheFailureIsTheSame() {
    QilinException failure = new QilinException(ErrorCode.LLM_REFUSED, "canary in the message");
    LlmClient client = telemetry.trace(ScriptedLlm.always((request, call) -> {
      throw failure;
    }));
    assertThatThrownBy(() -> client.complete(question("q"), CALL)).isSameAs(failure);
    SpanData span = host.span("chat scripted-1");
    assertThat(Telemetry.text(span, "error.type")).isEqualTo("QILIN-3101");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.toString()).doesNotContain("canary");
  }

  @Test
  void whenContentIsAllowed_thenItIsRedactedAndThenCut() {
    QilinTelemetry open = QilinTelemetry.builder(host.sdk(), () -> 0)
        .content(text -> text.replaceAll("sk-[a-z0-9]+", "***"), 20)
        .build();
    LlmMessage asks = LlmMessage.assistant(new LlmReply(
        "",
        List.of(new LlmToolCall("c1", "look", "{\"day\":1}")),
        LlmReply.Finish.TOOL_CALLS,
        Optional.empty(),
        "m",
        Optional.of("canary reasoning")));
    LlmRequest request = LlmRequest.of(
        List.of(
            LlmMessage.user("0123456789012345 sk-secret123 and more"),
            asks,
            LlmMessage.tool(asks.toolCalls().get(0), "a \"quote\"\n")),
        10);
    open.trace(answering("openai", reply("good", LlmReply.Finish.REFUSED))).complete(request, CALL);
    SpanData span = host.span("chat m-1");
    assertThat(Telemetry.text(span, "gen_ai.input.messages"))
        .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":"
            + "\"0123456789012345 ***…\"}]},"
            + "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c1\","
            + "\"name\":\"look\",\"arguments\":\"{\\\"day\\\":1}\"}]},"
            + "{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"c1\","
            + "\"response\":\"a \\\"quote\\\"\\u000a\"}]}]");
    assertThat(Telemetry.text(span, "gen_ai.output.messages"))
        .isEqualTo("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"good\"}],"
            + "\"finish_reason\":\"content_filter\"}]");
    assertThat(span.toString()).doesNotContain("secret123").doesNotContain("canary");
  }

  @Test
  void whenTheRedactorFails_thenTheTextIsLeftOutAndTheCallIsNot() {
    QilinTelemetry open = QilinTelemetry.builder(host.sdk(), () -> 0)
        .content(text -> Integer.toString(Integer.parseInt(text)), 100)
        .build();
    LlmReply reply = reply("canary", LlmReply.Finish.STOP);
    assertThat(open.trace(answering("openai", reply)).complete(question("canary"), CALL))
        .isSameAs(reply);
    assertThat(host.span("chat m-1").toString())
        .doesNotContain("canary")
        .contains("the redactor failed");
    assertThat(open.failures()).isEqualTo(3);
  }

  @Test
  void whenAConversationIsLong_thenItsEndIsKept() {
    QilinTelemetry open =
        QilinTelemetry.builder(host.sdk(), () -> 0).content(text -> text, 1).build();
    List<LlmMessage> turns = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      turns.add(LlmMessage.user("\uD83D\uDC32" + i));
    }
    open.trace(answering("openai", reply("", LlmReply.Finish.OTHER)))
        .complete(LlmRequest.of(turns, 10), CALL);
    String asked = Telemetry.text(host.span("chat m-1"), "gen_ai.input.messages");
    assertThat(asked.split("\"role\"", -1)).hasSize(33);
    assertThat(asked).doesNotContain("\uD83D");
  }

  @Test
  void whenAServerNamesItsModelAtLength_thenTheNameIsCutBetweenCharacters() {
    LlmReply reply = new LlmReply(
        "",
        List.of(),
        LlmReply.Finish.STOP,
        Optional.empty(),
        "x".repeat(255) + "\uD83D\uDC32".repeat(1000),
        Optional.empty());
    telemetry.trace(answering("openai", reply)).complete(question("q"), CALL);
    assertThat(Telemetry.text(host.span("chat m-1"), "gen_ai.response.model"))
        .isEqualTo("x".repeat(255));
  }

  @Test
  void whenTheNumberOfCharactersIsWrong_thenItIsRefused() {
    QilinTelemetry.Builder builder = QilinTelemetry.builder(OpenTelemetry.noop(), () -> 0);
    for (int wrong : new int[] {0, -1, 65_537}) {
      assertThatThrownBy(() -> builder.content(text -> text, wrong))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining(Integer.toString(wrong));
    }
  }

  /** A model that can be asked for its name only so often. */
  private static final class Naming implements LlmClient {
    private final LlmReply reply;
    private int left;
    private boolean closed;

    Naming(LlmReply reply, int times) {
      this.reply = reply;
      this.left = times;
    }

    @Override
    public LlmModel model() {
      if (left-- == 0) {
        throw new QilinException(ErrorCode.LLM_UNAVAILABLE, "no name");
      }
      return ScriptedLlm.MODEL;
    }

    @Override
    public int attempts() {
      return 3;
    }

    @Override
    public LlmReply complete(LlmRequest request, LlmCall call) {
      return reply;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void whenAModelCannotNameItselfAfterItsAnswer_thenTheAnswerIsNotLost() {
    LlmReply reply = reply("yes", LlmReply.Finish.STOP);
    try (LlmClient client = telemetry.trace(new Naming(reply, 1))) {
      assertThat(client.complete(question("q"), CALL)).isSameAs(reply);
    }
    assertThat(host.span("chat scripted-1").getAttributes().asMap()).hasSize(11);
  }

  @Test
  void whenAClientIsTraced_thenItSaysTheSameOfItselfAndIsClosed() {
    Naming named = new Naming(reply("", LlmReply.Finish.STOP), 2);
    try (LlmClient client = telemetry.trace(named)) {
      assertThat(client.model()).isEqualTo(ScriptedLlm.MODEL);
      assertThat(client.models()).containsExactly(ScriptedLlm.MODEL);
      assertThat(client.attempts()).isEqualTo(3);
      assertThat(named.closed).isFalse();
    }
    assertThat(named.closed).isTrue();
  }
}
