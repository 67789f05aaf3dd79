package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Opens models behind the HTTP interface that OpenAI defined and most servers speak: chat completions, whole or as a stream of
 * events. The settings are:
 *
 * <ul>
 *   <li>{@code preset}: a name of {@link LlmPresets}; {@code custom} unless set
 *   <li>{@code model}: the model's name, needed
 *   <li>{@code base-uri}: the server, if not the preset's; https, or http on this machine
 *   <li>{@code key}: the name of the secret; {@link LlmPreset#keyName()} unless set
 *   <li>{@code context-tokens}, {@code max-output-tokens}, {@code capabilities} (names of {@link
 *       io.qilin.api.llm.LlmCapability} in lower case with {@code -}, comma between), {@code trained-until}: what the model can do;
 *       as the preset says, else cautious
 *   <li>{@code answer-limit}: {@code max_tokens} or {@code max_completion_tokens}; as the preset says
 *   <li>{@code thinking}: {@code enabled} or {@code disabled}, where the preset knows how; {@code reasoning-effort}: sent as is
 *   <li>{@code connect-timeout} (PT5S), {@code idle-timeout} (PT30S without a byte): durations as {@code PT5S}
 *   <li>{@code attempts}: 1 to 10, 2 unless set, all within the time of the call
 *   <li>{@code insecure-plain-http}: {@code true} lets key and questions travel unencrypted to another machine
 * </ul>
 *
 * <p>The key is sent in the header {@code Authorization} and nowhere else. Redirects are not followed. A client owns up to five
 * daemon threads until it is closed; one of them is the JDK's and may stay until the closed client is garbage. Certificates are
 * checked against the process's default trust store ({@code javax.net.ssl.trustStore}), host names always.
 */
public final class OpenAiCompatibleProvider implements LlmProvider {
  private final LongSupplier ticker;

  /** For {@link java.util.ServiceLoader}: time is the machine's monotonic clock. */
  public OpenAiCompatibleProvider() {
    this(System::nanoTime);
  }

  /**
   * A provider in another time.
   *
   * @param ticker monotonic nanoseconds
   */
  public OpenAiCompatibleProvider(LongSupplier ticker) {
    this.ticker = ticker;
  }

  @Override
  public String id() {
    return "openai-compatible";
  }

  @Override
  public LlmClient open(Map<String, String> settings, SecretProvider secrets) {
    OpenAiSettings read = OpenAiSettings.read(settings);
    Optional<Secret> key = secrets.secret(read.keyName());
    if (key.isEmpty() && read.needsKey()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "no key for " + read.model() + ": put it under the name "
              + QilinException.quote(read.keyName())
              + " where secrets are kept, or name another with the setting key");
    }
    key.ifPresent(secret -> checkKey(read.keyName(), secret));
    return new OpenAiClient(read, key, ticker, Pause.REAL);
  }

  private static void checkKey(String name, Secret key) {
    if (!key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the key " + QilinException.quote(name)
              + " holds a space, a line end or another character that no key has; store it again");
    }
  }
}
