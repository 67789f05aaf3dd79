package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.Analysts;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.market.Panel;
import io.qilin.testkit.AnalystTck;
import io.qilin.testkit.Panels;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The analyst of docs/analysts.md keeps the contract, and the page shows it as it is. */
class CalmAnalystTest extends AnalystTck {
  @Override
  protected Analyst analyst() {
    return new CalmAnalyst();
  }

  @Override
  protected Panel market() {
    return Panels.random(12, 60, 7);
  }

  @Test
  void whenAnalystsAreDiscovered_thenItIsAmongThem() {
    Analysts analysts = Analysts.discover();
    assertThat(analysts.get("calm")).isInstanceOf(CalmAnalyst.class);
    assertThat(analysts.ids()).contains("market", "news", "calm");
  }

  @Test
  void whenThePageShowsIt_thenItIsItsCode() throws IOException {
    DocPage.of("docs/analysts.md").assertShows(0, CalmAnalyst.class);
    DocPage.of("docs/analysts.md").assertShows(1, CalmAnalyst.class);
  }
}
