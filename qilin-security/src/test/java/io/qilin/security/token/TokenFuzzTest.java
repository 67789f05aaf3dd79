package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.security.FuzzBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a token is, it is refused with a reason, unless it is the one that was issued. */
class TokenFuzzTest {
  private static final Tokens TOKENS = new Tokens();
  private static final String ISSUED =
      TOKENS.issuer().issue(TokenGrant.builder("u1").build()).text().reveal();
  private static final TokenVerifier VERIFIER = TOKENS.verifier().build();

  /** Tokens of strangers. */
  static List<byte[]> tokens() {
    return List.of(
        new byte[300],
        bytes(new Tokens().token(Tokens.claims(""))),
        bytes(TOKENS.token("{\"alg\":\"none\"}", Tokens.claims(""))),
        bytes("a.b.c.d.e"));
  }

  /** The place, and what is put there. */
  static List<byte[]> parts() {
    return List.of(
        bytes(ISSUED),
        FuzzBytes.of(0, bytes("eyJhbGciOiJub25lIn0.")),
        FuzzBytes.of(40, bytes(".")));
  }

  static List<byte[]> payloads() {
    return List.of(
        bytes(Tokens.claims("")),
        bytes(Tokens.claims("\"nbf\":1760000000,\"scope\":\"a b\",\"roles\":[\"x\",\"y\"]")),
        bytes(Tokens.claims("\"amr\":[\"otp\"],\"auth_time\":1.76e9,\"cnf\":{\"jkt\":\"\"}")),
        bytes("{\"aud\":[\"desk\",\"x\"],\"exp\":-1,\"iat\":1e400}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    FuzzBytes.shortRun(200, tokens(), this::whenATokenIsAnything_thenItIsRefused);
    FuzzBytes.shortRun(200, parts(), this::whenAPartOfAGoodTokenIsAnotherOne_thenItIsRefused);
    FuzzBytes.shortRun(200, payloads(), this::whenASignedPayloadIsAnything_thenThereIsAVerdict);
  }

  @MethodSource("tokens")
  @FuzzTest(maxDuration = "4m")
  void whenATokenIsAnything_thenItIsRefused(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    assertThat(VERIFIER.check(text)).isInstanceOf(TokenVerdict.Refused.class);
    assertThat(VERIFIER.check(new String(data, StandardCharsets.UTF_8)))
        .isInstanceOf(TokenVerdict.Refused.class);
  }

  /** The first two bytes say where, the rest is put there instead of as many characters. */
  @MethodSource("parts")
  @FuzzTest(maxDuration = "4m")
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
  @MethodSource("payloads")
  @FuzzTest(maxDuration = "4m")
  void whenASignedPayloadIsAnything_thenThereIsAVerdict(byte[] data) {
    assertThat(VERIFIER.check(TOKENS.token(Tokens.HEADER, data))).isNotNull();
  }
}
