package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Wycheproof;
import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The corpus of attacks on token verifiers (RFC 8725, published weaknesses), with its own keys and clock. */
class JwtAttacksTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 20, 64);

  @Test
  void whenTokensAttack_thenEveryVerdictIsTheExpectedOne() throws IOException {
    Path folder = SharedFiles.corpus("jwt-attacks");
    TokenVerifier verifier = verifier(config(folder));
    Map<String, Integer> table = new TreeMap<>();
    List<String> deviations = new ArrayList<>();
    Set<String> messages = new HashSet<>();
    for (String line : SharedFiles.lines(folder.resolve("cases.jsonl"))) {
      Map<String, Object> test = JSON.object(line.getBytes(StandardCharsets.UTF_8), "the case");
      TokenVerdict verdict = verifier.check((String) test.get("token"));
      String said = verdict.fold(token -> "accept", refused -> "reject");
      table.merge(
          said + " " + verdict.fold(token -> "", refused -> refused.reason().name()),
          1,
          Integer::sum);
      if (!said.equals(test.get("expect"))) {
        deviations.add(test.get("id") + " is " + verdict);
      }
      if (said.equals("reject")) {
        assertThatThrownBy(verdict::orThrow).isInstanceOfSatisfying(QilinException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION);
          messages.add(e.getMessage());
        });
      }
    }

    System.out.println("jwt-attacks " + table + ", deviations " + deviations.size());
    assertThat(deviations).isEmpty();
    assertThat(messages).hasSize(1);
  }

  @Test
  void whenAKeyIsWeak_thenItIsRefusedWhenItIsLoaded() throws IOException {
    Map<String, Object> config = config(SharedFiles.corpus("jwt-attacks"));

    assertThat((List<?>) config.get("weak_keys_must_be_refused_at_load"))
        .isNotEmpty()
        .allSatisfy(key -> assertThatThrownBy(() -> TokenKeys.fromJwks(json(key)))
            .isInstanceOfSatisfying(
                QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEAK_KEY)));
  }

  private static TokenVerifier verifier(Map<String, Object> config) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(number(config, "now")), ZoneOffset.UTC);
    return TokenVerifier.builder(
            TokenKeys.fromJwks(json(config.get("jwks"))),
            (String) config.get("issuer"),
            (String) config.get("audience"),
            clock)
        .withoutRevocation()
        .leeway(Duration.ofSeconds(number(config, "leeway_s")))
        .mostLife(Duration.ofSeconds(number(config, "max_lifetime_s")))
        .mostBytes((int) number(config, "max_token_bytes"))
        .build();
  }

  private static Map<String, Object> config(Path folder) throws IOException {
    return JSON.object(Files.readAllBytes(folder.resolve("config.json")), "the configuration");
  }

  private static long number(Map<String, Object> config, String name) {
    return ((BigDecimal) config.get(name)).longValueExact();
  }

  private static byte[] json(Object value) {
    return JSONObjectUtils.toJSONString(Wycheproof.map(value)).getBytes(StandardCharsets.UTF_8);
  }
}
