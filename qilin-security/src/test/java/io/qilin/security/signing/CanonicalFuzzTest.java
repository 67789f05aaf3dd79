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
import org.junit.jupiter.params.provider.MethodSource;

/** Two requests that differ have other bytes to sign, and a verifier answers whatever stands in the headers. */
class CanonicalFuzzTest {
  private final Signing signing = new Signing();

  private record Signed(SignableRequest request, CanonicalRequest.Stamp stamp) {}

  /** Two requests each that look alike. */
  static List<byte[]> pairs() {
    return List.of(
        new byte[200],
        FuzzBytes.of(
            pair("/api", "a=1&b=2", "text/plain"), pair("/api", "a=1%26b=2", "text/plain")),
        FuzzBytes.of(pair("/a%2Fb", "", "a, b"), pair("/a/b", "", "a,b")),
        FuzzBytes.of(pair("/a/../b", "x=1\ny", "a\r\nb"), pair("/b", "x=1", "a b")));
  }

  private static byte[] pair(String path, String query, String type) {
    return FuzzBytes.of(
        1, 1, type, 1, query, "POST", path, "{}", "client-1", "1736900000", "0123456789abcdef");
  }

  static List<byte[]> headers() {
    byte[] signature = "v1=00ff".getBytes(StandardCharsets.UTF_8);
    return List.of(
        new byte[200],
        FuzzBytes.of(1, 1, "0123456789abcdef0123456789abcdef", "content-type;x-a", signature),
        FuzzBytes.of(0, "client-1", 0, "1736900001", "0123456789abcdef", "", signature));
  }

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    FuzzBytes.shortRun(300, pairs(), this::whenTwoRequestsDiffer_thenSoDoTheirBytes);
    FuzzBytes.shortRun(300, headers(), this::whenTheHeadersAreAnything_thenTheRequestIsNotAccepted);
  }

  @MethodSource("pairs")
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

  @MethodSource("headers")
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
