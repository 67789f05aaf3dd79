package io.qilin.langchain4j;

import static io.qilin.langchain4j.ScriptedModels.answer;
import static io.qilin.langchain4j.ScriptedModels.chat;
import static io.qilin.langchain4j.ScriptedModels.model;
import static io.qilin.langchain4j.ScriptedModels.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmReply.Finish;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmSchema;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.llm.LlmToolCall;
import io.qilin.api.llm.LlmUsage;
import io.qilin.api.progress.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ChatModelClientTest {
  private static final LlmCall MINUTE = LlmCall.within(Duration.ofMinutes(1));
  private static final LlmTool PRICE = new LlmTool(
      "price",
      "the price",
      "{\"type\":\"object\",\"description\":\"what\",\"required\":[\"code\"],\"additionalProperties\":false,"
          + "\"properties\":{\"code\":{\"type\":\"string\",\"pattern\":\"^[0-9]{6}$\"},\"n\":{\"anyOf\":[{\"type\":\"integer\"}"
          + ",{\"type\":\"null\"}]}},\"$defs\":{\"x\":{\"type\":\"string\"}}}");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<ChatRequest> asked = new ArrayList<>();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private ChatModelClient client(
      Function<ChatRequest, ChatResponse> script, LlmCapability... capabilities) {
    return ChatModelClient.builder(
            model(capabilities),
            chat(request -> {
              asked.add(request);
              return script.apply(request);
            }),
            threads,
            System::nanoTime)
        .build();
  }

  private ChatModelClient streaming(StreamingChatModel chat) {
    return ChatModelClient.builder(model(LlmCapability.STREAMING), chat, threads, System::nanoTime)
        .build();
  }

  private static ErrorCode code(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(QilinException.class);
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain("canary");
    return ((QilinException) thrown).code();
  }

  private ErrorCode failure(RuntimeException thrown) {
    ChatModelClient client = client(request -> {
      throw thrown;
    });
    return code(() -> client.complete(question("q"), MINUTE));
  }

  @Test
  void whenAConversationIsSent_thenEachTurnIsInLangChain4jsWords() {
    LlmToolCall call = new LlmToolCall("c1", "price", "{\"code\":\"600519\"}");
    LlmReply earlier = new LlmReply(
        "", List.of(call), Finish.TOOL_CALLS, Optional.empty(), "m", Optional.of("thought"));
    LlmRequest request = new LlmRequest(
        List.of(
            LlmMessage.system("be brief"),
            LlmMessage.user("price?"),
            LlmMessage.assistant(earlier),
            LlmMessage.tool(call, "1500")),
        List.of(PRICE),
        Optional.empty(),
        99,
        OptionalDouble.of(0.5),
        OptionalLong.of(7));

    client(
            r -> ScriptedModels.text("ok"),
            LlmCapability.TOOLS,
            LlmCapability.TEMPERATURE,
            LlmCapability.REASONING_ECHO)
        .complete(request, MINUTE);

    ChatRequest sent = asked.get(0);
    assertThat(sent.messages())
        .containsExactly(
            SystemMessage.from("be brief"),
            UserMessage.from("price?"),
            AiMessage.builder()
                .thinking("thought")
                .toolExecutionRequests(List.of(ToolExecutionRequest.builder()
                    .id("c1")
                    .name("price")
                    .arguments("{\"code\":\"600519\"}")
                    .build()))
                .build(),
            ToolExecutionResultMessage.from("c1", "price", "1500"));
    assertThat(sent.maxOutputTokens()).isEqualTo(99);
    assertThat(sent.temperature()).isEqualTo(0.5);
    assertThat(sent.toolSpecifications()).hasSize(1);
    assertThat(sent.toolSpecifications().get(0).parameters().properties().get("code"))
        .isEqualTo(JsonRawSchema.from("{\"type\":\"string\",\"pattern\":\"^[0-9]{6}$\"}"));
    assertThat(sent.toolSpecifications().get(0).parameters().required()).containsExactly("code");
    assertThat(sent.toolSpecifications().get(0).parameters().additionalProperties())
        .isFalse();
    assertThat(sent.toolSpecifications().get(0).parameters().definitions()).containsKey("x");
  }

  @Test
  void whenTheModelHeedsNoTemperature_thenNoneIsSent() {
    client(r -> ScriptedModels.text("ok")).complete(question("q"), MINUTE);

    assertThat(asked.get(0).temperature()).isNull();
    assertThat(asked.get(0).responseFormat()).isNull();
  }

  @Test
  void whenAFormIsAskedFor_thenItIsSentAsFarAsTheModelGoesAndElseTold() {
    LlmSchema schema = new LlmSchema("verdict", "a verdict", "{\"type\":\"object\"}");
    LlmRequest plain = question("q").withSchema(schema);
    LlmRequest told = plain.withMessages(List.of(LlmMessage.system("s"), LlmMessage.user("q")));

    client(r -> ScriptedModels.text("{}"), LlmCapability.JSON_SCHEMA).complete(plain, MINUTE);
    client(r -> ScriptedModels.text("{}"), LlmCapability.JSON_OBJECT).complete(plain, MINUTE);
    client(r -> ScriptedModels.text("{}")).complete(told, MINUTE);

    assertThat(asked.get(0).responseFormat().jsonSchema().name()).isEqualTo("verdict");
    assertThat(asked.get(0).responseFormat().jsonSchema().rootElement())
        .isEqualTo(JsonRawSchema.from("{\"type\":\"object\"}"));
    assertThat(asked.get(0).messages()).hasSize(1);
    assertThat(asked.get(1).responseFormat()).isEqualTo(ResponseFormat.JSON);
    assertThat(((SystemMessage) asked.get(1).messages().get(0)).text())
        .contains("{\"type\":\"object\"}", "JSON");
    assertThat(asked.get(2).responseFormat()).isNull();
    assertThat(((SystemMessage) asked.get(2).messages().get(0)).text())
        .startsWith("s\n\n")
        .contains("a verdict");
  }

  @Test
  void whenARequestIsNoneForTheModel_thenItIsRefusedBeforeItIsSent() {
    ChatModelClient client = client(r -> ScriptedModels.text("ok"), LlmCapability.TOOLS);

    for (String bad : List.of("[]", "{", "{} {}", "{\"anyOf\":[]}")) {
      assertThat(code(() -> client.complete(
              question("q").withTools(List.of(new LlmTool("t", "d", bad))), MINUTE)))
          .as(bad)
          .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(code(
            () -> client.complete(question("q").withSchema(new LlmSchema("s", "d", "[]")), MINUTE)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    LlmRequest blank =
        question("q").withMessages(List.of(LlmMessage.system(" "), LlmMessage.user("q")));
    assertThat(code(() -> client.complete(blank, MINUTE))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(asked).isEmpty();
  }

  @Test
  void whenTheAnswerIsComplete_thenItIsInQilinsWords() {
    LlmReply reply = client(
            r -> answer(AiMessage.builder().text("fine").thinking("hm").build()).build())
        .complete(question("q"), MINUTE);

    assertThat(reply)
        .isEqualTo(new LlmReply(
            "fine",
            List.of(),
            Finish.STOP,
            Optional.of(new LlmUsage(7, 0, 3)),
            "scripted-1",
            Optional.of("hm")));
  }

  @Test
  void whenTheModelAsksForTools_thenTheCallsAreThere() {
    AiMessage message = AiMessage.from(
        ToolExecutionRequest.builder().name("price").build(),
        ToolExecutionRequest.builder().id("b").name("price").arguments("{}").build());

    LlmReply reply = client(r -> answer(message).build()).complete(question("q"), MINUTE);

    assertThat(reply.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(reply.toolCalls())
        .containsExactly(
            new LlmToolCall("call_0", "price", ""), new LlmToolCall("b", "price", "{}"));
  }

  static List<Arguments> ends() {
    return List.of(
        Arguments.of(FinishReason.STOP, Finish.STOP),
        Arguments.of(FinishReason.LENGTH, Finish.LENGTH),
        Arguments.of(FinishReason.TOOL_EXECUTION, Finish.TOOL_CALLS),
        Arguments.of(FinishReason.CONTENT_FILTER, Finish.REFUSED),
        Arguments.of(FinishReason.OTHER, Finish.OTHER),
        Arguments.of(null, Finish.OTHER));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void whenAnAnswerEnds_thenTheReasonIsMapped(FinishReason reason, Finish finish) {
    ChatModelClient client =
        client(r -> answer(AiMessage.from("x")).finishReason(reason).build());

    assertThat(client.complete(question("q"), MINUTE).finish()).isEqualTo(finish);
  }

  @Test
  void whenTheUsageIsMissingOrCannotBe_thenItIsEmpty() {
    for (TokenUsage usage : new TokenUsage[] {
      null, new TokenUsage(), new TokenUsage(5), new TokenUsage(-1, 2), new TokenUsage(0, 2)
    }) {
      ChatModelClient client = client(
          r -> answer(AiMessage.from("x")).tokenUsage(usage).modelName(null).build());
      LlmReply reply = client.complete(question("q"), MINUTE);
      assertThat(reply.usage()).isEmpty();
      assertThat(reply.model()).isEqualTo("scripted");
    }
  }

  private static StreamingChatModel cutOff() {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        handler.onPartialResponse("half an ans");
        handler.onCompleteResponse(
            answer(AiMessage.from("half an ans")).finishReason(null).build());
      }
    };
  }

  @Test
  void whenAStreamEndsWithoutAReason_thenItIsTakenForCutOffUnlessTheModelNeverGivesOne() {
    assertThat(code(() -> streaming(cutOff()).complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_UNAVAILABLE);
    ChatModelClient lenient = ChatModelClient.builder(
            model(LlmCapability.STREAMING), cutOff(), threads, System::nanoTime)
        .mayOmitFinishReason()
        .build();
    assertThat(lenient.complete(question("q"), MINUTE).finish()).isEqualTo(Finish.OTHER);
  }

  @Test
  void whenTheAnswerIsEmptyWithoutAReason_thenItIsInvalid() {
    AiMessage empty = AiMessage.builder().build();
    assertThat(code(() ->
            client(r -> answer(empty).finishReason(null).build()).complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    assertThat(
            client(r -> answer(empty).build()).complete(question("q"), MINUTE).text())
        .isEmpty();
  }

  @Test
  void whenTheModelAnswersNull_thenTheReplyIsInvalid() {
    assertThat(code(() -> client(r -> null).complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
  }

  @Test
  void whenTheAnswerIsTooLong_thenItIsInvalid() {
    String half = "x".repeat(600_000);
    assertThat(code(
            () -> client(r -> ScriptedModels.text(half + half)).complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    assertThat(code(() ->
            streaming(ScriptedModels.streaming(half, half, half)).complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    ToolExecutionRequest one = ToolExecutionRequest.builder().name("t").build();
    AiMessage many = AiMessage.from(java.util.Collections.nCopies(129, one));
    assertThat(code(() -> client(r -> answer(many).build()).complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
  }

  @Test
  void whenItStreams_thenPiecesComeOnTheCallingThreadInOrder() {
    List<String> pieces = new ArrayList<>();
    List<Thread> on = new ArrayList<>();
    LlmCall call = new LlmCall(Duration.ofMinutes(1), new Cancellation(), piece -> {
      pieces.add(piece);
      on.add(Thread.currentThread());
    });

    LlmReply reply =
        streaming(ScriptedModels.streaming("a", "", "b", "c")).complete(question("q"), call);

    assertThat(pieces).containsExactly("a", "b", "c");
    assertThat(on).containsOnly(Thread.currentThread());
    assertThat(reply.text()).isEqualTo("abc");
  }

  /** A stream that goes on until it is cancelled. */
  private static class EndlessStream implements StreamingChatModel, StreamingHandle {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      while (!cancelled.get()) {
        send(handler);
      }
      ended.countDown();
    }

    void send(StreamingChatResponseHandler handler) {
      handler.onPartialResponse(new PartialResponse("x"), new PartialResponseContext(this));
    }

    @Override
    public void cancel() {
      cancelled.set(true);
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get();
    }
  }

  @Test
  void whenTheArgumentsOfAToolNeverEnd_thenTheModelIsToldToStopAtTheLimit()
      throws InterruptedException {
    EndlessStream endless = new EndlessStream() {
      private final PartialToolCall piece = PartialToolCall.builder()
          .index(0)
          .id("call-1")
          .name("price")
          .partialArguments("x".repeat(1 << 16))
          .build();

      @Override
      void send(StreamingChatResponseHandler handler) {
        handler.onPartialToolCall(piece, new PartialToolCallContext(this));
      }
    };

    assertThat(code(() -> streaming(endless).complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    assertThat(endless.ended.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void whenTheCallerCancelsAStream_thenTheModelIsToldToStop() throws InterruptedException {
    EndlessStream endless = new EndlessStream();
    Cancellation cancellation = new Cancellation();
    LlmCall call = new LlmCall(Duration.ofMinutes(1), cancellation, piece -> cancellation.cancel());

    assertThat(code(() -> streaming(endless).complete(question("q"), call)))
        .isEqualTo(ErrorCode.CANCELLED);
    assertThat(endless.ended.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void whenTheHostsListenerThrows_thenTheCallEndsAndTheModelStops() throws InterruptedException {
    EndlessStream endless = new EndlessStream();
    LlmCall call = new LlmCall(Duration.ofMinutes(1), new Cancellation(), piece -> {
      throw new IllegalStateException("the host's own");
    });

    assertThat(catchThrowable(() -> streaming(endless).complete(question("q"), call)))
        .hasMessage("the host's own");
    assertThat(endless.ended.await(1, TimeUnit.MINUTES)).isTrue();
  }

  /** A model that hangs until its thread is interrupted. */
  private ChatModelClient hanging(CountDownLatch begun, CountDownLatch interrupted) {
    return client(request -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return ScriptedModels.text("too late");
    });
  }

  @Test
  void whenTheTimeIsOver_thenItIsATimeoutAndTheModelsThreadIsInterrupted() throws Exception {
    AtomicLong now = new AtomicLong();
    CountDownLatch interrupted = new CountDownLatch(1);
    ChatModelClient client = ChatModelClient.builder(
            model(),
            chat(request -> {
              now.addAndGet(Duration.ofSeconds(61).toNanos());
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return ScriptedModels.text("too late");
            }),
            threads,
            now::get)
        .build();

    assertThat(code(() -> client.complete(question("q"), MINUTE))).isEqualTo(ErrorCode.LLM_TIMEOUT);
    assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void whenTheCallerCancelsIsInterruptedOrTheClientIsClosed_thenAHangingModelHoldsNobody()
      throws Exception {
    for (int way = 0; way < 3; way++) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch interrupted = new CountDownLatch(1);
      ChatModelClient client = hanging(begun, interrupted);
      Cancellation cancellation = new Cancellation();
      AtomicBoolean flag = new AtomicBoolean();
      ExecutorService caller = Executors.newSingleThreadExecutor();
      Future<ErrorCode> code = caller.submit(() -> {
        ErrorCode thrown = code(() -> client.complete(
            question("q"), new LlmCall(Duration.ofMinutes(5), cancellation, piece -> {})));
        flag.set(Thread.interrupted());
        return thrown;
      });
      begun.await();
      switch (way) {
        case 0 -> cancellation.cancel();
        case 1 -> caller.shutdownNow();
        default -> client.close();
      }
      assertThat(code.get(1, TimeUnit.MINUTES))
          .isEqualTo(way == 2 ? ErrorCode.LLM_UNAVAILABLE : ErrorCode.CANCELLED);
      assertThat(flag.get()).isEqualTo(way == 1);
      assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
      caller.shutdownNow();
    }
  }

  @Test
  void whenTheExecutorTakesNoMore_thenTheModelIsUnavailable() {
    ChatModelClient client = ChatModelClient.builder(
            model(),
            chat(request -> ScriptedModels.text("ok")),
            task -> {
              throw new RejectedExecutionException("full");
            },
            System::nanoTime)
        .build();

    assertThat(code(() -> client.complete(question("q"), MINUTE)))
        .isEqualTo(ErrorCode.LLM_UNAVAILABLE);
  }

  static Stream<Arguments> failures() {
    HttpException quota =
        new HttpException(429, "{\"error\":{\"code\":\"insufficient_quota\"},\"canary\":1}");
    return Stream.of(
        Arguments.of(new RateLimitException("canary"), ErrorCode.LLM_RATE_LIMITED),
        Arguments.of(new RateLimitException(quota), ErrorCode.LLM_REFUSED),
        Arguments.of(new AuthenticationException("canary"), ErrorCode.LLM_REFUSED),
        Arguments.of(new ModelNotFoundException("canary"), ErrorCode.LLM_REFUSED),
        Arguments.of(new InvalidRequestException("canary"), ErrorCode.LLM_REFUSED),
        Arguments.of(new UnsupportedFeatureException("canary"), ErrorCode.UNSUPPORTED),
        Arguments.of(new InternalServerException("canary"), ErrorCode.LLM_UNAVAILABLE),
        Arguments.of(new UnresolvedModelServerException("canary"), ErrorCode.LLM_UNAVAILABLE),
        Arguments.of(
            new dev.langchain4j.exception.TimeoutException("canary"), ErrorCode.LLM_TIMEOUT),
        Arguments.of(new RetriableException("canary"), ErrorCode.LLM_UNAVAILABLE),
        Arguments.of(new NonRetriableException("canary"), ErrorCode.LLM_REFUSED),
        Arguments.of(new LangChain4jException("canary"), ErrorCode.LLM_UNAVAILABLE),
        Arguments.of(new HttpException(503, "canary"), ErrorCode.LLM_UNAVAILABLE),
        Arguments.of(new HttpException(402, "canary"), ErrorCode.LLM_REFUSED),
        Arguments.of(new RuntimeException(new IOException("canary")), ErrorCode.LLM_UNAVAILABLE),
        Arguments.of(
            new RuntimeException(new HttpTimeoutException("canary")), ErrorCode.LLM_TIMEOUT),
        Arguments.of(new NullPointerException("canary"), ErrorCode.LLM_INVALID_REPLY),
        Arguments.of(
            new RuntimeException(new com.fasterxml.jackson.core.JsonParseException(null, "canary")),
            ErrorCode.LLM_INVALID_REPLY),
        Arguments.of(
            new QilinException(ErrorCode.LLM_BUDGET_EXHAUSTED, "known"),
            ErrorCode.LLM_BUDGET_EXHAUSTED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whenTheModelThrows_thenTheClassTellsTheCodeAndNoTextIsPassedOn(
      RuntimeException thrown, ErrorCode expected) {
    assertThat(failure(thrown)).isEqualTo(expected);
  }

  @Test
  void whenTheCausesRunInACircle_thenTheyAreNotFollowedForEver() {
    RuntimeException one = new RuntimeException("canary");
    RuntimeException two = new RuntimeException("canary", one);
    one.initCause(two);

    assertThat(failure(one)).isEqualTo(ErrorCode.LLM_INVALID_REPLY);
  }

  @Test
  void whenClassesDoNotFitOrTheStackIsUsedUp_thenItIsACodeToo() {
    for (Error error : List.of(new NoSuchMethodError("canary"), new StackOverflowError())) {
      ChatModelClient client = client(request -> {
        throw error;
      });
      assertThat(code(() -> client.complete(question("q"), MINUTE)))
          .isEqualTo(ErrorCode.LLM_INVALID_REPLY);
    }
  }

  @Test
  void whenTheAnswerIsWithheld_thenItIsARefusal() {
    ChatModelClient client = client(request -> {
      throw new ContentFilteredException("canary");
    });

    LlmReply reply = client.complete(question("q"), MINUTE);
    assertThat(reply.finish()).isEqualTo(Finish.REFUSED);
    assertThat(reply.text()).isEmpty();
  }

  @Test
  void whenTheDeclarationDoesNotFitTheModel_thenNothingIsBuilt() {
    assertThat(code(() -> client(r -> null, LlmCapability.STREAMING)))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(code(() -> client(r -> null, LlmCapability.SEED)))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(code(() -> ChatModelClient.builder(
                model(), ScriptedModels.streaming("a"), threads, System::nanoTime)
            .build()))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(
            code(() -> ChatModelClient.builder(model(), chat(r -> null), threads, System::nanoTime)
                .attempts(11)
                .build()))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(client(r -> null).attempts()).isEqualTo(3);
    assertThat(client(r -> null).toString()).isEqualTo("scripted/scripted");
  }
}
