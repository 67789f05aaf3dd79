package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The contract of every {@link SecretProvider}: extend, supply a provider that holds given secrets; run. */
public abstract class SecretProviderTck {
  private static final String NAME = "tck/api-key";
  private static final String CANARY = "canary-7Qw9zR4tXp2L-\u00e9";

  /** For subclasses. */
  protected SecretProviderTck() {}

  /**
   * A provider that holds exactly these secrets.
   *
   * @param secrets texts by name; names are like {@code tck/api-key}
   */
  protected abstract SecretProvider provider(Map<String, String> secrets) throws Exception;

  @Test
  void whenASecretIsThere_thenItIsGiven() throws Exception {
    Optional<Secret> secret = provider(Map.of(NAME, CANARY)).secret(NAME);

    assertThat(secret.map(Secret::reveal)).contains(CANARY);
  }

  @Test
  void whenASecretIsNotThere_thenTheAnswerIsEmpty() throws Exception {
    SecretProvider provider = provider(Map.of(NAME, CANARY));

    assertThat(provider.secret("tck/other")).isEmpty();
    assertThat(provider(Map.of()).secret(NAME)).isEmpty();
  }

  @Test
  void whenSeveralAreThere_thenEachNameHasItsOwn() throws Exception {
    SecretProvider provider = provider(Map.of(NAME, CANARY, "tck/second", "another-5Ghj8Kl1"));

    assertThat(provider.secret("tck/second").map(Secret::reveal)).contains("another-5Ghj8Kl1");
    assertThat(provider.secret(NAME).map(Secret::reveal)).contains(CANARY);
  }

  @Test
  void whenTheProviderIsPrinted_thenNoSecretIsShown() throws Exception {
    SecretProvider provider = provider(Map.of(NAME, CANARY));
    Optional<Secret> secret = provider.secret(NAME);

    assertThat(provider.toString() + secret).doesNotContain(CANARY);
  }

  @Test
  void whenSeveralThreadsAskAtOnce_thenAllGetTheSame() throws Exception {
    SecretProvider provider = provider(Map.of(NAME, CANARY));

    List<Optional<Secret>> answers = answers(provider);

    assertThat(answers).containsOnly(Optional.of(Secret.of(CANARY)));
  }

  private static List<Optional<Secret>> answers(SecretProvider provider)
      throws InterruptedException, ExecutionException {
    return Parallel.answers(() -> provider.secret(NAME));
  }
}
