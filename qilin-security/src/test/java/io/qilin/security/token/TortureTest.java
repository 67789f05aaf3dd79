package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Hostile JSON as the claims of a token with a good signature. */
class TortureTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 22, 16);

  @Test
  void whenTheClaimsAreHostileJson_thenTheTokenIsRefusedForThat() {
    Path folder = SharedFiles.corpus("json-torture");
    Tokens tokens = new Tokens();
    TokenVerifier verifier = tokens.verifier().build();
    Map<String, Integer> table = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (String line : SharedFiles.lines(folder.resolve("cases.jsonl"))) {
      Map<String, Object> test = JSON.object(line.getBytes(StandardCharsets.UTF_8), "the case");
      String expected = (String) test.get("expect");
      TokenVerdict verdict = verifier.check(tokens.token(Tokens.HEADER, bytes(test)));
      String detail = verdict.fold(
          token -> {
            throw new AssertionError("accepted " + test.get("id"));
          },
          refused -> refused.reason() + " " + refused.detail());
      boolean parsed = detail.contains("missing") || detail.contains("not an object");
      table.merge(expected + (parsed ? " read" : " refused"), 1, Integer::sum);
      if ((expected.equals("accept") && !parsed) || (expected.equals("reject") && parsed)) {
        wrong.add(test.get("id") + " " + detail);
      }
    }

    System.out.println("json-torture as claims " + table + ", deviations " + wrong.size());
    assertThat(table).isNotEmpty();
    assertThat(wrong).isEmpty();
  }

  private static byte[] bytes(Map<String, Object> test) {
    if (test.get("b64") instanceof String whole) {
      return Base64.getDecoder().decode(whole);
    }
    Map<?, ?> repeat = (Map<?, ?>) test.get("repeat");
    byte[] unit = Base64.getDecoder().decode((String) repeat.get("unit_b64"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = ((BigDecimal) repeat.get("times")).intValueExact(); i > 0; i--) {
      out.writeBytes(unit);
    }
    if (repeat.get("suffix_b64") instanceof String suffix) {
      out.writeBytes(Base64.getDecoder().decode(suffix));
    }
    return out.toByteArray();
  }
}
