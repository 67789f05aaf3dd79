package io.qilin.security.signing;

import static io.qilin.security.signing.Signing.FAR;
import static io.qilin.security.signing.Signing.START;
import static io.qilin.security.signing.Signing.key;
import static io.qilin.security.signing.Signing.keys;
import static io.qilin.security.signing.Signing.outcome;
import static io.qilin.security.signing.Signing.request;
import static io.qilin.security.signing.Signing.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyState;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestVerifierTest {
  private final Signing signing = new Signing();

  @Test
  void whenARequestIsSigned_thenItIsAcceptedOnce() {
    SignableRequest signed = signing.signed();

    assertThat(signing.verifier.verify(signed).orThrow()).isEqualTo("client-1");
    assertThat(signing.verify(signed)).isEqualTo("REPLAY");
    assertThat(signing.verify(signing.signed())).isEqualTo("ACCEPTED");
  }

  @Test
  void whenARequestIsRefused_thenTheCallerHearsNothingOfTheReason() {
    SignableRequest unknown = with(signing.signed(), "x-key-id", Optional.of("nobody"));
    SignableRequest wrong = with(signing.signed(), "x-signature", Optional.of("0".repeat(64)));

    for (SignableRequest one : List.of(unknown, wrong)) {
      assertThatThrownBy(() -> signing.verifier.verify(one).orThrow())
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION))
          .hasMessage("QILIN-6000 the signature of the request is not accepted")
          .hasNoCause();
    }
    assertThat(signing.verify(unknown)).isEqualTo("KEY_UNKNOWN");
    assertThat(signing.verify(wrong)).isEqualTo("SIGNATURE");
  }

  @Test
  void whenAnyPartIsChanged_thenTheSignatureIsWrong() {
    SignableRequest signed = signing.signed();
    BodyHash other = BodyHash.of("{\"qty\":2}".getBytes(StandardCharsets.UTF_8));
    List<HeaderField> headers = signed.headers();

    assertThat(List.of(
            new SignableRequest("PUT", signed.path(), signed.query(), headers, signed.body()),
            new SignableRequest("POST", "/api/orders", signed.query(), headers, signed.body()),
            new SignableRequest(
                "POST", signed.path(), Optional.of("dry=0"), headers, signed.body()),
            new SignableRequest("POST", signed.path(), Optional.empty(), headers, signed.body()),
            new SignableRequest("POST", signed.path(), signed.query(), headers, other),
            with(signed, "x-timestamp", Optional.of("1736900001")),
            with(signed, "x-nonce", Optional.of("0123456789abcdef01234567")),
            with(signed, "x-key-id", Optional.of("client-2")),
            with(signed, "x-signed-headers", Optional.of("content-type"))))
        .allSatisfy(changed -> assertThat(signing.verify(changed)).isEqualTo("SIGNATURE"));
    assertThat(signing.verify(signed)).isEqualTo("ACCEPTED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-signature", "x-timestamp", "x-nonce", "x-key-id"})
  void whenAHeaderIsMissingOrThereTwice_thenItIsRefused(String name) {
    SignableRequest signed = signing.signed();
    List<HeaderField> again = List.of(new HeaderField(name, signed.values(name).get(0)));

    assertThat(signing.verify(with(signed, name, Optional.empty()))).isEqualTo("HEADER_MISSING");
    assertThat(signing.verify(signed.withHeaders(again))).isEqualTo("HEADER_MISSING");
    assertThat(signing.verify(with(signed, name, Optional.of("")))).isEqualTo("HEADER_MALFORMED");
  }

  @ParameterizedTest
  @CsvSource({
    "x-timestamp, abc", "x-timestamp, 9223372036854775807", "x-timestamp, -1736900000",
    "x-timestamp, 01736900000", "x-timestamp, 1736900000.0", "x-timestamp, ١٧٣٦٩٠٠٠٠٠",
    "x-timestamp, ' 1736900000'", "x-timestamp, 1e9", "x-timestamp, 1000000000000",
    "x-nonce, 0123456789abcdef0123456", "x-nonce, ABCDEFGHIJKLMNO", "x-nonce, 0123456789abcdef+/=z",
    "x-signature, 0123", "x-key-id, a b", "x-key-id, a/b",
    "x-signed-headers, ''", "x-signed-headers, Content-Type", "x-signed-headers, b;a",
    "x-signed-headers, a;a", "x-signed-headers, a;", "x-signed-headers, x-nonce",
    "x-signed-headers, 'a,b'"
  })
  void whenAHeaderHasAnotherForm_thenItIsRefused(String name, String value) {
    assertThat(signing.verify(with(signing.signed(), name, Optional.of(value))))
        .isEqualTo("HEADER_MALFORMED");
  }

  @Test
  void whenTheSignatureIsInCapitals_thenItHasAnotherForm() {
    SignableRequest signed = signing.signed();
    String capitals = signed.values("x-signature").get(0).toUpperCase(java.util.Locale.ROOT);

    assertThat(signing.verify(with(signed, "x-signature", Optional.of(capitals))))
        .isEqualTo("HEADER_MALFORMED");
  }

  @Test
  void whenNoncesAreLongEnough_thenTheyAreTaken() {
    for (String nonce : List.of(
        "0123456789abcdef01234567", "0123456789ABCDEf-", "a".repeat(64), "ZZZZZZZZZZZZZZZZ")) {
      assertThat(signing.verify(with(signing.signed(), "x-nonce", Optional.of(nonce))))
          .isEqualTo("SIGNATURE");
    }
    assertThat(signing.verify(with(signing.signed(), "x-nonce", Optional.of("a".repeat(65)))))
        .isEqualTo("HEADER_MALFORMED");
    assertThat(signing.verify(with(signing.signed(), "x-key-id", Optional.of("a".repeat(64)))))
        .isEqualTo("KEY_UNKNOWN");
    assertThat(signing.verify(with(signing.signed(), "x-key-id", Optional.of("a".repeat(65)))))
        .isEqualTo("HEADER_MALFORMED");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "60000, true", "60001, false", "-60000, true", "-60001, false"})
  void whenTimeHasPassed_thenTheWindowCountsToTheMillisecond(long millis, boolean accepted) {
    RequestVerifier usual = RequestVerifier.builder(
            keys(signing.key, key("x", 9)), signing.nonces, signing.clock)
        .build();
    SignableRequest signed = signing.signed();
    signing.clock.advance(Duration.ofMillis(millis));

    assertThat(outcome(usual.verify(signed))).isEqualTo(accepted ? "ACCEPTED" : "TIMESTAMP");
  }

  @ParameterizedTest
  @CsvSource({"999, false", "1000, true", "300000, true", "300001, false"})
  void whenAWindowIsSet_thenItIsFromOneTo300Seconds(long millis, boolean taken) {
    var builder = RequestVerifier.builder(id -> Optional.empty(), signing.nonces, signing.clock);
    if (taken) {
      assertThat(builder.window(Duration.ofMillis(millis)).build()).isNotNull();
    } else {
      assertThatThrownBy(() -> builder.window(Duration.ofMillis(millis)))
          .hasMessageContaining("1 to 300 s");
    }
  }

  @Test
  void whenHeadersAreSigned_thenTheirValuesCountAndOthersDoNot() {
    RequestSigner signer = RequestSigner.of(
        signing.key,
        List.of("Host", "content-type", "x-absent"),
        signing.clock,
        new SecureRandom());
    SignableRequest plain = request("GET", "/a", "")
        .withHeaders(List.of(
            new HeaderField("Content-Type", "text/plain"),
            new HeaderField("HOST", "a.example"),
            new HeaderField("accept", "x")));
    SignableRequest signed = plain.withHeaders(signer.sign(plain));

    assertThat(signed.values("x-signed-headers")).containsExactly("content-type;host;x-absent");
    assertThat(signing.verify(with(signed, "host", Optional.of("b.example"))))
        .isEqualTo("SIGNATURE");
    assertThat(signing.verify(with(signed, "host", Optional.empty()))).isEqualTo("SIGNATURE");
    assertThat(signing.verify(with(signed, "x-absent", Optional.of("")))).isEqualTo("SIGNATURE");
    assertThat(signing.verify(signed.withHeaders(List.of(new HeaderField("host", "a.example")))))
        .isEqualTo("SIGNATURE");
    assertThat(signing.verify(with(signed, "accept", Optional.of("y")))).isEqualTo("ACCEPTED");
  }

  @Test
  void whenAHeaderMustBeSigned_thenARequestThatDoesNotIsRefused() {
    RequestVerifier strict = RequestVerifier.builder(
            keys(signing.key, key("x", 9)), signing.nonces, signing.clock)
        .mustSign("Content-Type")
        .build();
    RequestSigner signer = RequestSigner.of(
        signing.key, List.of("content-type", "a"), signing.clock, new SecureRandom());
    SignableRequest plain = request("GET", "/a", "");

    assertThat(outcome(strict.verify(signing.signed()))).isEqualTo("HEADER_UNSIGNED");
    assertThat(outcome(strict.verify(plain.withHeaders(signer.sign(plain))))).isEqualTo("ACCEPTED");
    for (String name : List.of("X-Nonce", "a;b", "")) {
      assertThatThrownBy(
              () -> RequestVerifier.builder(id -> Optional.empty(), signing.nonces, signing.clock)
                  .mustSign(name))
          .hasMessageContaining("cannot be signed");
    }
  }

  @Test
  void whenAKeyIsAtItsEnd_thenItsStateCounts() {
    RequestKey ending = key("client-1", 1, KeyState.VERIFY_ONLY, START.plusSeconds(10));
    RequestKey revoked = key("client-1", 1, KeyState.REVOKED, FAR);
    RequestVerifier overlap = verifier(ending);
    SignableRequest signed = signing.signed();
    SignableRequest later = signing.signed();

    assertThat(outcome(verifier(revoked).verify(signed))).isEqualTo("KEY_REVOKED");
    signing.pass(Duration.ofSeconds(10).minusMillis(1));
    assertThat(outcome(overlap.verify(signed))).isEqualTo("ACCEPTED");
    signing.pass(Duration.ofMillis(1));
    assertThat(outcome(overlap.verify(later))).isEqualTo("KEY_EXPIRED");
    assertThatThrownBy(() -> RequestSigner.of(ending, List.of(), signing.clock, new SecureRandom())
            .sign(request("GET", "/", "")))
        .hasMessageContaining("QILIN-6007");
    assertThatThrownBy(() -> RequestSigner.of(
                key("client-1", 1, KeyState.ACTIVE, signing.clock.instant()),
                List.of(),
                signing.clock,
                new SecureRandom())
            .sign(request("GET", "/", "")))
        .hasMessageContaining("QILIN-6007");
  }

  private RequestVerifier verifier(RequestKey key) {
    return RequestVerifier.builder(keys(key, key("x", 9)), signing.nonces, signing.clock)
        .build();
  }

  @Test
  @SuppressWarnings("NullAway") // collaborators that break their contracts
  void whenACollaboratorFails_thenTheRequestIsRefused() {
    RequestKeys good = keys(signing.key, key("x", 9));
    Clock noClock = new Clock() {
      @Override
      public java.time.ZoneId getZone() {
        return java.time.ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return null;
      }
    };
    List<RequestVerifier> broken = List.of(
        RequestVerifier.builder(id -> null, signing.nonces, signing.clock).build(),
        RequestVerifier.builder(
                id -> {
                  throw new ArithmeticException();
                },
                signing.nonces,
                signing.clock)
            .build(),
        RequestVerifier.builder(good, (id, nonce, at) -> null, signing.clock).build(),
        RequestVerifier.builder(
                good,
                (id, nonce, at) -> {
                  throw new ArithmeticException();
                },
                signing.clock)
            .build(),
        RequestVerifier.builder(good, signing.nonces, noClock).build());

    for (RequestVerifier one : broken) {
      assertThat(outcome(one.verify(signing.signed()))).isEqualTo("UNAVAILABLE");
    }
    assertThat(outcome(signing.verifier.verify(null))).isEqualTo("UNAVAILABLE");
    RequestVerifier other = RequestVerifier.builder(
            id -> Optional.of(key("client-2", 1)), signing.nonces, signing.clock)
        .build();
    assertThat(outcome(other.verify(signing.signed()))).isEqualTo("KEY_UNKNOWN");
  }

  @Test
  void whenARequestCannotBeSigned_thenItIsRefused() {
    SignableRequest signed = signing.signed();
    SignableRequest torn =
        new SignableRequest("GET", "/a\ud800", Optional.empty(), signed.headers(), BodyHash.EMPTY);
    SignableRequest longest = new SignableRequest(
        "GET", "/" + "a".repeat(70_000), Optional.empty(), signed.headers(), BodyHash.EMPTY);

    assertThat(signing.verify(torn)).isEqualTo("REQUEST_MALFORMED");
    assertThat(signing.verify(longest)).isEqualTo("REQUEST_MALFORMED");
    assertThatThrownBy(() -> signing.signer.sign(longest)).hasMessageContaining("QILIN-6003");
    assertThatThrownBy(() -> signing.signer.sign(torn)).hasMessageContaining("Unicode");
  }

  @Test
  void whenKeysAndRequestsArePrinted_thenNothingSecretIs() {
    assertThat(signing.key.toString()).isEqualTo("RequestKey[client-1, ACTIVE]");
    assertThat(new HeaderField("A", "secret").toString()).isEqualTo("HeaderField[a]");
    assertThat(signing.signed().toString()).isEqualTo("SignableRequest['POST' '/api/order']");
    assertThatThrownBy(() -> new HeaderField("a b", "x")).hasMessageContaining("QILIN-6003");
    assertThatThrownBy(() -> RequestKey.of("a b", new byte[32], KeyState.ACTIVE, FAR))
        .hasMessageContaining("QILIN-1001");
    assertThatThrownBy(() -> RequestKey.of("a", new byte[32], KeyState.ACTIVE, FAR))
        .hasMessageContaining("QILIN-6006");
    assertThatThrownBy(() -> RequestSigner.of(
            signing.key,
            java.util.stream.IntStream.range(0, 33).mapToObj(i -> "h" + i).toList(),
            signing.clock,
            new SecureRandom()))
        .hasMessageContaining("at most 32 headers");
  }
}
