package io.qilin.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.SharedFiles;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://qilin:CANARY@db:5432/x",
        "kafka://u:CANARY@h1,kafka://v:CANARY@h2",
        "redis://:CANARY@cache/0",
        "https://user:CA@NARY:CANARY@host/path",
        "cannot log in: password=CANARY, host=db",
        "password: 'CANARY x' for u",
        "{\"apiKey\":\"CANARY\",\"n\":1}",
        "{\"api_key\" : \"CANARY with space\"}",
        "Authorization: Bearer CANARY.CANARY",
        "authorization=Basic CANARY==",
        "Bearer CANARY1",
        "https://host/x?access_token=CANARY&y=1",
        "X-Api-Key: CANARY",
        "DB_PASSWORD=CANARY",
        "token eyJhbGciOiJIUzI1NiJ9.CANARY.CANARY",
        "key sk-CANARYCANARYCANARY",
        "-----BEGIN RSA PRIVATE KEY-----\nCANARY\n-----END",
        "Cookie: session=CANARY",
        "密码=CANARY",
        "secret=\"CANARY"
      })
  void whenATextHoldsASecret_thenItIsHidden(String text) {
    assertThat(Redaction.clean(text)).doesNotContain("CANARY").contains("***");
    assertThat(Redaction.clean(Redaction.clean(text))).isEqualTo(Redaction.clean(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/x",
        "QILIN-5004 no such folder: /var/lib/qilin",
        "last bar 600519.SH at 15:00, age 3 s",
        "mail ops@example.com"
      })
  void whenATextHoldsNone_thenItStays(String text) {
    assertThat(Redaction.clean(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "dbPassword",
        "API-KEY",
        "apikey",
        "api_key",
        "client.secret",
        "Token",
        "refresh_token",
        "Authorization",
        "privateKey",
        "signing-key",
        "Set-Cookie",
        "口令"
      })
  void whenANameSaysSecret_thenTheValueIsHidden(String name) {
    assertThat(Redaction.secretName(name)).isTrue();
    assertThat(Redaction.clean(HealthResult.healthy().with(name, "CANARY")).facts())
        .isEqualTo(Map.of(name, "***"));
  }

  @Property(tries = 300)
  void whenAnyTextIsCleaned_thenItIsOneBoundedLine(@ForAll String text) {
    String clean = Redaction.clean(text);
    assertThat(clean.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL))
        .isTrue();
    assertThat(clean.length()).isLessThanOrEqualTo((Redaction.LONGEST + 1) * 6);
    assertThat(Redaction.clean(clean)).isEqualTo(clean);
  }

  @Test
  void whenATextIsMadeToBeSlow_thenTheTimeIsBounded() {
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
      for (String evil : new String[] {
        "a://",
        "://a@",
        "password",
        "password=\"",
        "bearer ",
        "eyJaaaaaaaa.",
        "-----BEGIN ",
        "api key ",
        "a",
        "\u0000"
      }) {
        Redaction.clean(evil.repeat(100_000));
      }
    });
  }

  @Test
  void whenNaughtyTextsAreShown_thenEachIsOneLine() {
    for (String line :
        SharedFiles.lines(SharedFiles.corpus("naughty-strings").resolve("cases.jsonl"))) {
      assertThat(Redaction.clean(line)).doesNotContain("\n", "\r");
    }
  }

  @Test
  void whenATextIsCutWithinACredential_thenWhatIsLeftOfItIsHidden() {
    String address = "jdbc:x://user:CANARY@host";
    for (int before = Redaction.LONGEST - address.length(); before <= Redaction.LONGEST; before++) {
      assertThat(Redaction.clean("x".repeat(before - 1) + " " + address)).doesNotContain("CAN");
    }
  }
}
