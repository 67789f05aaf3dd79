package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.security.FuzzBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever a token is, it is refused with a reason, unless it is the one that was issued. */
class TokenFuzzTest {
  private static final Tokens TOKENS = new Tokens();
  private static final String ISSUED =
      TOKENS.issuer().issue(TokenGrant.builder("u1").build()).text().reveal();
  private static final TokenVerifier VERIFIER = TOKENS.verifier().build();

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    byte[] issued = ISSUED.getBytes(StandardCharsets.ISO_8859_1);
    FuzzBytes.shortRun(200, new byte[300], this::whenATokenIsAnything_thenItIsRefused);
    FuzzBytes.shortRun(200, issued, this::whenAPartOfAGoodTokenIsAnotherOne_thenItIsRefused);
    byte[] claims = Tokens.claims("").getBytes(StandardCharsets.UTF_8);
    FuzzBytes.shortRun(200, claims, this::whenASignedPayloadIsAnything_thenThereIsAVerdict);
  }

  @FuzzTest
  void whenATokenIsAnything_thenItIsRefused(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    assertThat(VERIFIER.check(text)).isInstanceOf(TokenVerdict.Refused.class);
    assertThat(VERIFIER.check(new String(data, StandardCharsets.UTF_8)))
        .isInstanceOf(TokenVerdict.Refused.class);
  }

  /** The first two bytes say where, the rest is put there instead of as many characters. */
  @FuzzTest
  void whenAPartOfAGoodTokenIsAnotherOne_thenItIsRefused(byte[] data) {
    int place = data.length < 2 ? 0 : ((data[0] & 0xff) << 8 | (data[1] & 0xff)) % ISSUED.length();
    String other =
        data.length < 3 ? "" : new String(data, 2, data.length - 2, StandardCharsets.ISO_8859_1);
    String text = ISSUED.substring(0, place)
        + other
        + ISSUED.substring(Math.min(ISSUED.length(), place + other.length()));
    assertThat(VERIFIER.check(text) instanceof TokenVerdict.Accepted)
        .isEqualTo(text.equals(ISSUED));
  }

  /** A payload of any bytes, rightly signed, is judged without an error of another kind. */
  @FuzzTest
  void whenASignedPayloadIsAnything_thenThereIsAVerdict(byte[] data) {
    assertThat(VERIFIER.check(TOKENS.token(Tokens.HEADER, data))).isNotNull();
  }
}
