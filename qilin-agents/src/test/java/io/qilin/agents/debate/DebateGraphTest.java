package io.qilin.agents.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.debate.DebateGraph.Edge;
import io.qilin.agents.debate.DebateGraph.Node;
import io.qilin.agents.debate.DebateGraph.Stance;
import io.qilin.agents.debate.DebateGraph.Tier;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DebateGraphTest {
  private static List<String> speakers(DebateGraph graph, long seed) {
    return graph.turns(seed).stream().map(turn -> turn.node().id()).toList();
  }

  @Test
  void whenTheGraphIsThatOfTradingAgents_thenItsSpeakersFollowAsThere() {
    DebateGraph graph = DebateGraph.tradingAgents(1, 1);
    assertThat(speakers(graph, 0))
        .containsExactly(
            "bull",
            "bear",
            "research-manager",
            "trader",
            "aggressive",
            "conservative",
            "neutral",
            "portfolio-manager");
    assertThat(graph.turns(0))
        .extracting(DebateGraph.Turn::to)
        .endsWith("portfolio-manager", "desk");
    assertThat(graph.turns(0))
        .filteredOn(turn -> turn.node().tier() == Tier.DEEP)
        .extracting(turn -> turn.node().id())
        .containsExactly("research-manager", "portfolio-manager");
    assertThat(speakers(DebateGraph.tradingAgents(2, 1), 0))
        .startsWith("bull", "bear", "bull", "bear", "research-manager");
  }

  @Test
  void whenTheSeedChanges_thenAnotherSpeaksFirst() {
    DebateGraph graph = DebateGraph.tradingAgents(1, 1);
    assertThat(speakers(graph, 1)).startsWith("bear", "bull", "research-manager", "trader");
    assertThat(speakers(graph, 1))
        .endsWith("conservative", "neutral", "aggressive", "portfolio-manager");
    assertThat(speakers(graph, -1)).startsWith("bear", "bull");
    assertThat(speakers(graph, Long.MAX_VALUE)).hasSize(8);
    assertThat(speakers(graph, 6)).isEqualTo(speakers(graph, 0));
  }

  @Property(tries = 50)
  void whenRoundsAreAny_thenTheDebateEndsAfterTheirNumber(
      @ForAll @IntRange(min = 1, max = 10) int rounds,
      @ForAll @IntRange(min = 1, max = 10) int riskRounds,
      @ForAll long seed) {
    DebateGraph graph = DebateGraph.tradingAgents(rounds, riskRounds);
    assertThat(graph.turns(seed)).hasSize(2 * rounds + 2 + 3 * riskRounds + 1);
    assertThat(DebateGraph.builtIn(graph.id())).contains(graph);
  }

  @Test
  void whenAGraphCannotBeWalked_thenItIsRefused() {
    Node a = new Node("a", "g", Stance.FOR, Tier.QUICK);
    Node b = new Node("b", "h", Stance.AGAINST, Tier.QUICK);
    refused(() -> new DebateGraph("x", List.of(), List.of()), "no node");
    refused(() -> new DebateGraph("x", List.of(a, a), List.of()), "'a'");
    refused(() -> new DebateGraph("X", List.of(a), List.of()), "'X'");
    refused(() -> new DebateGraph("x", List.of(a), List.of(new Edge("a", "c", 1))), "'c'");
    refused(
        () -> new DebateGraph(
            "x", List.of(a, b), List.of(new Edge("a", "b", 1000), new Edge("b", "a", 1000))),
        "100 turns");
    refused(() -> DebateGraph.tradingAgents(0, 1), "0 and 1");
    refused(() -> DebateGraph.builtIn("trading-agents:99:1"), "99");
    assertThat(DebateGraph.builtIn("mine")).isEmpty();
    assertThat(DebateGraph.brief().digest())
        .isEqualTo(DebateGraph.brief().digest())
        .isNotEqualTo(DebateGraph.tradingAgents(1, 1).digest());
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String word) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(word);
  }
}
