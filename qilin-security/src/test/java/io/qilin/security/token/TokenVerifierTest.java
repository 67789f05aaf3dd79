package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final Instant T0 = Tokens.T0;

  private final Tokens tokens = new Tokens();
  private final TokenVerifier verifier = tokens.verifier().build();

  private TokenRefusal refusal(String token) {
    return Tokens.reason(verifier.check(token));
  }

  @Test
  void whenATokenIsIssued_thenItIsAcceptedWithAllItSays() {
    TokenGrant grant = TokenGrant.builder("u1")
        .userId("user-1")
        .clientId("c1")
        .roles(List.of("analyst", "交易员"))
        .permissions(List.of("read:order"))
        .mfaHint()
        .authenticated(List.of("pwd", "otp"), T0.minusSeconds(5))
        .life(Duration.ofMinutes(10))
        .build();
    tokens.clock.set(T0.plusMillis(999));
    IssuedToken issued = tokens.issuer().issue(grant);
    VerifiedToken token = verifier.verify(issued.text().reveal());

    assertThat(token.subject()).isEqualTo("u1");
    assertThat(token.userId()).isEqualTo("user-1");
    assertThat(token.clientId()).contains("c1");
    assertThat(token.issuer()).isEqualTo("issuer");
    assertThat(token.audience()).containsExactly("desk");
    assertThat(token.roles()).containsExactly("analyst", "交易员");
    assertThat(token.permissions()).containsExactly("read:order");
    assertThat(token.mfaHint()).isTrue();
    assertThat(token.authenticationMethods()).containsExactly("pwd", "otp");
    assertThat(token.authenticatedAt()).contains(T0.minusSeconds(5));
    assertThat(token.scopes()).isEmpty();
    assertThat(token.issuedAt()).isEqualTo(T0).isEqualTo(issued.issuedAt());
    assertThat(token.notBefore()).isEqualTo(T0);
    assertThat(token.hasNotBefore()).isTrue();
    assertThat(token.expiresAt()).isEqualTo(T0.plusSeconds(600)).isEqualTo(issued.expiresAt());
    assertThat(token.id()).isEqualTo(issued.id()).hasSize(22);
    assertThat(token.keyId()).isEqualTo("k1").isEqualTo(issued.keyId());
    assertThat(token.claims()).containsEntry("user_id", "user-1");
    assertThat(token).hasToString("VerifiedToken[key=k1, expiresAt=2025-10-09T09:03:20Z]");
    assertThat(issued.toString()).contains("***").doesNotContain(issued.text().reveal());
    assertThat(verifier.checkHeader("Bearer " + issued.text().reveal()))
        .isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenATokenSaysLittle_thenTheRestIsEmpty() {
    VerifiedToken token =
        verifier.verify(tokens.token(Tokens.claims("\"scope\":\"a b\",\"x\":[null]")));

    assertThat(token.userId()).isEqualTo("u1");
    assertThat(token.roles()).isEmpty();
    assertThat(token.permissions()).isEmpty();
    assertThat(token.mfaHint()).isFalse();
    assertThat(token.authenticationMethods()).isEmpty();
    assertThat(token.authenticatedAt()).isEmpty();
    assertThat(token.clientId()).isEmpty();
    assertThat(token.scopes()).containsExactly("a", "b");
    assertThat(token.notBefore()).isEqualTo(T0);
    assertThat(token.hasNotBefore()).isFalse();
  }

  @Test
  void whenATokenIsRefused_thenTheCallerLearnsNothing() {
    String message =
        catchThrowableOfType(QilinException.class, () -> verifier.verify(null)).getMessage();
    String expired = tokens.token(Tokens.claims("").replace("1760000600", "1750000000"));
    for (String bad : List.of("", "a.b", expired, tokens.token("{}"), "x".repeat(9_000))) {
      QilinException e = catchThrowableOfType(QilinException.class, () -> verifier.verify(bad));
      assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION);
      assertThat(e).hasMessage(message).hasNoCause();
    }
    assertThat(new TokenVerdict.Refused(TokenRefusal.EXPIRED, "x").code())
        .isEqualTo(ErrorCode.AUTHENTICATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"alg\":\"none\",\"kid\":\"k1\"} | ALGORITHM",
        "{\"alg\":\"hs256\",\"kid\":\"k1\"} | ALGORITHM",
        "{\"alg\":\"HS384\",\"kid\":\"k1\"} | ALGORITHM",
        "{\"alg\":[\"HS256\"],\"kid\":\"k1\"} | HEADER",
        "{\"alg\":null,\"kid\":\"k1\"} | HEADER",
        "{\"kid\":\"k1\"} | HEADER",
        "{\"alg\":\"HS256\"} | KEY_UNKNOWN",
        "{\"alg\":\"HS256\",\"kid\":\"K1\"} | KEY_UNKNOWN",
        "{\"alg\":\"HS256\",\"kid\":\"\"} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":1} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\\u0000\"} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"alg\":\"HS256\"} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"jku\":\"https://a\"} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"jwk\":{}} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"x5u\":\"\"} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"x5c\":[]} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"enc\":\"A256GCM\"} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"zip\":\"DEF\"} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":true} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"crit\":[]} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"crit\":null} | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\"}{} | HEADER",
        "[] | HEADER",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"at+jwt\"} | TYPE",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"logout+jwt\"} | TYPE",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":7} | HEADER"
      })
  void whenTheHeaderIsHostile_thenTheTokenIsRefused(String header, TokenRefusal reason) {
    assertThat(refusal(tokens.token(header, Tokens.claims("")))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"kid\":\"k1\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"jwt\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"application/JWT\",\"x5t\":\"unknown\"}",
        " { \"alg\" : \"HS256\" , \"kid\" : \"k1\" } "
      })
  void whenTheHeaderIsPlain_thenTheTokenIsAccepted(String header) {
    assertThat(verifier.check(tokens.token(header, Tokens.claims(""))))
        .isInstanceOf(TokenVerdict.Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"iss\":\"issuer\" | \"iss\":\"other\" | ISSUER",
        "\"iss\":\"issuer\" | \"iss\":\"issuer/\" | ISSUER",
        "\"iss\":\"issuer\", | '' | CLAIMS",
        "\"iss\":\"issuer\" | \"iss\":[\"issuer\"] | CLAIMS",
        "\"aud\":\"desk\" | \"aud\":\"disk\" | AUDIENCE",
        "\"aud\":\"desk\" | \"aud\":[\"disk\"] | AUDIENCE",
        "\"aud\":\"desk\" | \"aud\":[] | CLAIMS",
        "\"aud\":\"desk\" | \"aud\":[\"desk\",1] | CLAIMS",
        "\"aud\":\"desk\" | \"aud\":null | CLAIMS",
        "\"aud\":\"desk\", | '' | CLAIMS",
        "\"sub\":\"u1\" | \"sub\":\"\" | CLAIMS",
        "\"sub\":\"u1\" | \"sub\":\" u1\" | CLAIMS",
        "\"sub\":\"u1\" | \"sub\":\"u1\\n\" | CLAIMS",
        "\"sub\":\"u1\" | \"sub\":\"u\\u200b1\" | CLAIMS",
        "\"sub\":\"u1\" | \"sub\":\"u\\ud8001\" | CLAIMS",
        "\"sub\":\"u1\" | \"sub\":1 | CLAIMS",
        "\"sub\":\"u1\", | '' | CLAIMS",
        "\"jti\":\"j1\", | '' | CLAIMS",
        "\"jti\":\"j1\" | \"jti\":null | CLAIMS",
        "\"iat\":1760000000, | '' | CLAIMS",
        "\"iat\":1760000000 | \"iat\":true | CLAIMS",
        "\"iat\":1760000000 | \"iat\":-1 | CLAIMS",
        ",\"exp\":1760000600 | '' | CLAIMS",
        "\"exp\":1760000600 | \"exp\":\"1760000600\" | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1e99 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1e-999999999 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1e999999999 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":253402300800 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":253402300799 | LIFE_TOO_LONG",
        "\"exp\":1760000600 | \"exp\":1760000000 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000900.5 | LIFE_TOO_LONG",
        "\"exp\":1760000600 | \"exp\":1760000600,\"exp\":1760000600 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"nbf\":\"x\" | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"auth_time\":\"x\" | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"auth_time\":1760000031 | NOT_YET_VALID",
        "\"exp\":1760000600 | \"exp\":1760000600,\"roles\":\"admin\" | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"roles\":[1] | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"permissions\":{} | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"amr\":[\"\"] | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"require_mfa\":\"false\" | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"require_mfa\":null | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"user_id\":5 | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"client_id\":\"\" | CLAIMS",
        "\"exp\":1760000600 | \"exp\":1760000600,\"scope\":[] | CLAIMS"
      })
  void whenAClaimIsWrong_thenTheTokenIsRefused(String was, String is, TokenRefusal reason) {
    String claims = Tokens.claims("");
    assertThat(claims).contains(was);

    assertThat(refusal(tokens.token(claims.replace(was, is)))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"aud\":[\"other\",\"desk\"]",
        "\"aud\":\"desk\",\"auth_time\":1760000030",
        "\"aud\":\"desk\",\"nbf\":1760000030",
        "\"aud\":\"desk\",\"nbf\":1760000000.25"
      })
  void whenAClaimIsUnusualAndRight_thenTheTokenIsAccepted(String is) {
    String claims = Tokens.claims("").replace("\"aud\":\"desk\"", is);

    assertThat(verifier.check(tokens.token(claims))).isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenAClaimIsAtItsBound_thenItIsReadAndBeyondItNot() {
    String roles = "\"roles\":[" + "\"r\",".repeat(255) + "\"r\"]";
    String tooMany = "\"roles\":[" + "\"r\",".repeat(256) + "\"r\"]";
    String finest = Tokens.claims("").replace("1760000600", "1760000600." + "0".repeat(19) + "1");
    String finer = Tokens.claims("").replace("1760000600", "1760000600." + "0".repeat(20) + "1");

    assertThat(verifier.verify(tokens.token(Tokens.claims(roles))).roles()).hasSize(256);
    assertThat(refusal(tokens.token(Tokens.claims(tooMany)))).isEqualTo(TokenRefusal.CLAIMS);
    assertThat(verifier.check(tokens.token(finest))).isInstanceOf(TokenVerdict.Accepted.class);
    assertThat(refusal(tokens.token(finer))).isEqualTo(TokenRefusal.CLAIMS);
    assertThat(refusal(tokens.token(Tokens.claims("").replace("\"iat\":1760000000", "\"iat\":0"))))
        .isEqualTo(TokenRefusal.LIFE_TOO_LONG);
    assertThat(verifier
            .verify(tokens.token(Tokens.claims("\"require_mfa\":false")))
            .mfaHint())
        .isFalse();
  }

  @Test
  void whenATimeHasAFraction_thenItCounts() {
    String claims = Tokens.claims("").replace("1760000600", "1760000600.123456789123");

    assertThat(verifier.verify(tokens.token(claims)).expiresAt())
        .isEqualTo(Instant.ofEpochSecond(1_760_000_600L, 123_456_789));
  }

  @Test
  void whenTimePasses_thenTheTokenCountsWithinTheLeewayAndNotOneNanosecondMore() {
    String token = tokens.token(Tokens.claims("\"nbf\":1760000100"));
    tokens.clock.set(T0.plusSeconds(70).minusNanos(1));
    assertThat(refusal(token)).isEqualTo(TokenRefusal.NOT_YET_VALID);
    tokens.clock.set(T0.plusSeconds(70));
    assertThat(verifier.check(token)).isInstanceOf(TokenVerdict.Accepted.class);
    tokens.clock.set(T0.plusSeconds(630).minusNanos(1));
    assertThat(verifier.check(token)).isInstanceOf(TokenVerdict.Accepted.class);
    tokens.clock.set(T0.plusSeconds(630));
    assertThat(refusal(token)).isEqualTo(TokenRefusal.EXPIRED);
  }

  @Test
  void whenATokenLivesLonger_thenTheLimitDecides() {
    String day = tokens.token(Tokens.claims("").replace("1760000600", "1760086400"));
    String quarter = tokens.token(Tokens.claims("").replace("1760000600", "1760000900"));

    assertThat(verifier.check(quarter)).isInstanceOf(TokenVerdict.Accepted.class);
    assertThat(refusal(day)).isEqualTo(TokenRefusal.LIFE_TOO_LONG);
    assertThat(tokens.verifier().mostLife(Duration.ofHours(24)).build().check(day))
        .isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenNothingIsSet_thenTheDefaultsAreThoseOfThePage() {
    String longer = tokens.token(Tokens.claims("").replace("1760000600", "1760000901"));

    assertThat(refusal(longer)).isEqualTo(TokenRefusal.LIFE_TOO_LONG);
    assertThat(refusal("a".repeat(8_192))).isEqualTo(TokenRefusal.MALFORMED);
    assertThat(refusal("a".repeat(8_193))).isEqualTo(TokenRefusal.TOO_LARGE);
  }

  @Test
  void whenTheFormIsNotCanonical_thenTheTokenIsRefused() {
    String good = tokens.token(Tokens.claims(""));
    int dot = good.lastIndexOf('.');
    for (String bad : List.of(
        good + "=",
        good + ".",
        good + ".a",
        " " + good,
        good + "\n",
        good.substring(0, dot),
        "." + good,
        "...",
        good.replace('.', ':'),
        good.substring(0, dot + 1) + "ä" + good.substring(dot + 1))) {
      assertThat(refusal(bad)).isEqualTo(TokenRefusal.MALFORMED);
    }
    assertThat(refusal(good.substring(0, dot + 1))).isEqualTo(TokenRefusal.SIGNATURE);
    assertThat(refusal(good.substring(good.indexOf('.')))).isEqualTo(TokenRefusal.HEADER);
    assertThat(refusal(null)).isEqualTo(TokenRefusal.MISSING);
    assertThat(refusal("")).isEqualTo(TokenRefusal.MISSING);
  }

  @Test
  void whenATokenIsLong_thenTheLimitDecides() {
    TokenVerifier small = tokens.verifier().mostBytes(300).build();
    String token = tokens.token(Tokens.claims(""));
    String filled = token;
    for (int more = 1; filled.length() < 300; more++) {
      filled = tokens.token(Tokens.claims("\"x\":\"" + "y".repeat(more) + "\""));
    }
    String longer = tokens.token(Tokens.claims("\"x\":\"" + "y".repeat(200) + "\""));

    assertThat(filled).hasSize(300);
    assertThat(small.check(filled)).isInstanceOf(TokenVerdict.Accepted.class);
    assertThat(Tokens.reason(small.check(longer))).isEqualTo(TokenRefusal.TOO_LARGE);
  }

  @Test
  void whenTheHeaderOfTheRequestIsNotBearer_thenItIsRefused() {
    String token = tokens.token(Tokens.claims(""));
    for (String bad : List.of(
        "",
        "Bearer",
        "Bearer ",
        "Basic " + token,
        "Bearer  " + token,
        "Bearer\t" + token,
        token,
        "xBearer " + token,
        "Bearer " + token + " ",
        "Bearer ä",
        "Bearer =",
        "Bearer a,b")) {
      assertThat(Tokens.reason(verifier.checkHeader(bad)))
          .isEqualTo(TokenRefusal.AUTHORIZATION_HEADER);
    }
    assertThat(Tokens.reason(verifier.checkHeader(null))).isEqualTo(TokenRefusal.MISSING);
    assertThat(verifier.checkHeader("bearer " + token)).isInstanceOf(TokenVerdict.Accepted.class);
    assertThat(BearerHeader.token("Bearer aZ9-._~+/==")).contains("aZ9-._~+/==");
    assertThat(BearerHeader.token(null)).isEmpty();
  }

  @Test
  void whenAPartFails_thenTheTokenIsRefused() {
    String token = tokens.token(Tokens.claims(""));
    RevokedTokens throwing = asked -> {
      throw new UnsupportedOperationException("list lost");
    };
    RevokedTokens silent = asked -> null;
    Clock broken = new Clock() {
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
        throw new UnsupportedOperationException("no time");
      }
    };
    TokenVerifier timeless = TokenVerifier.builder(tokens.keys, "issuer", "desk", broken)
        .withoutRevocation()
        .build();

    for (TokenVerifier failing : List.of(
        tokens.verifier().revoked(throwing).build(),
        tokens.verifier().revoked(silent).build(),
        tokens.verifier().revoked(throwing).cached(4).build(),
        timeless)) {
      assertThat(Tokens.reason(failing.check(token))).isEqualTo(TokenRefusal.UNAVAILABLE);
    }
    Refused.with(
        ErrorCode.SECURITY_UNAVAILABLE,
        "clock",
        () -> TokenIssuer.of(tokens.keys, "issuer", "desk", broken, Tokens.RANDOM)
            .issue(TokenGrant.builder("u1").build()));
  }

  @Test
  void whenATokenIsRevoked_thenItIsRefused() {
    TokenVerifier strict =
        tokens.verifier().revoked(token -> token.id().equals("j1")).build();

    assertThat(Tokens.reason(strict.check(tokens.token(Tokens.claims("")))))
        .isEqualTo(TokenRefusal.TOKEN_REVOKED);
    assertThat(strict.check(tokens.token(Tokens.claims("").replace("j1", "j2"))))
        .isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenAccessTokensAreExpected_thenOthersAreRefused() {
    TokenVerifier access = tokens.verifier().accessTokens().build();
    TokenGrant grant = TokenGrant.builder("u1").clientId("c1").build();
    IssuedToken issued = tokens.issuer().issueAccessToken(grant);
    String noClient = tokens.token(Tokens.HEADER.replace("JWT", "at+jwt"), Tokens.claims(""));

    assertThat(access.verify(issued.text().reveal()).clientId()).contains("c1");
    assertThat(Tokens.reason(access.check(noClient))).isEqualTo(TokenRefusal.CLAIMS);
    assertThat(Tokens.reason(access.check(tokens.issuer().issue(grant).text().reveal())))
        .isEqualTo(TokenRefusal.TYPE);
    assertThat(Tokens.reason(
            access.check(tokens.token("{\"alg\":\"HS256\",\"kid\":\"k1\"}", Tokens.claims("")))))
        .isEqualTo(TokenRefusal.TYPE);
    assertThat(refusal(issued.text().reveal())).isEqualTo(TokenRefusal.TYPE);
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "clientId",
        () -> tokens.issuer().issueAccessToken(TokenGrant.builder("u1").build()));
  }

  @Test
  void whenNotBeforeIsRequired_thenATokenWithoutIsRefused() {
    TokenVerifier strict = tokens.verifier().notBeforeRequired().build();

    assertThat(Tokens.reason(strict.check(tokens.token(Tokens.claims("")))))
        .isEqualTo(TokenRefusal.CLAIMS);
    assertThat(strict.check(tokens.token(Tokens.claims("\"nbf\":1760000000"))))
        .isInstanceOf(TokenVerdict.Accepted.class);
  }

  @Test
  void whenSettingsAreOutOfBounds_thenTheyAreRefused() {
    TokenVerifier.Builder builder = tokens.verifier();
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "leeway",
        () -> builder.leeway(Duration.ofSeconds(60).plusNanos(1)));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "leeway", () -> builder.leeway(Duration.ofNanos(-1)));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "life",
        () -> builder.mostLife(Duration.ofHours(24).plusNanos(1)));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "life", () -> builder.mostLife(Duration.ofMillis(999)));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "256 to 16384", () -> builder.mostBytes(255));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "256 to 16384", () -> builder.mostBytes(16_385));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "remembered", () -> builder.cached(0));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "remembered", () -> builder.cached((1 << 20) + 1));
    builder
        .leeway(Duration.ZERO)
        .leeway(Duration.ofSeconds(60))
        .mostBytes(256)
        .mostBytes(16_384)
        .mostLife(Duration.ofSeconds(1))
        .mostLife(Duration.ofHours(24))
        .cached(1)
        .cached(1 << 20);
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "revoked or withoutRevocation",
        () -> TokenVerifier.builder(tokens.keys, "issuer", "desk", tokens.clock).build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "issuer",
        () -> TokenVerifier.builder(tokens.keys, "", "desk", tokens.clock)
            .withoutRevocation()
            .build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "audience",
        () -> TokenVerifier.builder(tokens.keys, "issuer", "a\n", tokens.clock)
            .withoutRevocation()
            .build());
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "issuer",
        () -> TokenIssuer.of(tokens.keys, " ", "a", tokens.clock, Tokens.RANDOM));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "audience",
        () -> TokenIssuer.of(tokens.keys, "a", "", tokens.clock, Tokens.RANDOM));
  }

  @Property(tries = 100)
  void whenAnyTextIsGiven_thenTheAnswerIsAVerdict(@ForAll String text) {
    assertThat(verifier.check(text)).isInstanceOf(TokenVerdict.Refused.class);
    assertThat(verifier.checkHeader("Bearer " + text)).isInstanceOf(TokenVerdict.Refused.class);
  }

  @Property(tries = 100)
  void whenAnyBitOfATokenIsFlipped_thenItIsRefused(@ForAll int place) {
    char[] token = tokens.token(Tokens.claims("")).toCharArray();
    token[Math.floorMod(place, token.length)] ^=
        (char) (1 << Math.floorMod(place / token.length, 7));

    assertThat(verifier.check(new String(token))).isInstanceOf(TokenVerdict.Refused.class);
  }
}
