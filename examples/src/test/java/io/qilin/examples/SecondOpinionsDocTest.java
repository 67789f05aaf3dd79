package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.market.Panel;
import io.qilin.api.record.Provenance;
import io.qilin.testkit.Panels;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/second-opinions.md shows is what the program does. */
class SecondOpinionsDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsAskModel() throws IOException {
    DocPage.of("docs/second-opinions.md").assertShows(0, AskModel.class);
  }

  @Test
  void whenTheProgramAsksTwice_thenTheSecondAnswerIsFromTheCassette(@TempDir Path folder) {
    Panel panel = Panels.closes(10, 11);
    MarketSnapshot snapshot = new MarketSnapshot(
        panel.lastDay(),
        panel,
        panel,
        Map.of(),
        new Provenance("test", "made", true),
        Optional.empty(),
        Optional.empty());
    AskModel program = new AskModel(
        folder,
        SettableClock.at("2024-01-03T20:00:00+08:00"),
        new LlmPrice("USD", BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.TEN));
    ScriptedLlm model = ScriptedLlm.of(ScriptedLlm.text("{\"code\":\"600519.SH\",\"score\":0.7,"
        + "\"confidence\":1,\"recommendation\":\"HOLD\",\"reasons\":[\"steady\"]}"));
    Deliberation first = program.ask(model, snapshot, Panels.SYMBOL, List.of(), 7);
    assertThat(first.flags()).isEmpty();
    assertThat(first.adjustment()).isCloseTo(0.09, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(program.ask(model, snapshot, Panels.SYMBOL, List.of(), 7)).isEqualTo(first);
    assertThat(model.requests()).hasSize(1);
  }
}
