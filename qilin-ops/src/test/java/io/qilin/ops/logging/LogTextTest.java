package io.qilin.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {
  private static final StrictJson JSON = StrictJson.limited(8 << 20, 16);

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Character> hostile = Arbitraries.of(
        '\n', '\r', '\t', '\u001b', '\u0085', '\u2028', '\u202e', '\\', '"', '\ud83d', '\ude00');
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, hostile),
            net.jqwik.api.Tuple.of(3, Arbitraries.chars().ascii()),
            net.jqwik.api.Tuple.of(1, Arbitraries.chars()))
        .list()
        .ofMaxSize(40)
        .map(list -> {
          StringBuilder text = new StringBuilder();
          list.forEach(text::append);
          return text.toString();
        });
  }

  @Property(tries = 60)
  void whenATextIsEscaped_thenItIsOneLineAndReadsBack(@ForAll("texts") String text) {
    String json = LogText.json(text);
    assertThat(json).doesNotContainPattern(HostileLines.RAW);
    assertThat(read(json)).isEqualTo(text);
    String line = LogText.line(text);
    assertThat(line).doesNotContainPattern(HostileLines.RAW);
    assertThat(read(line.replace("\"", "\\\""))).isEqualTo(text);
  }

  private static Object read(String json) {
    byte[] document = ("{\"a\":\"" + json + "\"}").getBytes(StandardCharsets.UTF_8);
    return JSON.object(document, "the text").get("a");
  }

  @Test
  void whenATextIsPlain_thenItIsTheSame() {
    String plain = "order 17 of 600519.SH: 100 @ 1,688.00";
    assertThat(LogText.json(plain)).isSameAs(plain);
    assertThat(LogText.line("say \"涨停\" 😀 é")).isEqualTo("say \"涨停\" 😀 é");
    assertThat(LogText.line("a\r\n\tb\\n\u001b[31m\ud800"))
        .isEqualTo("a\\r\\n\\tb\\\\n\\u001b[31m\\ud800");
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-injection/cases.jsonl", "naughty-strings/cases.jsonl"})
  void whenTheTextsAreThoseOfACorpus_thenEachIsOneLineThatReadsBack(String corpus) {
    List<String> texts = HostileLines.corpus(SharedFiles.corpus(corpus), 1);
    for (String text : texts) {
      assertThat(LogText.json(text)).doesNotContainPattern(HostileLines.RAW);
      assertThat(read(LogText.json(text))).isEqualTo(text);
    }
    System.out.println(corpus + ": " + texts.size() + " texts, one line each, read back");
  }
}
