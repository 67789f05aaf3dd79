package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrospectionVerifierTest {
  private static final String ACTIVE =
      "{\"active\":true,\"iss\":\"issuer\",\"aud\":\"desk\",\"sub\":\"u1\",\"iat\":1760000000,"
          + "\"exp\":1760000600,\"scope\":\"read trade\",\"username\":\"li\"}";

  private final Tokens tokens = new Tokens();
  private final List<String> asked = new ArrayList<>();

  private IntrospectionVerifier verifier(String answer) {
    return verifier(
        token -> {
          asked.add(token);
          return answer.getBytes(StandardCharsets.UTF_8);
        },
        token -> Boolean.FALSE);
  }

  private IntrospectionVerifier verifier(TokenIntrospection server, RevokedTokens revoked) {
    return IntrospectionVerifier.of(server, "issuer", "desk", revoked, tokens.clock);
  }

  @Test
  void whenTheServerSaysActive_thenTheTokenIsAccepted() {
    TokenVerdict verdict = verifier(ACTIVE).checkHeader("Bearer opaque");
    VerifiedToken token = verdict.orThrow();

    assertThat(asked).containsExactly("opaque");
    assertThat(token.subject()).isEqualTo("u1");
    assertThat(token.scopes()).containsExactly("read", "trade");
    assertThat(token.keyId()).isEqualTo("introspection");
    assertThat(token.id())
        .isEqualTo(TokenDigest.of("opaque".getBytes(StandardCharsets.US_ASCII)).hex());
    assertThat(token.claims()).containsEntry("username", "li");
    assertThat(verifier(ACTIVE.replace("\"sub\"", "\"jti\":\"j9\",\"sub\""))
            .check("opaque")
            .orThrow()
            .id())
        .isEqualTo("j9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"active\":true | \"active\":false | INACTIVE",
        "\"active\":true | \"active\":\"true\" | INACTIVE",
        "\"active\":true | \"active\":1 | INACTIVE",
        "\"active\":true, | '' | INACTIVE",
        "\"active\":true | \"active\":false,\"active\":true | UNAVAILABLE",
        "\"iss\":\"issuer\" | \"iss\":\"other\" | ISSUER",
        "\"iss\":\"issuer\", | '' | CLAIMS",
        "\"aud\":\"desk\" | \"aud\":\"other\" | AUDIENCE",
        "\"sub\":\"u1\" | \"sub\":\"\" | CLAIMS",
        "\"iat\":1760000000, | '' | CLAIMS",
        "\"iat\":1760000000 | \"iat\":1760000031 | NOT_YET_VALID",
        "\"exp\":1760000600 | \"exp\":1759999970 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760086401 | LIFE_TOO_LONG",
        "\"sub\":\"u1\" | \"sub\":\"u1\",\"jti\":7 | CLAIMS"
      })
  void whenTheAnswerIsWrong_thenTheTokenIsRefused(String was, String is, TokenRefusal reason) {
    assertThat(ACTIVE).contains(was);

    assertThat(Tokens.reason(verifier(ACTIVE.replace(was, is)).check("opaque"))).isEqualTo(reason);
  }

  @Test
  void whenTheServerOrTheListFails_thenTheTokenIsRefused() {
    byte[] active = ACTIVE.getBytes(StandardCharsets.UTF_8);
    List<IntrospectionVerifier> failing = List.of(
        verifier(
            token -> {
              throw new UnsupportedOperationException("no network");
            },
            token -> false),
        verifier(token -> null, token -> false),
        verifier("[]"),
        verifier(""),
        verifier("{\"active\":true}".repeat(2)),
        verifier("{\"active\":true,\"x\":\"" + "y".repeat(64 << 10) + "\"}"),
        verifier(token -> active, token -> null),
        verifier(token -> active, token -> {
          throw new UnsupportedOperationException("no list");
        }));

    assertThat(failing)
        .allSatisfy(one ->
            assertThat(Tokens.reason(one.check("opaque"))).isEqualTo(TokenRefusal.UNAVAILABLE));
    assertThat(Tokens.reason(verifier(token -> active, token -> true).check("opaque")))
        .isEqualTo(TokenRefusal.TOKEN_REVOKED);
  }

  @Test
  void whenTheTextIsNoToken_thenTheServerIsNotAsked() {
    IntrospectionVerifier verifier = verifier(ACTIVE);

    assertThat(Tokens.reason(verifier.check(null))).isEqualTo(TokenRefusal.MISSING);
    assertThat(Tokens.reason(verifier.check(""))).isEqualTo(TokenRefusal.MISSING);
    assertThat(Tokens.reason(verifier.check("a&active=true"))).isEqualTo(TokenRefusal.MALFORMED);
    assertThat(Tokens.reason(verifier.check("a\r\nb"))).isEqualTo(TokenRefusal.MALFORMED);
    assertThat(Tokens.reason(verifier.check("a".repeat(8_193)))).isEqualTo(TokenRefusal.TOO_LARGE);
    assertThat(Tokens.reason(verifier.checkHeader(null))).isEqualTo(TokenRefusal.MISSING);
    assertThat(Tokens.reason(verifier.checkHeader("Basic a")))
        .isEqualTo(TokenRefusal.AUTHORIZATION_HEADER);
    assertThat(asked).isEmpty();
    assertThat(verifier.check("a".repeat(8_192))).isInstanceOf(TokenVerdict.Accepted.class);
  }
}
