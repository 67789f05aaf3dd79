package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.qilin.testkit.SharedFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks and slips: an expression is read or refused with its place, nothing else; a minute means it hangs. */
class HostileExpressionTest {
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  static List<String> ownCases() throws URISyntaxException {
    var file = HostileExpressionTest.class.getResource("/golden/expression/hostile.jsonl");
    return SharedFiles.lines(Path.of(Objects.requireNonNull(file).toURI()));
  }

  @ParameterizedTest
  @MethodSource("ownCases")
  void whenHostile_thenReadOrRefusedAsTheCaseSays(String line) {
    judge(line);
  }

  @Test
  void whenTheWholeCorpusIsThere_thenEachIsReadOrRefusedAsItSays() {
    List<String> lines = SharedFiles.lines(SharedFiles.corpus("expr-hostile/cases.jsonl"));

    assertThat(lines).isNotEmpty().allSatisfy(HostileExpressionTest::judge);
  }

  private static void judge(String line) {
    String expect = string(line, "expect");
    String text = text(line);
    Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
      try {
        Expression.parse(text);
        assertThat(expect).as(line).isNotEqualTo("typed-error");
      } catch (ExpressionException e) {
        assertThat(expect).as(line).isNotEqualTo("value");
        assertThat(e.position()).isBetween(0, text.length());
      }
    });
  }

  private static String text(String line) {
    if (line.contains("\"expr\"")) {
      return string(line, "expr");
    }
    Matcher times = Pattern.compile("\"times\": *([0-9]+)").matcher(line);
    if (!times.find()) {
      return fail("no expression in " + line);
    }
    int count = Integer.parseInt(times.group(1));
    return string(line, "pre").repeat(count)
        + string(line, "mid")
        + string(line, "post").repeat(count);
  }

  /** The value of a key of a flat JSON line. */
  private static String string(String line, String key) {
    Matcher strings = STRING.matcher(line);
    int start = line.indexOf("\"" + key + "\":") + key.length() + 3;
    return strings.find(start) ? unescape(strings.group(1)) : fail("no " + key + " in " + line);
  }

  private static String unescape(String json) {
    Matcher escape = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)").matcher(json);
    return escape.replaceAll(found -> {
      String code = found.group(2);
      String plain = code != null
          ? String.valueOf((char) Integer.parseInt(code, 16))
          : found.group(1).replace('n', '\n').replace('t', '\t');
      return Matcher.quoteReplacement(plain);
    });
  }
}
