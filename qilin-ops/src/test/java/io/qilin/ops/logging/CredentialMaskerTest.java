package io.qilin.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialMaskerTest {
  private final LogMasker masker = LogMasker.credentials();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jdbc:postgresql://qilin:s3cr@et@db:5432/x?a=1|jdbc:postgresql://***@db:5432/x?a=1",
        "GET https://x/y?token=abc123&page=2|GET https://x/y?token=***&page=2",
        "GET https://x/y?key=abc123|GET https://x/y?key=***",
        "Authorization: Bearer abc.def.ghi and more|Authorization: ***",
        "sent header `Bearer eyJhbGciOi.eyJz.abc_-`|sent header `Bearer ***`",
        "Basic dXNlcjpwYXNz x|Basic *** x",
        "password=hunter2, user=wang|password=***, user=wang",
        "{\"password\":\"a\\\"b,c\",\"user\":\"wang\"}|{\"password\":\"***\",\"user\":\"wang\"}",
        "{\\\"api_key\\\": \\\"k-1\\\", \\\"n\\\":1}|{\\\"api_key\\\": \\\"***\\\", \\\"n\\\":1}",
        "client-secret : 'x y z' ok|client-secret : '***' ok",
        "DB_PASSWORD => hunter2; next|DB_PASSWORD => ***; next",
        "登录密码：abc123，用户 王|登录密码：***，用户 王",
        "Cookie: sid=1; token=2|Cookie: ***",
        "accessToken=123456789012|accessToken=***",
      })
  void whenACredentialShowsByItsForm_thenItIsHidden(String text, String masked) {
    assertThat(masker.mask(text)).isEqualTo(masked);
    assertThat(masker.mask(masked)).as("a second time").isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order 17 filled: 100 @ 1688.00 at 09:30:00",
        "promptTokens=512 completionTokens: 80",
        "https://example.org/a:b@c?page=2",
        "basic materials sector: +1.2 %",
        "the key is: nothing",
        "signal=BUY strategy=S1 stock=600519.SH",
        "-----------",
        "password=",
        "password: ***",
        ""
      })
  void whenATextHasNone_thenItIsTheSame(String text) {
    assertThat(masker.mask(text)).isSameAs(text);
  }

  @Test
  void whenAHeaderIsInALongerText_thenOnlyItsLineIsHidden() {
    assertThat(masker.mask("GET /\r\nAuthorization: Digest a=1, b=2\r\nHost: x"))
        .isEqualTo("GET /\r\nAuthorization: ***\r\nHost: x");
  }

  @Test
  void whenAPemBlockIsThere_thenItIsHiddenEvenWithoutItsEnd() {
    String key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";
    assertThat(masker.mask("key " + key + " end")).isEqualTo("key *** end");
    assertThat(masker.mask("key " + key.substring(0, 40))).isEqualTo("key ***");
  }

  @Property(tries = 50)
  void whenAnyTextIsMasked_thenItEndsAndAValueAfterAPasswordIsGone(
      @ForAll @StringLength(max = 60) String before,
      @ForAll @StringLength(min = 6, max = 30) @CharRange(from = 'a', to = 'z') String value) {
    String masked = masker.mask(before + "\npassword=" + value);
    assertThat(masked).doesNotEndWith(value);
  }

  @Test
  void whenATextIsMadeToBeSlow_thenTheTimeGrowsWithItsLengthOnly() {
    // Would take a minute if it were quadratic.
    for (String part :
        new String[] {"://", "-----BEGIN ", "password=", "bearer ", "a=\"\\", "@://"}) {
      assertThat(masker.mask(part.repeat(50_000))).isNotEmpty();
    }
  }

  @Test
  void whenMaskersAreJoined_thenEachWorksOnWhatTheOneBeforeLeft() {
    KnownSecrets secrets = new KnownSecrets();
    secrets.add(Secret.of("correct-horse"));
    LogMasker both = secrets.and(masker).and(text -> text.replace("wang", "w***"));
    assertThat(both.mask("correct-horse token=abc wang")).isEqualTo("*** token=*** w***");
    assertThat(LogMasker.none().mask("token=abc")).isEqualTo("token=abc");
    assertThat(LogMasker.hidesField("X-Api-Key")).isTrue();
    assertThat(LogMasker.hidesField("correlation")).isFalse();
  }
}
