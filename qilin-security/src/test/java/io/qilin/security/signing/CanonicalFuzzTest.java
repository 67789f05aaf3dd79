package io.qilin.security.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.api.error.QilinException;
import io.qilin.security.FuzzBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two requests that differ have other bytes to sign, and a verifier answers whatever stands in the headers. */
class CanonicalFuzzTest {
  private final Signing signing = new Signing();

  private record Signed(SignableRequest request, CanonicalRequest.Stamp stamp) {}

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    FuzzBytes.shortRun(300, new byte[200], this::whenTwoRequestsDiffer_thenSoDoTheirBytes);
    FuzzBytes.shortRun(
        300, new byte[200], this::whenTheHeadersAreAnything_thenTheRequestIsNotAccepted);
  }

  @FuzzTest
  void whenTwoRequestsDiffer_thenSoDoTheirBytes(byte[] bytes) {
    FuzzBytes data = new FuzzBytes(bytes);
    try {
      Signed one = draw(data);
      Signed other = draw(data);
      boolean same = Arrays.equals(
          CanonicalRequest.bytes(one.request(), one.stamp()),
          CanonicalRequest.bytes(other.request(), other.stamp()));
      assertThat(same && !one.equals(other)).isFalse();
    } catch (QilinException refused) {
      assertThat(refused).hasMessageStartingWith("QILIN-");
    }
  }

  private static Signed draw(FuzzBytes data) {
    List<String> names = data.yes() ? List.of("content-type") : List.of();
    List<HeaderField> headers =
        data.yes() ? List.of(new HeaderField("content-type", data.text(40))) : List.of();
    Optional<String> query = data.yes() ? Optional.of(data.text(40)) : Optional.empty();
    // Headers that are not signed do not count.
    List<HeaderField> counted = names.isEmpty() ? List.of() : headers;
    SignableRequest request = new SignableRequest(
        data.text(8), data.text(40), query, counted, BodyHash.of(data.bytes(20)));
    CanonicalRequest.Stamp stamp =
        new CanonicalRequest.Stamp(data.text(16), names, data.text(12), data.text(24));
    return new Signed(request, stamp);
  }

  @FuzzTest
  void whenTheHeadersAreAnything_thenTheRequestIsNotAccepted(byte[] bytes) {
    FuzzBytes data = new FuzzBytes(bytes);
    try {
      SignableRequest request = Signing.request("POST", "/api", "{}")
          .withHeaders(List.of(
              new HeaderField("x-key-id", data.yes() ? "client-1" : data.text(20)),
              new HeaderField("x-timestamp", data.yes() ? "1736900000" : data.text(20)),
              new HeaderField("x-nonce", data.text(40)),
              new HeaderField("x-signed-headers", data.text(40)),
              new HeaderField("x-signature", new String(data.rest(), StandardCharsets.UTF_8))));
      assertThat(signing.verify(request)).isNotEqualTo("ACCEPTED");
    } catch (QilinException refused) {
      assertThat(refused).hasMessageStartingWith("QILIN-");
    }
  }
}
