package io.qilin.core.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.expression.Expression;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolePatternsTest {
  private static String[] patterns(String... texts) {
    Graph graph = Graph.of(Stream.of(texts).map(Expression::parse).toList());
    HolePatterns patterns = new HolePatterns(graph);
    return IntStream.of(graph.roots()).mapToObj(patterns::of).toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          $close                  | $volume
          $close/$open - 1        | Log($vwap)
          Delta($close, 2)        | $open*Ref($high, 2)
          Ref(Ref($close, 1), 2)  | Ref($low, 3)
          CSRank($close)          | $high
          Mean($close, 5)         | Sum($volume, 60)
          Std(Ref($close, 3), 9)  | Corr($close, Ref($open, 3), 20)
          If($close > 1, $low, 2) | Abs($high)
          """)
  void whenTheSameRowsAreMissing_thenThePatternsAreEqual(String one, String other) {
    String[] patterns = patterns(one, other);

    assertThat(patterns[0]).isEqualTo(patterns[1]);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          $close             | Ref($close, 1)
          $close             | Mean($close, 5)
          Mean($close, 5)    | Std($close, 5)
          Delta($close, 1)   | Delta($close, 2)
          $close             | Mask($close, 'SH600000')
          $close > 1         | $close
          """)
  void whenOtherRowsAreMissing_thenThePatternsDiffer(String one, String other) {
    String[] patterns = patterns(one, other);

    assertThat(patterns[0]).isNotEqualTo(patterns[1]);
  }

  /** The sets would grow with every term otherwise. */
  @Test
  void whenThereAreTooManyHoles_thenATermIsLikeNoOther() {
    String[] sums = Stream.of("$close", "$open")
        .map(field -> IntStream.range(0, 80)
            .mapToObj(day -> "Ref(" + field + "," + (day + 1) + ")")
            .collect(Collectors.joining("+")))
        .toArray(String[]::new);

    String[] patterns = patterns(sums);

    assertThat(patterns[0]).isNotEqualTo(patterns[1]);
    assertThat(patterns[0]).hasSizeLessThan(2000);
  }
}
