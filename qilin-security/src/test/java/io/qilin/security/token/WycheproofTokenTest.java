package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Wycheproof;
import io.qilin.security.Wycheproof.Vector;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What C2SP/wycheproof knows of broken verifiers of signed tokens. Its payloads are no claims, so form, header, key and signature
 * are judged; its secrets are test data that {@link TokenKey#secret} would refuse, so they are asked for their length only.
 */
class WycheproofTokenTest {
  private static final Set<ErrorCode> REFUSALS = Set.of(
      ErrorCode.AUTHENTICATION,
      ErrorCode.WEAK_KEY,
      ErrorCode.ALGORITHM_UNSUPPORTED,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.INPUT_REJECTED);

  @Test
  void whenSignedTokensAreJudged_thenNothingDeviates() {
    Wycheproof.judge("json_web_signature", WycheproofTokenTest::verifies);
  }

  @Test
  void whenKeysAreJudged_thenNothingDeviates() {
    Wycheproof.judge("json_web_key", WycheproofTokenTest::verifies);
  }

  @Test
  void whenATokenIsEncrypted_thenItIsRefused() {
    for (String file : List.of("json_web_encryption", "json_web_crypto")) {
      List<Vector> apart = Wycheproof.vectors(file);

      System.out.println("wycheproof " + file + " not offered, counted apart: " + apart.size());
      assertThat(apart).noneMatch(vector -> vector.test().containsKey("jwe") && verifies(vector));
    }
  }

  private static boolean verifies(Vector vector) {
    Object keys = vector.group().getOrDefault("public", vector.group().get("private"));
    Object token = vector.test().getOrDefault("jws", vector.test().get("jwe"));
    try {
      byte[] jwks =
          JSONObjectUtils.toJSONString(Wycheproof.map(keys)).getBytes(StandardCharsets.UTF_8);
      TokenKeys known = TokenKeys.of(JwkReader.read(jwks, true));
      CompactJws jws = CompactJws.parse((String) token);
      return jws.signedBy(known.snapshot().verifying(jws.header(), Instant.EPOCH));
    } catch (QilinException e) {
      assertThat(REFUSALS).contains(e.code());
      return false;
    }
  }
}
