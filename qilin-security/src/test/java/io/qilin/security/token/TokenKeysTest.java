package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.Refused;
import io.qilin.security.TestPairs;
import io.qilin.security.crypto.KeyState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeysTest {
  private static final Instant T0 = Tokens.T0;

  static KeyPair pair(JwsAlgorithm algorithm) {
    return TestPairs.of(
        switch (algorithm) {
          case ES256 -> "secp256r1";
          case ES384 -> "secp384r1";
          case ES512 -> "secp521r1";
          case EDDSA -> "Ed25519";
          default -> "RSA";
        });
  }

  static TokenKey key(String id, JwsAlgorithm algorithm) {
    byte[] secret = new byte[64];
    Tokens.RANDOM.nextBytes(secret);
    return algorithm.isSymmetric()
        ? TokenKey.secret(id, algorithm, secret)
        : TokenKey.signing(id, algorithm, pair(algorithm), Tokens.RANDOM);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static TokenVerifier verifier(TokenKeys keys) {
    return TokenVerifier.builder(keys, "i", "a", Clock.fixed(T0, ZoneOffset.UTC))
        .withoutRevocation()
        .build();
  }

  private static String issue(TokenKeys keys) {
    return TokenIssuer.of(keys, "i", "a", Clock.fixed(T0, ZoneOffset.UTC), Tokens.RANDOM)
        .issue(TokenGrant.builder("u1").build())
        .text()
        .reveal();
  }

  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void whenAnyAlgorithmSigns_thenTheOtherSideVerifiesByThePublishedKeys(JwsAlgorithm algorithm) {
    TokenKeys keys = TokenKeys.of(key("k1", algorithm));
    String token = issue(keys);

    assertThat(verifier(keys).verify(token).keyId()).isEqualTo("k1");
    String published = keys.jwks(T0);
    if (algorithm.isSymmetric()) {
      assertThat(published).isEqualTo("{\"keys\":[]}");
    } else {
      assertThat(published)
          .contains("\"kid\":\"k1\"", "\"alg\":\"" + algorithm.joseName() + "\"", "\"use\":\"sig\"")
          .doesNotContain("\"d\"");
      TokenKeys others = TokenKeys.fromJwks(published.getBytes(StandardCharsets.UTF_8));
      assertThat(verifier(others).verify(token).keyId()).isEqualTo("k1");
      assertThat(others.signing()).isEmpty();
      Refused.with(ErrorCode.KEY_UNAVAILABLE, "no token key signs", () -> issue(others));
    }
    assertThat(keys.keys())
        .singleElement()
        .hasToString("TokenKey['k1', " + algorithm.joseName() + ", ACTIVE]");
  }

  @ParameterizedTest
  @CsvSource({"HS256, 32", "HS384, 48", "HS512, 64"})
  void whenASecretIsShorterThanItsHash_thenItIsRefused(JwsAlgorithm algorithm, int bytes) {
    byte[] enough = new byte[bytes];
    Tokens.RANDOM.nextBytes(enough);
    byte[] shorter = java.util.Arrays.copyOf(enough, bytes - 1);

    assertThat(TokenKey.secret("k", algorithm, enough).canSign()).isTrue();
    Refused.with(ErrorCode.WEAK_KEY, "'k'", () -> TokenKey.secret("k", algorithm, shorter));
    Refused.with(
        ErrorCode.WEAK_KEY,
        "needs at least " + bytes,
        () -> TokenKey.ofLength("k", algorithm, shorter));
    assertThat(TokenKey.ofLength("k", algorithm, new byte[bytes]).algorithm()).isEqualTo(algorithm);
  }

  @Test
  void whenASecretIsAPlaceholder_thenItIsRefused() {
    byte[] known = "your-secret-key-here-change-me-please!".getBytes(StandardCharsets.US_ASCII);

    Refused.with(
        ErrorCode.WEAK_KEY,
        "examples and defaults",
        () -> TokenKey.secret("k", JwsAlgorithm.HS256, known));
  }

  @Test
  void whenAKeyDoesNotFitItsAlgorithm_thenItIsRefused() throws GeneralSecurityException {
    KeyPair pair = pair(JwsAlgorithm.ES256);
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair mixed = new KeyPair(pair(JwsAlgorithm.EDDSA).getPublic(), other.getPrivate());

    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "has no secret",
        () -> TokenKey.secret("k", JwsAlgorithm.EDDSA, Tokens.secret()));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "has no key pair",
        () -> TokenKey.signing("k", JwsAlgorithm.HS256, pair, Tokens.RANDOM));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "has no key pair",
        () -> TokenKey.verifying("k", JwsAlgorithm.HS256, pair.getPublic()));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "needs a key on secp384r1",
        () -> TokenKey.verifying("k", JwsAlgorithm.ES384, pair.getPublic()));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "belong together",
        () -> TokenKey.signing("k", JwsAlgorithm.EDDSA, mixed, Tokens.RANDOM));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "key id",
        () -> TokenKey.verifying("", JwsAlgorithm.ES256, pair.getPublic()));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "key id",
        () -> TokenKey.verifying("a\nb", JwsAlgorithm.ES256, pair.getPublic()));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "key id",
        () -> TokenKey.verifying("x".repeat(257), JwsAlgorithm.ES256, pair.getPublic()));
    TokenKey verifying = TokenKey.verifying("x".repeat(256), JwsAlgorithm.ES256, pair.getPublic());
    assertThat(verifying.canSign()).isFalse();
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "cannot sign", () -> verifying.sign(new byte[1]));
    assertThat(JwsAlgorithm.named("EdDSA")).isEqualTo(JwsAlgorithm.EDDSA);
    Refused.with(ErrorCode.ALGORITHM_UNSUPPORTED, "not offered", () -> JwsAlgorithm.named("none"));
    assertThat(JwsAlgorithm.HS256.signature()).isEmpty();
    assertThat(JwsAlgorithm.ES256.signature()).isPresent();
  }

  @Test
  void whenKeysRotate_thenTheOldOneVerifiesUntilTheEndOfTheOverlap() {
    Tokens tokens = new Tokens();
    TokenVerifier verifier = tokens.verifier().mostLife(Duration.ofHours(24)).build();
    String old = tokens.token(Tokens.claims("").replace("1760000600", "1760003600"));
    tokens.keys.rotate(key("k2", JwsAlgorithm.HS256), T0.plusSeconds(930));

    assertThat(tokens.issuer().issue(TokenGrant.builder("u1").build()).keyId()).isEqualTo("k2");
    assertThat(tokens.keys.keys().get(0).state()).isEqualTo(KeyState.VERIFY_ONLY);
    assertThat(tokens.keys.keys().get(0).verifiesUntil()).contains(T0.plusSeconds(930));
    assertThat(tokens.keys.keys().get(1).verifiesUntil()).isEmpty();
    tokens.clock.set(T0.plusSeconds(930).minusNanos(1));
    assertThat(verifier.check(old)).isInstanceOf(TokenVerdict.Accepted.class);
    tokens.clock.set(T0.plusSeconds(930));
    assertThat(Tokens.reason(verifier.check(old))).isEqualTo(TokenRefusal.KEY_REVOKED);
    tokens.keys.prune(T0.plusSeconds(930).minusNanos(1));
    assertThat(tokens.keys.keys()).hasSize(2);
    tokens.keys.prune(T0.plusSeconds(930));
    assertThat(tokens.keys.keys()).hasSize(1);
    assertThat(Tokens.reason(verifier.check(old))).isEqualTo(TokenRefusal.KEY_UNKNOWN);
  }

  @Test
  void whenAnOverlapIsOver_thenTheKeyIsNotPublishedAnyMore() {
    TokenKeys keys = TokenKeys.of(key("k1", JwsAlgorithm.EDDSA));
    keys.rotate(key("k2", JwsAlgorithm.ES256), T0.plusSeconds(1));

    assertThat(keys.jwks(T0)).contains("\"k1\"", "\"k2\"");
    assertThat(keys.jwks(T0.plusSeconds(1))).doesNotContain("\"k1\"").contains("\"k2\"");
    keys.revoke("k2");
    assertThat(keys.jwks(T0)).doesNotContain("\"k2\"");
  }

  @Test
  void whenAKeyIsRevoked_thenItsTokensAreRefusedAndItDoesNotComeBack() {
    Tokens tokens = new Tokens();
    String token = tokens.token(Tokens.claims(""));
    TokenVerifier verifier = tokens.verifier().build();
    tokens.keys.revoke("k1");

    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.KEY_REVOKED);
    tokens.keys.replace(List.of(tokens.key));
    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.KEY_REVOKED);
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "no token key 'k9'", () -> tokens.keys.revoke("k9"));
    assertThat(tokens.keys.signing()).isEmpty();
  }

  @Test
  void whenRotationIsWrong_thenNothingChanges() {
    Tokens tokens = new Tokens();
    TokenKey open =
        TokenKey.verifying("k2", JwsAlgorithm.EDDSA, pair(JwsAlgorithm.EDDSA).getPublic());

    Refused.with(ErrorCode.INVALID_ARGUMENT, "cannot sign", () -> tokens.keys.rotate(open, T0));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "is taken",
        () -> tokens.keys.rotate(key("k1", JwsAlgorithm.HS256), T0));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "cannot sign",
        () -> tokens.keys.rotate(key("k3", JwsAlgorithm.HS256).verifyOnlyUntil(T0), T0));
    assertThat(tokens.keys.keys()).containsExactly(tokens.key);
    for (int i = 2; i <= 256; i++) {
      tokens.keys.rotate(key("k" + i, JwsAlgorithm.HS256), T0.plusSeconds(1));
    }
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "1 to 256",
        () -> tokens.keys.rotate(key("more", JwsAlgorithm.HS256), T0));
    assertThat(tokens.keys.signing().orElseThrow().id()).isEqualTo("k256");
  }

  @Test
  void whenKeysThatOnlyVerifyAreThere_thenRotationLeavesThemActive() {
    TokenKey partner =
        TokenKey.verifying("p1", JwsAlgorithm.EDDSA, pair(JwsAlgorithm.EDDSA).getPublic());
    TokenKeys keys = TokenKeys.of(List.of(partner, key("k1", JwsAlgorithm.HS256)));
    keys.rotate(key("k2", JwsAlgorithm.HS256), T0);

    assertThat(keys.keys())
        .extracting(TokenKey::state)
        .containsExactly(KeyState.ACTIVE, KeyState.VERIFY_ONLY, KeyState.ACTIVE);
  }

  @Test
  void whenThePublishedKeysChange_thenTheyAreTakenWholeOrNotAtAll() {
    String first = TokenKeys.of(key("a", JwsAlgorithm.EDDSA)).jwks(T0);
    String second = TokenKeys.of(key("b", JwsAlgorithm.ES256)).jwks(T0);
    TokenKeys keys = TokenKeys.fromJwks(bytes(first));

    Refused.with(ErrorCode.INPUT_REJECTED, "JWK set", () -> keys.replace(bytes("{'keys':[}")));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "not 0", () -> keys.replace(bytes("{'keys':[]}")));
    assertThat(keys.keys()).extracting(TokenKey::id).containsExactly("a");
    keys.replace(bytes(second));
    assertThat(keys.keys()).extracting(TokenKey::id).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | INPUT_REJECTED | not an object",
        "{'keys':{}} | INVALID_ARGUMENT | not a list",
        "{'keys':[1]} | INVALID_ARGUMENT | not an object",
        "{'keys':[{'kty':'RSA','kid':'k','use':'enc'}]} | INVALID_ARGUMENT | not 0",
        "{'keys':[{'kty':'AKP','kid':'k'}]} | INVALID_ARGUMENT | not 0",
        "{'keys':[{'kid':'k'}]} | INVALID_ARGUMENT | not 0",
        "{'kty':'oct','kid':'k','use':'enc','alg':'HS256','k':'AA'} | INVALID_ARGUMENT | not one for signatures",
        "{'kty':'oct','kid':'k','key_ops':['encrypt'],'alg':'HS256','k':'AA'} | INVALID_ARGUMENT | not one for signatures",
        "{'kty':'oct','kid':'k','key_ops':'verify','alg':'HS256','k':'AA'} | INVALID_ARGUMENT | not one for signatures",
        "{'kty':'oct','kid':5,'alg':'HS256','k':'AA'} | INVALID_ARGUMENT | kid is not a text",
        "{'kty':'oct','alg':'HS256','k':'AA'} | INVALID_ARGUMENT | kid is not a text",
        "{'kty':'oct','kid':'k','k':'AA'} | INVALID_ARGUMENT | names no algorithm",
        "{'kty':'oct','kid':'k','alg':'none','k':'AA'} | ALGORITHM_UNSUPPORTED | 'none'",
        "{'kty':'oct','kid':'k','alg':'A256GCM','k':'AA'} | ALGORITHM_UNSUPPORTED | 'A256GCM'",
        "{'kty':'oct','kid':'k','alg':'RS256','k':'AA'} | INVALID_ARGUMENT | not one for its kind",
        "{'kty':'RSA','kid':'k','alg':'HS256','k':'AA'} | INVALID_ARGUMENT | not one for its kind",
        "{'kty':'oct','kid':'k','alg':'HS256','k':'AA='} | INVALID_ARGUMENT | member k is not canonical",
        "{'kty':'oct','kid':'k','alg':'HS256'} | INVALID_ARGUMENT | member k is not canonical",
        "{'kty':'oct','kid':'k','alg':'HS256','k':''} | WEAK_KEY | 'k'",
        "{'kty':'RSA','kid':'k','alg':'RS256','n':'AQAB'} | INVALID_ARGUMENT | do not make a key",
        "{'kty':'EC','kid':'k','crv':'P-256','x':'AA','y':'AA'} | INVALID_ARGUMENT | do not make a key",
        "{'kty':'EC','kid':'k','crv':'secp256k1','x':'AA','y':'AA'} | INVALID_ARGUMENT | names no algorithm",
        "{'kty':'EC','kid':'k','crv':'P-256','x':1,'y':'AA'} | INVALID_ARGUMENT | member x is not canonical",
        "{'kty':'OKP','kid':'k','crv':'Ed25519','x':'AA'} | INVALID_ARGUMENT | 32 bytes, not 1",
        "{'kty':'OKP','kid':'k','crv':'X25519','alg':'EdDSA','x':'AA'} | INVALID_ARGUMENT | curve is not Ed25519"
      })
  void whenAJwkIsWrong_thenThatIsSaid(String json, ErrorCode code, String part) {
    Refused.with(code, part, () -> TokenKeys.fromJwks(bytes(json)));
  }

  @Test
  void whenTwoKeysHaveOneId_thenTheSetIsRefused() {
    TokenKey one = key("k1", JwsAlgorithm.HS256);

    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "same id",
        () -> TokenKeys.of(List.of(one, key("k1", JwsAlgorithm.HS512))));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "not 0", () -> TokenKeys.of(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'use':'sig',",
        "'key_ops':['verify'],",
        "'key_ops':['sign','verify'],",
        "'note':[{}],"
      })
  void whenASecretIsAJwk_thenItSignsAndVerifies(String more) {
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(Tokens.secret());
    TokenKeys keys = TokenKeys.fromJwks(
        bytes("{" + more + "'kty':'oct','kid':'k','alg':'HS256','k':'" + secret + "'}"));

    assertThat(verifier(keys).verify(issue(keys)).keyId()).isEqualTo("k");
  }

  @Test
  void whenASetHasAsManyKeysAsAreRead_thenItIsRead() {
    String keys = "{'kty':'AKP'},".repeat(255) + "{'kty':'AKP'}";

    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "not 0",
        () -> TokenKeys.fromJwks(bytes("{'keys':[" + keys + "]}")));
  }

  @Test
  void whenASetHasTooManyKeys_thenItIsRefused() {
    String keys = "{'kty':'AKP'},".repeat(256) + "{'kty':'AKP'}";

    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "at most 256",
        () -> TokenKeys.fromJwks(bytes("{'keys':[" + keys + "]}")));
  }
}
