package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The work for a text is counted, not timed: twice the text is at most twice the work, whatever is repeated in it. */
class ScreeningLinearityTest {
  private static final int SMALL = 1024;

  /** A text that the pattern matches: the first choice, and one of what is repeated. */
  private static void sample(Pattern pattern, StringBuilder out) {
    if (pattern instanceof Pattern.Symbols symbols) {
      int symbol = symbols.set().get(' ') ? ' ' : symbols.set().nextSetBit(0);
      if (symbol < Symbol.EDGE) {
        out.append(symbol == Symbol.OTHER ? '股' : (char) symbol);
      }
    } else if (pattern instanceof Pattern.Sequence sequence) {
      sequence.parts().forEach(part -> sample(part, out));
    } else if (pattern instanceof Pattern.Choice choice) {
      sample(choice.choices().get(0), out);
    } else if (pattern instanceof Pattern.Repeat repeat) {
      for (int i = 0; i < Math.max(1, repeat.min()); i++) {
        sample(repeat.part(), out);
      }
    }
  }

  private static List<String> prefixes() {
    List<String> prefixes = new ArrayList<>();
    for (Rule rule : RuleBook.ALL) {
      for (String pattern : rule.patterns()) {
        StringBuilder text = new StringBuilder();
        sample(PatternParser.parse(pattern), text);
        for (int length = 1;
            length <= text.length();
            length = Math.max(length + 1, length * 3 / 2)) {
          prefixes.add(text.substring(0, length));
        }
      }
    }
    return prefixes.stream().distinct().toList();
  }

  private static long steps(PatternSet set, String text) {
    PatternSet.Hits hits = new PatternSet.Hits();
    set.scan(text, hits);
    return hits.steps();
  }

  @Test
  void whenTheBeginningOfAnyRuleIsRepeated_thenTheStepsAreLinear() {
    PatternSet set = RuleBook.of(1).patterns();
    List<String> prefixes = prefixes();
    assertThat(prefixes).hasSizeGreaterThan(1000);
    for (String prefix : prefixes) {
      String text = prefix.repeat(SMALL / prefix.length() + 1);
      long once = steps(set, text);
      long twice = steps(set, text + text);
      assertThat(twice).as(prefix).isLessThanOrEqualTo(2 * once + set.size());
    }
  }

  @Test
  void whenNoTextIsKnownYet_thenTheStepsAreAtMostLengthTimesSize() {
    PatternSet fresh = new PatternSet(RuleBook.ALL.stream()
        .flatMap(rule -> rule.patterns().stream())
        .limit(200)
        .toList());
    String text = "';|&`$(<{[' union select ".repeat(40);
    assertThat(steps(fresh, text)).isLessThanOrEqualTo((text.length() + 1L) * (fresh.size() + 1L));
  }

  @Test
  void whenATextIsDecoded_thenItGrowsByABoundedFactor() {
    for (String part : List.of(
        "%2525", "&amp;", "\ufdfa", "\u2057", "\\x41", "¼¾", "%u0041", "/*", "$IFS", "&#65")) {
      String text = part.repeat(2000);
      assertThat(Normalizing.of(text).length()).as(part).isLessThanOrEqualTo(18 * text.length());
      long[] total = new long[1];
      Views.of(Normalizing.of(text), (view, reading) -> total[0] += reading.length());
      assertThat(total[0]).as(part).isLessThanOrEqualTo(5L * 18 * text.length());
    }
  }
}
