package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmTool;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.secret.SecretProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link LlmProvider}: extend, supply the provider and the settings of a model that answers every question, run.
 * What is tested follows from the declared capabilities. A {@link FakeLlmServer} can be the model.
 */
public abstract class LlmProviderTck {
  private static final String NO_SETTING = "qilin-tck-no-such-setting";
  private static final Duration TIME = Duration.ofSeconds(30);

  /** For subclasses. */
  protected LlmProviderTck() {}

  /** What is tested. */
  protected abstract LlmProvider provider();

  /** The settings of a model that answers. */
  protected abstract Map<String, String> settings();

  /** Where its key is. */
  protected abstract SecretProvider secrets();

  /** Whether the model cannot be opened without its key; true unless overridden. */
  protected boolean needsKey() {
    return true;
  }

  private LlmClient open() {
    return provider().open(settings(), secrets());
  }

  private static LlmRequest question() {
    return LlmRequest.of(List.of(LlmMessage.user("Say ok.")), 16);
  }

  private static ErrorCode code(Throwable thrown) {
    assertThat(thrown).isInstanceOf(QilinException.class);
    return ((QilinException) thrown).code();
  }

  @Test
  void whenAskedForItsId_thenItIsShortAndLowerCase() {
    assertThat(provider().id()).matches("[a-z0-9-]{1,32}").isEqualTo(provider().id());
  }

  @Test
  void whenLoadedAsAService_thenItHasAPublicConstructorWithoutArguments() {
    assertThatCode(() -> provider().getClass().getConstructor()).doesNotThrowAnyException();
  }

  @Test
  void whenASettingIsUnknown_thenItIsRefusedByName() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put(NO_SETTING, "1");
    Throwable thrown = catchThrowable(() -> provider().open(settings, secrets()).close());
    assertThat(code(thrown)).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(thrown).hasMessageContaining(NO_SETTING);
  }

  @Test
  void whenThereIsNoKey_thenItIsNotOpened() {
    assumeTrue(needsKey(), "it needs no key");
    Throwable thrown = catchThrowable(
        () -> provider().open(settings(), name -> Optional.empty()).close());
    assertThat(code(thrown)).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenOpened_thenItsModelStays() {
    try (LlmClient client = open()) {
      assertThat(client.model()).isEqualTo(client.model());
    }
  }

  @Test
  void whenAsked_thenItAnswersAndNamesTheModel() {
    try (LlmClient client = open()) {
      LlmReply reply = client.complete(question(), LlmCall.within(TIME));
      assertThat(reply.model()).isNotBlank();
      assertThat(reply.text()).isNotEmpty();
    }
  }

  @Test
  void whenItStreams_thenThePiecesAreTheAnswerOnTheCallingThread() {
    try (LlmClient client = open()) {
      assumeTrue(client.model().can(LlmCapability.STREAMING), "it does not stream");
      StringBuilder pieces = new StringBuilder();
      Thread asking = Thread.currentThread();
      LlmCall call = new LlmCall(TIME, new Cancellation(), piece -> {
        assertThat(Thread.currentThread()).isEqualTo(asking);
        pieces.append(piece);
      });
      assertThat(client.complete(question(), call).text())
          .isNotEmpty()
          .isEqualTo(pieces.toString());
    }
  }

  @Test
  void whenToolsAreNotDeclared_thenTheyAreRefused() {
    try (LlmClient client = open()) {
      assumeFalse(client.model().can(LlmCapability.TOOLS), "it calls tools");
      LlmRequest request =
          question().withTools(List.of(new LlmTool("price", "the price", "{\"type\":\"object\"}")));
      Throwable thrown = catchThrowable(() -> client.complete(request, LlmCall.within(TIME)));
      assertThat(code(thrown)).isEqualTo(ErrorCode.UNSUPPORTED);
    }
  }

  @Test
  void whenMoreTokensAreAskedForThanItHas_thenItRefuses() {
    try (LlmClient client = open()) {
      assumeTrue(client.model().maxOutputTokens() < Integer.MAX_VALUE, "it has no limit");
      LlmRequest request =
          LlmRequest.of(List.of(LlmMessage.user("Say ok.")), client.model().maxOutputTokens() + 1);
      Throwable thrown = catchThrowable(() -> client.complete(request, LlmCall.within(TIME)));
      assertThat(code(thrown)).isEqualTo(ErrorCode.UNSUPPORTED);
    }
  }

  @Test
  void whenTheCallIsCancelledBefore_thenItIsNotMade() {
    try (LlmClient client = open()) {
      Cancellation cancellation = new Cancellation();
      cancellation.cancel();
      LlmCall call = new LlmCall(TIME, cancellation, text -> {});
      Throwable thrown = catchThrowable(() -> client.complete(question(), call));
      assertThat(code(thrown)).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void whenClosed_thenItAnswersNoMoreAndMayBeClosedAgain() {
    LlmClient client = open();
    client.close();
    assertThatCode(client::close).doesNotThrowAnyException();
    Throwable thrown = catchThrowable(() -> client.complete(question(), LlmCall.within(TIME)));
    assertThat(code(thrown)).isEqualTo(ErrorCode.LLM_UNAVAILABLE);
  }
}
