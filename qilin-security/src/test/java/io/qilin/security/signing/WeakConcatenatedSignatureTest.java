package io.qilin.security.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeakConcatenatedSignatureTest {
  private static final String NOW = "1736900000";

  private final Signing signing = new Signing();
  private final WeakConcatenatedSignature weak =
      WeakConcatenatedSignature.acceptingAmbiguousRequests(
          Signing.keys(signing.key, Signing.key("client-2", 2)), signing.nonces, signing.clock);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String verify(String keyId, String path, String body, String time, String signature) {
    return Signing.outcome(weak.verify(keyId, "POST", path, bytes(body), time, signature));
  }

  private String sign(String path, String body) {
    return WeakConcatenatedSignature.sign(signing.key, "POST", path, bytes(body), NOW);
  }

  @Test
  void whenAnOldClientSigns_thenItIsAcceptedOnce() {
    String signature = sign("/api/order", "{}");

    assertThat(verify("client-1", "/api/order", "{}", NOW, signature)).isEqualTo("ACCEPTED");
    assertThat(verify("client-1", "/api/order", "{}", NOW, signature)).isEqualTo("REPLAY");
    assertThat(verify("client-2", "/api/order", "{}", NOW, signature)).isEqualTo("SIGNATURE");
    assertThat(verify("nobody", "/api/order", "{}", NOW, signature)).isEqualTo("KEY_UNKNOWN");
  }

  @Test
  void whenTwoRequestsAreJoinedAlike_thenTheWeakSchemeCannotTellThemApart() {
    assertThat(sign("/api/order", "1{}")).isEqualTo(sign("/api/order1", "{}"));
  }

  @Test
  void whenAHeaderIsMissingOrOfAnotherForm_thenItIsRefused() {
    String signature = sign("/a", "");

    assertThat(verify("", "/a", "", NOW, signature)).isEqualTo("HEADER_MISSING");
    assertThat(verify("client-1", "/a", "", "", signature)).isEqualTo("HEADER_MISSING");
    assertThat(verify("client-1", "/a", "", NOW, "")).isEqualTo("HEADER_MISSING");
    assertThat(verify("client-1", "/a", "", "abc", signature)).isEqualTo("HEADER_MALFORMED");
    assertThat(verify("client-1", "/a", "", NOW, "00")).isEqualTo("HEADER_MALFORMED");
    assertThat(verify("a b", "/a", "", NOW, signature)).isEqualTo("HEADER_MALFORMED");
  }

  @Test
  void whenTheTimeIsOver_thenItIsRefused() {
    String signature = sign("/a", "");
    signing.clock.advance(Duration.ofSeconds(300).plusMillis(1));
    assertThat(verify("client-1", "/a", "", NOW, signature)).isEqualTo("TIMESTAMP");
    signing.clock.advance(Duration.ofMillis(-1));
    assertThat(verify("client-1", "/a", "", NOW, signature)).isEqualTo("ACCEPTED");
  }

  @Test
  @SuppressWarnings("NullAway") // collaborators that break their contracts
  void whenACollaboratorFails_thenItIsRefused() {
    WeakConcatenatedSignature broken = WeakConcatenatedSignature.acceptingAmbiguousRequests(
        id -> null, signing.nonces, signing.clock);
    WeakConcatenatedSignature other = WeakConcatenatedSignature.acceptingAmbiguousRequests(
        id -> Optional.of(Signing.key("client-2", 1)), signing.nonces, signing.clock);
    String signature = sign("/a", "");

    assertThat(
            Signing.outcome(broken.verify("client-1", "POST", "/a", new byte[0], NOW, signature)))
        .isEqualTo("UNAVAILABLE");
    assertThat(Signing.outcome(other.verify("client-1", "POST", "/a", new byte[0], NOW, signature)))
        .isEqualTo("KEY_UNKNOWN");
    assertThat(Signing.outcome(weak.verify("client-1", "POST", "/a", null, NOW, signature)))
        .isEqualTo("UNAVAILABLE");
  }
}
