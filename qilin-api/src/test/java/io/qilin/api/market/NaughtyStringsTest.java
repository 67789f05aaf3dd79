package io.qilin.api.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.money.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Text that breaks programs is refused with the one exception, or comes back as it was. */
class NaughtyStringsTest {
  private static final Pattern JSON_STRING =
      Pattern.compile("\"s\": \"((?:[^\"\\\\]++|\\\\.)*+)\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

  private static final List<String> OWN = List.of(
      "",
      " ",
      "null",
      "NaN",
      "-0.0",
      "1/0",
      "../../etc/passwd",
      "con",
      "nul.SH",
      "600519.SH\u0000",
      "\ud800",
      "\udfff\ud800",
      "\u202e915006.SH",
      "６００５１９.SH",
      "İ",
      "ß",
      "ﬁ",
      "🐉",
      "a\r\nb",
      "';DROP TABLE bars;--",
      "${jndi:ldap://x}",
      "=cmd|' /C calc'!A0",
      "$(reboot)",
      "%s%n%p",
      "\u0000".repeat(1000),
      "x".repeat(100_000),
      "(((((((((((((((((((((a+)+)+)+$",
      "1e400");

  @Test
  void whenStringsOfOurOwnAreRead_thenTheyAreRefusedOrComeBack() {
    OWN.forEach(NaughtyStringsTest::assertRefusedOrSame);
  }

  @Test
  void whenTheCorpusIsRead_thenEachIsRefusedOrComesBack() throws IOException {
    List<String> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThan(200);
    corpus.forEach(NaughtyStringsTest::assertRefusedOrSame);
  }

  private static void assertRefusedOrSame(String text) {
    assertSame(text, text, t -> Symbol.other(t).code());
    assertSame(
        text,
        text,
        t ->
            Symbol.parseAny(t).exchange() == Exchange.OTHER ? Symbol.parseAny(t).code() : t);
    assertSame(text, text.toUpperCase(Locale.ROOT), t -> Symbol.parse(t).toString());
    assertSame(text, text.toLowerCase(Locale.ROOT), t -> Field.of(t).name());
    assertSame(text, text, t -> new Factor(t, t).name());
    assertSame(text, text, t -> new Factor("f", t).expression());
    assertSame(
        "",
        "",
        t -> Money.parse(text).equals(Money.parse(Money.parse(text).toString())) ? t : "changed");
  }

  private static void assertSame(String text, String expected, Function<String, String> store) {
    try {
      assertThat(store.apply(text)).isEqualTo(expected);
    } catch (QilinException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(1000).doesNotContain("\n", "\r", "\u0000");
    }
  }

  private static List<String> corpus() throws IOException {
    Optional<Path> file =
        SharedFolder.find().map(root -> root.resolve("corpora/naughty-strings/cases.jsonl"));
    assumeTrue(file.isPresent(), "skipped: the folder shared/corpora is not beside the checkout");
    List<String> strings = new ArrayList<>();
    for (String line : Files.readAllLines(file.orElseThrow())) {
      Matcher matcher = JSON_STRING.matcher(line);
      assertThat(matcher.find()).as(line).isTrue();
      strings.add(unescape(matcher.group(1)));
    }
    return strings;
  }

  private static String unescape(String json) {
    return ESCAPE.matcher(json).replaceAll(match -> {
      String escape = match.group(1);
      int plain = "bfnrt".indexOf(escape.charAt(0));
      String text = escape.length() == 5
          ? String.valueOf((char) Integer.parseInt(escape.substring(1), 16))
          : plain >= 0 ? "\b\f\n\r\t".substring(plain, plain + 1) : escape;
      return Matcher.quoteReplacement(text);
    });
  }
}
