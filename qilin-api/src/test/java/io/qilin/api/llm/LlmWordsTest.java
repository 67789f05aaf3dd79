package io.qilin.api.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LlmWordsTest {
  private static final LlmToolCall CALL = new LlmToolCall("c1", "bars", "{}");
  private static final LlmReply REPLY = new LlmReply(
      "yes",
      List.of(CALL),
      LlmReply.Finish.TOOL_CALLS,
      Optional.of(new LlmUsage(10, 4, 2)),
      "m",
      Optional.of("because"));

  private static void refused(ThrowingCallable code, String message) {
    assertThatThrownBy(code)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }

  private static LlmModel model(Optional<LocalDate> trainedUntil) {
    return new LlmModel("deepseek", "v4", Set.of(LlmCapability.TOOLS), 1000, 100, trainedUntil);
  }

  @Test
  void whenAModelDeclaresItsCutOff_thenItMayRememberDaysUpToIt() {
    LlmModel model = model(Optional.of(LocalDate.of(2025, 6, 30)));
    assertThat(model.mayRemember(LocalDate.of(2025, 6, 30))).isTrue();
    assertThat(model.mayRemember(LocalDate.of(2025, 7, 1))).isFalse();
    assertThat(model(Optional.empty()).mayRemember(LocalDate.of(2000, 1, 1))).isFalse();
    assertThat(model).hasToString("deepseek/v4");
    assertThat(model.can(LlmCapability.TOOLS)).isTrue();
    assertThat(model.can(LlmCapability.SEED)).isFalse();
  }

  @Test
  void whenAModelHasNoNameOrNoTokens_thenItIsRefused() {
    refused(() -> new LlmModel(" ", "v4", Set.of(), 1, 1, Optional.empty()), "a provider");
    refused(() -> new LlmModel("d", "", Set.of(), 1, 1, Optional.empty()), "a name");
    refused(() -> new LlmModel("d", "v", Set.of(), 0, 1, Optional.empty()), "positive");
    refused(() -> new LlmModel("d", "v", Set.of(), 1, 0, Optional.empty()), "positive");
  }

  @Test
  void whenAConversationIsBuilt_thenEachSaysOnlyWhatItMay() {
    LlmMessage back = LlmMessage.assistant(REPLY);
    assertThat(back.toolCalls()).containsExactly(CALL);
    assertThat(back.reasoning()).contains("because");
    assertThat(LlmMessage.tool(CALL, "42").answers()).contains("c1");
    assertThat(LlmMessage.system("s").role()).isEqualTo(LlmMessage.Role.SYSTEM);
    refused(
        () -> new LlmMessage(
            LlmMessage.Role.USER, "", List.of(CALL), Optional.empty(), Optional.empty()),
        "only the assistant");
    refused(
        () ->
            new LlmMessage(LlmMessage.Role.TOOL, "", List.of(), Optional.empty(), Optional.empty()),
        "answers a call");
  }

  @Test
  void whenAQuestionIsChanged_thenTheRestStays() {
    LlmRequest asked = LlmRequest.of(List.of(LlmMessage.user("?")), 50);
    LlmSchema schema = new LlmSchema("verdict", "a verdict", "{\"type\":\"object\"}");
    LlmTool tool = new LlmTool("bars", "last bars", "{\"type\":\"object\"}");
    LlmRequest changed = asked
        .withSchema(schema)
        .withTools(List.of(tool))
        .withMessages(List.of(LlmMessage.user("!")));
    assertThat(changed.schema()).contains(schema);
    assertThat(changed.tools()).containsExactly(tool);
    assertThat(changed.messages().get(0).text()).isEqualTo("!");
    assertThat(changed.maxOutputTokens()).isEqualTo(50);
    assertThat(changed.temperature()).hasValue(0);
    assertThat(asked).isEqualTo(LlmRequest.of(List.of(LlmMessage.user("?")), 50));
  }

  @Test
  void whenAQuestionIsOutOfRange_thenItIsRefused() {
    List<LlmMessage> one = List.of(LlmMessage.user("?"));
    refused(() -> LlmRequest.of(List.of(), 1), "at least one");
    refused(() -> LlmRequest.of(one, 0), "maxOutputTokens");
    for (double wrong : new double[] {-0.1, 2.1, Double.NaN}) {
      refused(
          () -> new LlmRequest(
              one, List.of(), Optional.empty(), 1, OptionalDouble.of(wrong), OptionalLong.empty()),
          "temperature");
    }
  }

  @Test
  void whenANameIsNotPlain_thenToolsAndSchemasAreRefused() {
    for (String wrong : List.of("", "a b", "é", "x".repeat(65))) {
      refused(() -> new LlmTool(wrong, "d", "{}"), "1 to 64");
      refused(() -> new LlmSchema(wrong, "d", "{}"), "1 to 64");
    }
    refused(() -> new LlmTool("a", " ", "{}"), "description");
    refused(() -> new LlmSchema("a", "d", ""), "description");
  }

  @Test
  void whenACallIsMade_thenItHasTime() {
    LlmCall call = LlmCall.within(Duration.ofSeconds(2));
    assertThat(call.withTimeout(Duration.ofSeconds(1)).timeout()).hasSeconds(1);
    assertThat(call.withTimeout(Duration.ofSeconds(1)).cancellation())
        .isSameAs(call.cancellation());
    refused(() -> new LlmCall(Duration.ZERO, new Cancellation(), text -> {}), "positive");
    refused(() -> LlmCall.within(Duration.ofSeconds(-1)), "positive");
  }

  @Test
  void whenTokensArePriced_thenCachedOnesCostTheirOwnPrice() {
    LlmPrice price =
        new LlmPrice("USD", new BigDecimal("2.00"), new BigDecimal("0.50"), new BigDecimal("8.00"));
    assertThat(price.of(new LlmUsage(1_000_000, 400_000, 250_000))).isEqualByComparingTo("3.40");
    assertThat(price.of(new LlmUsage(1, 0, 0))).isEqualByComparingTo("0.000002");
    assertThat(new LlmUsage(3, 1, 4).total()).isEqualTo(7);
  }

  @Test
  void whenTokensOrPricesCannotBe_thenTheyAreRefused() {
    refused(() -> new LlmUsage(-1, 0, 0), "not negative");
    refused(() -> new LlmUsage(1, 2, 0), "at most prompt");
    BigDecimal one = BigDecimal.ONE;
    refused(() -> new LlmPrice("usd", one, one, one), "capital letters");
    refused(() -> new LlmPrice("USD", one, new BigDecimal("1.1"), one), "at most prompt");
    refused(() -> new LlmPrice("USD", one, one, one.negate()), "not negative");
  }
}
