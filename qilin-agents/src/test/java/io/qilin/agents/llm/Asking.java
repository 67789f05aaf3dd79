package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What tests of clients ask, and of whom. */
final class Asking {
  static final String KEY = "sk-a-key-that-nobody-may-see";
  static final SecretProvider SECRETS = name -> Optional.of(Secret.of(KEY));
  /** Ends a call that hangs, no other. */
  static final Duration TIME = Duration.ofSeconds(60);

  static final LlmRequest QUESTION = LlmRequest.of(List.of(LlmMessage.user("What now?")), 100);

  private Asking() {}

  static Map<String, String> settings(URI server, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("base-uri", server.toString());
    settings.put("model", "some-model");
    settings.put("capabilities", "streaming,tools,json-object,json-schema,seed,temperature");
    for (int k = 0; k < more.length; k += 2) {
      settings.put(more[k], more[k + 1]);
    }
    return settings;
  }

  static LlmClient open(URI server, String... more) {
    return new OpenAiCompatibleProvider(System::nanoTime).open(settings(server, more), SECRETS);
  }

  static LlmReply ask(LlmClient client) {
    return client.complete(QUESTION, LlmCall.within(TIME));
  }

  static QilinException failure(LlmClient client, LlmCall call) {
    Throwable thrown = catchThrowable(() -> client.complete(QUESTION, call));
    assertThat(thrown).isInstanceOf(QilinException.class);
    assertThat(thrown.toString()).doesNotContain(KEY);
    return (QilinException) thrown;
  }

  static QilinException failure(LlmClient client) {
    return failure(client, LlmCall.within(TIME));
  }

  static void failsWith(LlmClient client, ErrorCode code) {
    assertThat(failure(client).code()).isEqualTo(code);
  }

  /** Time that stands still but for waiting. */
  static final class VirtualTime {
    private final AtomicLong now = new AtomicLong(1);
    private final AtomicLong waited = new AtomicLong();

    OpenAiClient open(URI server, String... more) {
      return new OpenAiClient(
          OpenAiSettings.read(settings(server, more)),
          Optional.of(Secret.of(KEY)),
          now::get,
          (closed, nanos) -> {
            now.addAndGet(nanos);
            waited.addAndGet(nanos);
            return false;
          });
    }

    Duration waited() {
      return Duration.ofNanos(waited.get());
    }
  }
}
