package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.qilin.api.error.QilinException;
import io.qilin.security.Wycheproof;
import io.qilin.security.crypto.HashAlgorithm;
import io.qilin.security.crypto.Hkdf;
import io.qilin.security.crypto.Hmac;
import io.qilin.security.crypto.Pbkdf2;
import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The vectors of the RFCs for signed tokens, keyed hashes and key derivation; the other kinds belong to other parts. */
class RfcTokensTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 20, 16);

  @Test
  void whenAnRfcGivesAValue_thenItIsComputed() {
    Path folder = SharedFiles.corpus("rfc-vectors");
    Map<String, Integer> table = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (String line : SharedFiles.lines(folder.resolve("cases.jsonl"))) {
      Map<String, Object> vector = JSON.object(line.getBytes(StandardCharsets.UTF_8), "the vector");
      String kind = (String) vector.get("kind");
      boolean right = switch (kind.replaceAll("-sha(256|384|512)$", "")) {
        case "hkdf" -> hkdf(vector, hash(kind));
        case "pbkdf2" -> pbkdf2(vector, hash(kind));
        case "hmac" -> hmac(vector, hash(kind));
        case "jws" -> verifies(vector) == vector.get("expect").equals("valid");
        default -> true;
      };
      table.merge(
          kind.matches("(hkdf|pbkdf2|hmac|jws).*") ? kind : "of other parts", 1, Integer::sum);
      if (!right) {
        wrong.add((String) vector.get("id"));
      }
    }

    System.out.println("rfc-vectors " + table + ", deviations " + wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(table).containsKeys("jws");
  }

  private static HashAlgorithm hash(String kind) {
    return HashAlgorithm.valueOf("SHA_" + kind.substring(kind.length() - 3));
  }

  private static byte[] hex(Map<String, Object> vector, String name) {
    return HexFormat.of().parseHex((String) vector.get(name));
  }

  private static byte[] text(Map<String, Object> vector, String name) {
    return vector.containsKey(name)
        ? ((String) vector.get(name)).getBytes(StandardCharsets.UTF_8)
        : hex(vector, name + "_hex");
  }

  private static int number(Map<String, Object> vector, String name) {
    return ((BigDecimal) vector.get(name)).intValueExact();
  }

  private static boolean hkdf(Map<String, Object> vector, HashAlgorithm hash) {
    byte[] key = Hkdf.derive(
        hash,
        hex(vector, "ikm_hex"),
        hex(vector, "salt_hex"),
        hex(vector, "info_hex"),
        number(vector, "length"));
    return HexFormat.of().formatHex(key).equals(vector.get("okm_hex"));
  }

  private static boolean pbkdf2(Map<String, Object> vector, HashAlgorithm hash) {
    byte[] key = Pbkdf2.derive(
        hash,
        text(vector, "password"),
        text(vector, "salt"),
        number(vector, "iterations"),
        number(vector, "length"));
    return HexFormat.of().formatHex(key).equals(vector.get("dk_hex"));
  }

  private static boolean hmac(Map<String, Object> vector, HashAlgorithm hash) {
    byte[] message = text(vector, vector.containsKey("data_hex") ? "data" : "msg");
    byte[] tag = hex(vector, vector.containsKey("tag_hex") ? "tag_hex" : "mac_hex");
    Hmac full = Hmac.of(hash, hex(vector, "key_hex"));
    return full.truncated(tag.length).verify(message, tag);
  }

  /** The tokens of the RFCs name no key, so the one key that is given is tried with the algorithm that it is for. */
  private static boolean verifies(Map<String, Object> vector) {
    if (vector.get("jwk") == null) {
      return false;
    }
    try {
      CompactJws jws = CompactJws.parse((String) vector.get("jws"));
      Map<String, Object> jwk = new HashMap<>(Wycheproof.map(vector.get("jwk")));
      jwk.put("kid", "given");
      jwk.putIfAbsent("alg", jws.header().algorithm());
      byte[] json = JSONObjectUtils.toJSONString(jwk).getBytes(StandardCharsets.UTF_8);
      TokenKey key = JwkReader.read(json, true).get(0);
      return key.algorithm().joseName().equals(jws.header().algorithm()) && jws.signedBy(key);
    } catch (QilinException e) {
      return false;
    }
  }

  /** RFC 7515, A.1, and RFC 8037, A.4, typed in, for a checkout without the shared folder. */
  @Test
  void whenTheExamplesOfTheRfcsAreVerified_thenTheyAreGenuine() {
    TokenKey secret = JwkReader.read(
            ("{\"kty\":\"oct\",\"kid\":\"a\",\"alg\":\"HS256\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75"
                    + "aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow\"}")
                .getBytes(StandardCharsets.UTF_8),
            false)
        .get(0);
    TokenKey edwards = JwkReader.read(
            ("{\"kty\":\"OKP\",\"kid\":\"a\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}")
                .getBytes(StandardCharsets.UTF_8),
            false)
        .get(0);

    assertThat(CompactJws.parse(
                "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
                    + "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
            .signedBy(secret))
        .isTrue();
    assertThat(CompactJws.parse(
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PG"
                    + "cvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
            .signedBy(edwards))
        .isTrue();
  }
}
