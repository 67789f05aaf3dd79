package io.qilin.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.service.AiServices;
import io.qilin.agents.analyst.Analysts;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalystToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Symbol FIRST = Market.SNAPSHOT.raw().symbols().get(0);

  private static Analyst analyst(
      String id, Function<MarketSnapshot, Map<Symbol, Opinion>> thought) {
    return new Analyst() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String title() {
        return "A test (测试)";
      }

      @Override
      public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
        return thought.apply(snapshot);
      }
    };
  }

  private static AnalystTools tools(Function<MarketSnapshot, Map<Symbol, Opinion>> thought) {
    return AnalystTools.of(Market.SNAPSHOT, List.of(analyst("test", thought)));
  }

  private static ToolExecutionRequest call(String tool, String arguments) {
    return ToolExecutionRequest.builder()
        .id("c")
        .name(tool)
        .arguments(arguments)
        .build();
  }

  private static JsonNode ask(AnalystTools tools, String tool, String arguments) {
    String answer = tools.execute(call(tool, arguments));
    assertThat(answer).hasSizeLessThanOrEqualTo(AnalystTools.MOST_CHARACTERS);
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer, e);
    }
  }

  private static String about(Symbol symbol) {
    return "{\"symbol\":\"" + symbol + "\"}";
  }

  private static Opinion scored(List<ScoreComponent> parts, List<String> notes) {
    return new Opinion.Scored("test", FIRST, 0.25, 0.5, 1, parts, notes, notes);
  }

  @Test
  void whenAllAnalystsAreOffered_thenEachToolTellsWhatItsAnalystThinks() {
    Analysts analysts = Analysts.discover();
    AnalystTools tools = AnalystTools.of(Market.SNAPSHOT, analysts.all());

    assertThat(tools.specifications().stream().map(ToolSpecification::name))
        .containsExactlyElementsOf(analysts.ids());
    for (Analyst analyst : analysts.all()) {
      Map<Symbol, Opinion> opinions = analyst.analyze(Market.SNAPSHOT);
      for (Symbol symbol : Market.SNAPSHOT.raw().symbols()) {
        JsonNode answer = ask(tools, analyst.id(), about(symbol));
        Opinion opinion = opinions.get(symbol);
        if (opinion instanceof Opinion.Scored scored) {
          assertThat(answer.path("status").asText()).isEqualTo("scored");
          assertThat(answer.path("score").doubleValue()).isEqualTo(scored.score());
          assertThat(answer.path("confidence").doubleValue()).isEqualTo(scored.confidence());
          assertThat(answer.path("coverage").doubleValue()).isEqualTo(scored.coverage());
          assertThat(answer.path("evidence")).hasSize(scored.components().size());
        } else {
          assertThat(answer.path("status").asText()).isEqualTo("abstained");
          assertThat(answer.path("reason").asText()).isNotBlank();
        }
      }
    }
  }

  @Test
  void whenATextIsNotKnown_thenItIsNullAndNotANumber() {
    ScoreComponent part =
        new ScoreComponent("momentum", Double.NaN, "fraction", Double.NaN, 1, "bars");
    JsonNode answer = ask(
        tools(s -> Map.of(FIRST, scored(List.of(part), List.of("UNBUYABLE")))),
        "test",
        about(FIRST));

    assertThat(answer.path("evidence").get(0).path("value").isNull()).isTrue();
    assertThat(answer.path("flags").get(0).asText()).isEqualTo("UNBUYABLE");
    assertThat(answer.has("truncated")).isFalse();
  }

  @Test
  void whenAnOpinionIsLong_thenItIsCutAndSaysSo() {
    String note = "涨\"\n\u0001😀".repeat(500);
    List<ScoreComponent> parts =
        Collections.nCopies(300, new ScoreComponent(note, 1, note, 0.5, 0.1, note));
    JsonNode answer = ask(
        tools(s -> Map.of(FIRST, scored(parts, Collections.nCopies(300, note)))),
        "test",
        about(FIRST));

    assertThat(answer.path("truncated").asBoolean()).isTrue();
    assertThat(answer.path("score").doubleValue()).isEqualTo(0.25);
    assertThat(answer.path("evidence")).isNotEmpty();
  }

  @Test
  void whenAnAnalystAbstainsOrSaysNothing_thenTheReasonIsThere() {
    Opinion opinion = new Opinion.Abstained(
        "test", FIRST, "too little is known", 0.2, List.of(), List.of(), List.of());
    assertThat(ask(tools(s -> Map.of(FIRST, opinion)), "test", about(FIRST))
            .path("reason")
            .asText())
        .isEqualTo("too little is known");
    assertThat(ask(tools(s -> Map.of()), "test", about(FIRST)).path("status").asText())
        .isEqualTo("abstained");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "600519.SH",
        "{",
        "{}",
        "{\"symbol\":600519}",
        "{\"symbol\":\"600519\"}",
        "{\"symbol\":\"../../etc/passwd\"}",
        "{\"symbol\":\"600519.SH\",\"symbol\":\"000001.SZ\"}",
        "{\"symbol\":\"600519.SH\"} and more",
        "{\"symbol\":\"600519.SH\",\"day\":\"tomorrow\"}",
        "{\"symbol\":\"600519.SH\",\"day\":20240102}",
        "{\"symbol\":\"600519.SH\",\"place_order\":true}",
        "{\"symbol\":\"999999.SH\"}",
        "{\"symbol\":[[[[[[[[1]]]]]]]]}"
      })
  void whenArgumentsAreWrong_thenTheModelIsToldHowToAsk(String arguments) {
    AtomicInteger worked = new AtomicInteger();
    JsonNode answer = ask(
        tools(s -> {
          worked.incrementAndGet();
          return Map.of();
        }),
        "test",
        arguments);

    assertThat(answer.path("error").asText()).isNotBlank();
    assertThat(worked).hasValue(0);
  }

  @Property(tries = 200)
  void whenArgumentsAreAnything_thenNothingIsThrown(@ForAll String arguments) {
    assertThat(ask(tools(s -> Map.of()), "test", arguments).isObject()).isTrue();
  }

  @Test
  void whenThereAreNoArgumentsOrTooMany_thenItIsAnErrorText() {
    AnalystTools tools = tools(s -> Map.of());
    assertThat(ask(tools, "test", null).has("error")).isTrue();
    assertThat(ask(tools, "test", " ".repeat(2_000) + about(FIRST)).has("error"))
        .isTrue();
    assertThat(ask(tools, "place_order", "{}").path("error").asText()).contains("test");
    assertThat(ask(tools, null, "{}").has("error")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "1, false", "400, false"})
  void whenAnotherDayIsAsked_thenNothingIsTold(int daysLater, boolean told) {
    String day = Market.SNAPSHOT.day().plusDays(daysLater).toString();
    JsonNode answer = ask(
        tools(s -> Map.of(FIRST, scored(List.of(), List.of()))),
        "test",
        "{\"symbol\":\"" + FIRST + "\",\"day\":\"" + day + "\"}");

    assertThat(answer.has("score")).isEqualTo(told);
    assertThat(answer.has("error")).isEqualTo(!told);
  }

  @Test
  void whenAnAnalystFails_thenItIsAnErrorTextAndTheNextCallTriesAgain() {
    AtomicInteger calls = new AtomicInteger();
    AnalystTools tools = tools(s -> switch (calls.incrementAndGet()) {
      case 1 -> throw new IllegalStateException("canary");
      case 2 -> throw new QilinException(ErrorCode.ANALYST_FAILED, "canary");
      case 3 -> throw new NoClassDefFoundError("canary");
      case 4 -> null;
      default -> Map.of(FIRST, scored(List.of(), List.of()));
    });

    for (int i = 0; i < 4; i++) {
      assertThat(tools.execute(call("test", about(FIRST))))
          .contains("error")
          .doesNotContain("canary");
    }
    assertThat(ask(tools, "test", about(FIRST)).has("score")).isTrue();
    assertThat(ask(tools, "test", about(FIRST)).has("score")).isTrue();
    assertThat(calls).hasValue(5);
  }

  @Test
  void whenIdsAreNoNamesOrNotUnique_thenThereAreNoTools() {
    assertThatThrownBy(() ->
            AnalystTools.of(Market.SNAPSHOT, List.of(analyst("a b", s -> Map.of()))))
        .isInstanceOf(QilinException.class);
    Analyst one = analyst("test", s -> Map.of());
    assertThatThrownBy(() -> AnalystTools.of(Market.SNAPSHOT, List.of(one, one)))
        .isInstanceOf(QilinException.class);
    assertThat(tools(s -> Map.of()).toString()).contains("test");
  }

  private interface Adviser {
    String advise(String question);
  }

  @Test
  void whenAnAgentAsksForATool_thenItGetsTheOpinionAndAnErrorForABadCall() {
    List<ChatRequest> asked = new ArrayList<>();
    ChatModel model = ScriptedModels.chat(request -> {
      asked.add(request);
      return switch (asked.size()) {
        case 1 ->
          ScriptedModels.answer(AiMessage.from(call("market", "{\"share\":1}")))
              .finishReason(FinishReason.TOOL_EXECUTION)
              .build();
        case 2 ->
          ScriptedModels.answer(AiMessage.from(call("market", about(FIRST))))
              .finishReason(FinishReason.TOOL_EXECUTION)
              .build();
        default -> ScriptedModels.text("done");
      };
    });
    Adviser adviser = AiServices.builder(Adviser.class)
        .chatModel(model)
        .tools(AnalystTools.of(Market.SNAPSHOT, Analysts.discover().all()).executors())
        .build();

    assertThat(adviser.advise("What about " + FIRST + "?")).isEqualTo("done");
    assertThat(asked.get(0).toolSpecifications())
        .hasSize(Analysts.discover().ids().size());
    assertThat(result(asked.get(1))).contains("error", "share");
    assertThat(result(asked.get(2))).contains("\"analyst\":\"market\"", "\"status\"");
  }

  private static String result(ChatRequest request) {
    ChatMessage last = request.messages().get(request.messages().size() - 1);
    return ((ToolExecutionResultMessage) last).text();
  }
}
