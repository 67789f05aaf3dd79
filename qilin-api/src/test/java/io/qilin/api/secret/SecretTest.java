package io.qilin.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void whenPrinted_thenNothingOfItShows() {
    Secret secret = Secret.of("sk-123");
    assertThat(secret).hasToString("***");
    assertThat(secret.reveal()).isEqualTo("sk-123");
    assertThat("key " + secret).doesNotContain("123");
  }

  @Test
  void whenCompared_thenTheTextCountsAndTheHashTellsNothing() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    assertThat(Secret.of("a").hashCode()).isEqualTo(Secret.of("b").hashCode());
    assertThat(Secret.of("a")).isNotEqualTo("a");
    assertThat(Secret.of("ab")).isNotEqualTo(Secret.of("abab")).isNotEqualTo(Secret.of("a"));
  }

  @Test
  void whenEmpty_thenItIsRefused() {
    assertThatThrownBy(() -> Secret.of("")).isInstanceOf(QilinException.class);
  }
}
