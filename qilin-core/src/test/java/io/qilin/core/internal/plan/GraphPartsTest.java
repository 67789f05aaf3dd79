package io.qilin.core.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.expression.Expression;
import io.qilin.core.expression.RandomExpression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GraphPartsTest {
  private static List<Expression> parsed(String... texts) {
    return List.of(texts).stream().map(Expression::parse).toList();
  }

  private static double cost(List<Expression> expressions, BitSet chosen) {
    return Graph.of(chosen.stream().mapToObj(expressions::get).toList()).cost();
  }

  @Property(tries = 100)
  void whenDivided_thenEachExpressionIsInOnePartAndNoPartCostsTooMuch(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int count,
      @ForAll @DoubleRange(min = 1, max = 200) double most) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Expression> expressions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      expressions.add(Expression.parse(RandomExpression.number(random, 3)));
    }

    List<BitSet> parts = GraphParts.of(Graph.of(expressions), most);

    BitSet all = new BitSet();
    for (BitSet part : parts) {
      assertThat(part.intersects(all)).isFalse();
      all.or(part);
      if (part.cardinality() > 1) {
        assertThat(cost(expressions, part)).isLessThanOrEqualTo(most + 1e-9);
      }
    }
    assertThat(all.cardinality()).isEqualTo(count);
  }

  @Test
  void whenExpressionsShareWhatCostsMost_thenTheyStayTogether() {
    List<Expression> expressions = parsed(
        "Std($close, 20) + 1",
        "Std($volume, 30) + 1",
        "Std($close, 20) - 2",
        "Std($volume, 30) - 2");
    double most = 1.5 * cost(expressions, BitSet.valueOf(new long[] {0b0101}));

    assertThat(GraphParts.of(Graph.of(expressions), most))
        .containsExactly(BitSet.valueOf(new long[] {0b0101}), BitSet.valueOf(new long[] {0b1010}));
  }

  /** Both are one shift by five rows; the shift by two of which they are made is in no part. */
  @Test
  void whenShiftsBecomeOne_thenTheShorterOneCostsNothing() {
    Graph graph = Graph.of(parsed("Ref(Ref($close, 2), 3)", "Ref($close, 5)"));

    assertThat(graph.terms()).hasSize(2);
    assertThat(graph.roots()).containsExactly(1, 1);
    assertThat(graph.cost()).isEqualTo(Graph.of(parsed("Ref($close, 5)")).cost());
  }

  @Test
  void whenTheLimitIsWide_thenThereIsOnePart() {
    List<Expression> expressions = parsed("$close", "Mean($volume, 5)", "$close");

    assertThat(GraphParts.of(Graph.of(expressions), 1e9))
        .containsExactly(BitSet.valueOf(new long[] {0b111}));
  }
}
