package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PatternSetTest {
  private static Set<Integer> found(PatternSet set, String text) {
    PatternSet.Hits hits = new PatternSet.Hits();
    set.scan(text, hits);
    Set<Integer> found = new TreeSet<>();
    for (int i = 0; i < hits.count(); i++) {
      found.add(hits.pattern(i));
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "abc ~ xABCx ~ true",
        "abc ~ ab ~ false",
        "a[b-d]e ~ aCe ~ true",
        "a[^b-d]e ~ ace ~ false",
        "a[^b]e ~ ae ~ false",
        "ab?c ~ ac ~ true",
        "ab?c ~ abbc ~ false",
        "ab*c ~ abbbbc ~ true",
        "ab+c ~ ac ~ false",
        "ab+c ~ abbc ~ true",
        "ab{2}c ~ abc ~ false",
        "ab{2}c ~ abbc ~ true",
        "ab{2}c ~ abbbc ~ false",
        "ab{1,2}c ~ abbc ~ true",
        "ab{1,2}c ~ abbbc ~ false",
        "ab{2,}c ~ abc ~ false",
        "ab{2,}c ~ abbbbbc ~ true",
        "^abc ~ abcx ~ true",
        "^abc ~ xabc ~ false",
        "abc$ ~ xabc ~ true",
        "abc$ ~ abcx ~ false",
        "\\bor\\b ~ x or y ~ true",
        "\\bor\\b ~ xor y ~ false",
        "\\bor\\b ~ or ~ true",
        "\\bor\\b ~ orx ~ false",
        "(ab|cd)e ~ cde ~ true",
        "(ab|cd)e ~ ade ~ false",
        "(ab|abc)d ~ abcd ~ true",
        "a.c ~ a/c ~ true",
        "\\d\\w\\s. ~ 1_ x ~ true",
        "\\d\\w\\s. ~ x_ x ~ false",
        "\\x41\\u ~ a股 ~ true",
        "\\u ~ abc ~ false",
        "[\\]] ~ a]b ~ true",
        "[a-] ~ - ~ true"
      })
  void whenAPatternIsRun_thenItMatchesAsItReads(String pattern, String text, boolean matches) {
    assertThat(found(new PatternSet(List.of(pattern)), text).contains(0)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a)", "(a", "[a", "*a", "a{", "a{2,1}", "a{x}", "\\q", "\\", "+"})
  void whenAPatternIsWrong_thenItIsRefusedWithItsPlace(String pattern) {
    assertThatThrownBy(() -> new PatternSet(List.of(pattern)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("pattern " + pattern + " is wrong at ");
  }

  @Test
  void whenPatternsAndTextsAreRandom_thenTheAutomatonAgreesWithJavasOwn() {
    Random random = new Random(11);
    for (int round = 0; round < 400; round++) {
      List<String> patterns = List.of(random(random, 3), random(random, 3), random(random, 2));
      PatternSet set = new PatternSet(patterns);
      for (int i = 0; i < 20; i++) {
        String text = letters(random, random.nextInt(12));
        Set<Integer> expected = new TreeSet<>();
        for (int p = 0; p < patterns.size(); p++) {
          if (Pattern.compile(patterns.get(p)).matcher(text).find()) {
            expected.add(p);
          }
        }
        assertThat(found(set, text)).as("%s in %s", patterns, text).isEqualTo(expected);
        byte[] bytes = ("##" + text + "##").getBytes(StandardCharsets.US_ASCII);
        if (set.nothingIn(bytes, 2, bytes.length - 2, new PatternSet.Hits())) {
          assertThat(expected).isEmpty();
        } else {
          assertThat(text).isNotEmpty();
        }
      }
    }
  }

  private static String random(Random random, int depth) {
    if (depth == 0) {
      return String.valueOf("abc".charAt(random.nextInt(3)));
    }
    return switch (random.nextInt(6)) {
      case 0 -> random(random, depth - 1) + random(random, depth - 1);
      case 1 -> "(" + random(random, depth - 1) + "|" + random(random, depth - 1) + ")";
      case 2 -> "(" + random(random, depth - 1) + ")*" + random(random, depth - 1);
      case 3 -> "(" + random(random, depth - 1) + "){1,2}";
      case 4 -> "[^" + random(random, 0) + "]" + random(random, depth - 1);
      default ->
        random(random, depth - 1) + "(" + random(random, depth - 1) + ")?" + random(random, 0);
    };
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abcd".charAt(random.nextInt(4)));
    }
    return text.toString();
  }

  @Test
  void whenAPatternEndsTwice_thenItsFirstEndIsTold() {
    PatternSet.Hits hits = new PatternSet.Hits();
    new PatternSet(List.of("ab", "c$", "a")).scan("xabxabc", hits);
    assertThat(hits.count()).isEqualTo(3);
    assertThat(List.of(hits.pattern(0), hits.end(0))).containsExactly(2, 2);
    assertThat(List.of(hits.pattern(1), hits.end(1))).containsExactly(0, 3);
    assertThat(List.of(hits.pattern(2), hits.end(2))).containsExactly(1, 7);
    hits.clear();
    assertThat(hits.count()).isZero();
  }

  @Test
  void whenATextMakesMoreStatesThanAreKept_thenMatchesAndStepsStayRight() {
    // Whether an a stood 14 characters ago needs 2^14 states, four times what is kept.
    PatternSet set = new PatternSet(List.of("a[ab]{14}c"));
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      text.append(random.nextBoolean() ? 'a' : 'b');
    }
    PatternSet.Hits hits = new PatternSet.Hits();
    set.scan(text, hits);
    assertThat(hits.count()).isZero();
    assertThat(hits.steps()).isLessThanOrEqualTo((text.length() + 1L) * (set.size() + 1L));
    assertThat(found(set, text + "a" + "b".repeat(14) + "c")).containsExactly(0);
  }

  @Test
  void whenManyThreadsFillAnEmptyCache_thenAllFindTheSame() throws Exception {
    List<String> patterns = RuleBook.ALL.stream()
        .limit(20)
        .flatMap(rule -> rule.patterns().stream())
        .toList();
    String text = "1' or 1=1 union select a, b from t where sleep(5) -- and information_schema";
    Set<Integer> expected = found(new PatternSet(patterns), text);
    PatternSet shared = new PatternSet(patterns);
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    var executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Set<Integer>>> answers = new java.util.ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(executor.submit(() -> {
          start.await();
          return found(shared, text);
        }));
      }
      for (Future<Set<Integer>> answer : answers) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(expected).hasSizeGreaterThan(3);
  }
}
