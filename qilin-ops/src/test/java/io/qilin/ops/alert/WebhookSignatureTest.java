package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  private static final Secret SECRET = Secret.of("canary-secret-of-thirty-two-bytes");

  /** Made with Python's hmac and struct: the form is the one that the page states. */
  @Test
  void whenAnotherLanguageSigns_thenTheSignatureIsTheSame() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(WebhookSignature.of(SECRET, "1767576600", "id-1", body))
        .isEqualTo("v1=96bcd1c3590ddc206b9f5e2d01cf993ba25ead5261d4bb0215fb516842619bd7");
  }

  /** Without lengths, a character could move from one part to its neighbour under one signature. */
  @Property(tries = 100)
  void whenPartsAreCutElsewhere_thenTheSignatureIsAnother(
      @ForAll String timestamp, @ForAll String id, @ForAll String body) {
    String whole = timestamp + id + body;
    byte[] none = new byte[0];
    String right =
        WebhookSignature.of(SECRET, timestamp, id, body.getBytes(StandardCharsets.UTF_8));
    if (!timestamp.equals(whole)) {
      assertThat(WebhookSignature.of(SECRET, whole, "", none)).isNotEqualTo(right);
    }
    if (!id.equals(whole)) {
      assertThat(WebhookSignature.of(SECRET, "", whole, none)).isNotEqualTo(right);
    }
  }
}
