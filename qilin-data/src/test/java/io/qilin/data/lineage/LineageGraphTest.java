package io.qilin.data.lineage;

import static io.qilin.data.lineage.Steps.hash;
import static io.qilin.data.lineage.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineageGraphTest {
  /** file → bars → (factors, report); factors and rules → decision. */
  private static final LineageGraph MARKET = LineageGraph.of(List.of(
      step("bars", "file"),
      step("report", "bars"),
      step("factors", "bars"),
      step("decision", "factors", "rules")));

  private static List<String> names(List<LineageNode> nodes) {
    return nodes.stream().map(LineageNode::name).toList();
  }

  @Test
  void whenAsked_thenItKnowsOriginAndImpact() {
    assertThat(names(MARKET.upstream(hash("decision"))))
        .containsExactly("file", "bars", "factors", "rules");
    assertThat(names(MARKET.downstream(hash("file"))))
        .containsExactly("bars", "report", "factors", "decision");
    assertThat(names(MARKET.roots())).containsExactly("file", "rules");
    assertThat(names(MARKET.results())).containsExactly("report", "decision");
    assertThat(names(MARKET.path(hash("file"), hash("decision"))))
        .containsExactly("file", "bars", "factors", "decision");
    assertThat(MARKET.path(hash("report"), hash("decision"))).isEmpty();
    assertThat(names(MARKET.path(hash("bars"), hash("bars")))).containsExactly("bars");
  }

  @Test
  void whenExplained_thenATreeIsDrawn() {
    assertThat(MARKET
            .explain(hash("decision"))
            .lines()
            .map(line -> line.replaceAll("sha256:\\w+", "#")))
        .containsExactly(
            "dataset decision  #",
            "│  n decision",
            "└─ make-decision p=1  [1]",
            "   ├─ dataset factors  #",
            "   │  │  n factors",
            "   │  └─ make-factors p=1  [1]",
            "   │     └─ dataset bars  #",
            "   │        │  n bars",
            "   │        └─ make-bars p=1  [1]",
            "   │           └─ dataset file  #",
            "   │                 n file",
            "   └─ dataset rules  #",
            "         n rules");
    assertThat(MARKET.explain()).contains("(see above)");
    assertThat(MARKET.explainImpact(hash("file"))).startsWith("dataset file").contains("decision");
  }

  @Test
  void whenAStepWouldCloseACircle_thenItIsRefusedAndNothingIsAdded() {
    LineageGraph.Builder builder = LineageGraph.builder();
    MARKET.steps().forEach(builder::add);
    assertThatThrownBy(() -> builder.add(step("file", "decision")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT))
        .hasMessageContaining("make-file");
    assertThat(builder.build()).isEqualTo(MARKET);
    assertThatThrownBy(() -> step("a", "a")).isInstanceOf(QilinException.class);
  }

  @Test
  void whenAHashIsUnknown_thenItIsSaid() {
    assertThatThrownBy(() -> MARKET.upstream(hash("x")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }

  @Test
  void whenAStepIsAddedTwice_thenItIsOne() {
    List<LineageStep> twice = new ArrayList<>(MARKET.steps());
    twice.addAll(MARKET.steps());
    assertThat(LineageGraph.of(twice)).isEqualTo(MARKET);
    assertThat(step("bars", "file").id()).isEqualTo(step("bars", "file").id());
    assertThat(step("bars", "file").id().version()).isEqualTo(8);
    assertThat(step("bars", "file").id().variant()).isEqualTo(2);
    assertThat(step("bars", "file").id()).isNotEqualTo(step("bars", "other").id());
  }

  @Property(tries = 100)
  void whenGraphsAreRandom_thenUpstreamAndDownstreamMirrorEachOther(@ForAll long seed) {
    Random random = new Random(seed);
    LineageGraph.Builder builder = LineageGraph.builder();
    for (int i = 1; i < 12; i++) {
      Set<String> inputs = new TreeSet<>();
      for (int k = random.nextInt(3); k >= 0; k--) {
        inputs.add("n" + random.nextInt(i));
      }
      builder.add(step("n" + i, inputs.toArray(String[]::new)));
    }
    LineageGraph graph = builder.build();
    for (LineageNode a : graph.nodes()) {
      for (LineageNode b : graph.nodes()) {
        boolean above = graph.upstream(b.hash()).contains(a);
        assertThat(graph.downstream(a.hash()).contains(b)).isEqualTo(above);
        assertThat(graph.path(a.hash(), b.hash()).isEmpty()).isEqualTo(!above && !a.equals(b));
      }
    }
  }
}
