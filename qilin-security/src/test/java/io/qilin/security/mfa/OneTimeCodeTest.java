package io.qilin.security.mfa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodeTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 20, 8);
  private static final String DIGITS = "1234567890";

  private static byte[] secret(int length) {
    return DIGITS.repeat(7).substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 4226, appendix D. */
  @ParameterizedTest
  @CsvSource({
    "0, 755224",
    "1, 287082",
    "2, 359152",
    "3, 969429",
    "4, 338314",
    "5, 254676",
    "6, 287922",
    "7, 162583",
    "8, 399871",
    "9, 520489"
  })
  void whenACounterIsOfRfc4226_thenTheCodeIsItsOwn(long counter, String code) {
    assertThat(OneTimeCode.of(secret(20), counter, 6, OtpAlgorithm.SHA1)).isEqualTo(code);
  }

  /** RFC 6238, appendix B. */
  @ParameterizedTest
  @CsvSource({
    "59, SHA1, 94287082", "59, SHA256, 46119246", "59, SHA512, 90693936",
    "1111111109, SHA1, 07081804", "1111111109, SHA256, 68084774", "1111111109, SHA512, 25091201",
    "1111111111, SHA1, 14050471", "1111111111, SHA256, 67062674", "1111111111, SHA512, 99943326",
    "1234567890, SHA1, 89005924", "1234567890, SHA256, 91819424", "1234567890, SHA512, 93441116",
    "2000000000, SHA1, 69279037", "2000000000, SHA256, 90698825", "2000000000, SHA512, 38618901",
    "20000000000, SHA1, 65353130", "20000000000, SHA256, 77737706", "20000000000, SHA512, 47863826"
  })
  void whenATimeIsOfRfc6238_thenTheCodeIsItsOwn(long time, OtpAlgorithm algorithm, String code) {
    byte[] secret = secret(algorithm.secretBytes());
    assertThat(OneTimeCode.of(secret, time / 30, 8, algorithm)).isEqualTo(code);
  }

  @Test
  void whenTheCorpusIsJudged_thenEveryCodeIsAsAsked() {
    int judged = 0;
    for (String line : SharedFiles.lines(SharedFiles.corpus("rfc-vectors/cases.jsonl"))) {
      Map<String, Object> one = JSON.object(line.getBytes(StandardCharsets.UTF_8), "the case");
      String kind = String.valueOf(one.get("kind"));
      if (kind.equals("hotp") || kind.equals("totp")) {
        long counter =
            kind.equals("hotp") ? whole(one, "counter") : whole(one, "time") / whole(one, "step");
        String code = OneTimeCode.of(
            HexFormat.of().parseHex(String.valueOf(one.get("secret_hex"))),
            counter,
            (int) whole(one, "digits"),
            OtpAlgorithm.valueOf(String.valueOf(one.get("alg"))));
        assertThat(code).as(String.valueOf(one.get("id"))).isEqualTo(one.get("code"));
        judged++;
      }
    }
    System.out.println("rfc-vectors: " + judged + " codes of HOTP and TOTP as asked");
    assertThat(judged).isPositive();
  }

  private static long whole(Map<String, Object> one, String name) {
    return ((BigDecimal) java.util.Objects.requireNonNull(one.get(name), name)).longValueExact();
  }

  @Property(tries = 100)
  void whenAnotherLibraryMakesTheCode_thenItIsTheSame(
      @ForAll @Size(min = 16, max = 70) byte[] secret,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long counter,
      @ForAll @IntRange(min = 6, max = 8) int digits,
      @ForAll OtpAlgorithm algorithm)
      throws InvalidKeyException {
    var peer =
        new TimeBasedOneTimePasswordGenerator(Duration.ofSeconds(30), digits, algorithm.jca());
    String expected = peer.generateOneTimePasswordString(
        new SecretKeySpec(secret, algorithm.jca()),
        Instant.ofEpochSecond(counter * 30 + 29),
        Locale.ROOT);

    assertThat(OneTimeCode.of(secret, counter, digits, algorithm)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"15, 0, 6", "16, -1, 6", "16, 0, 5", "16, 0, 9"})
  void whenAPartIsOutOfRange_thenThereIsNoCode(int bytes, long counter, int digits) {
    assertThatThrownBy(() -> OneTimeCode.of(secret(bytes), counter, digits, OtpAlgorithm.SHA1))
        .hasMessageContaining(bytes < 16 ? "QILIN-6006" : "QILIN-1001");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void whenBytesAreOfRfc4648_thenTheirBase32IsItsOwn(String text, String base32) {
    assertThat(Base32.encode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(base32);
  }
}
