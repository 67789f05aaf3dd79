package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.Preset;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What happens after the day changes no bit of the decision record. */
class NoLookAheadTest {
  private static String record(
      Panel panel, Map<Symbol, SecurityTimeline> securities, LocalDate day, LocalDate session) {
    ResearchDesk desk =
        ResearchDesk.standard(Preset.STANDARD).minSafety(0).minScore(-1).build();
    byte[] json = DecisionRecordJson.write(
        desk.run(Snapshots.of(DeskMarkets.bars(panel), securities, day), session)
            .record());
    return new String(json, StandardCharsets.UTF_8);
  }

  @Property(tries = 25)
  void whenBarsAfterTheDayAreCutOrAltered_thenTheRecordIsTheSame(
      @ForAll @IntRange(min = 1, max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 138) int at) {
    Panel panel = Panels.random(24, 140, 0.1, seed);
    Map<Symbol, SecurityTimeline> securities = DeskMarkets.statuses(panel);
    LocalDate day = panel.days().get(at);
    LocalDate session = panel.days().get(at + 1);
    String expected = record(panel, securities, day, session);
    assertThat(record(Panels.withOtherFuture(panel, day, seed), securities, day, session))
        .isEqualTo(expected);
    assertThat(record(panel.until(day), securities, day, session)).isEqualTo(expected);
    assertThat(record(DeskMarkets.truncated(panel, day), securities, day, session))
        .isEqualTo(expected);
  }

  @Test
  void whenRealBarsEndOnTheDay_thenTheRecordIsTheSame() {
    Panel all = GoldenBars.read().panel();
    for (int at : new int[] {300, 700, 1100}) {
      LocalDate day = all.days().get(at);
      LocalDate session = all.days().get(at + 1);
      assertThat(record(GoldenBars.read(day).panel(), Map.of(), day, session))
          .isEqualTo(record(all, Map.of(), day, session));
    }
  }
}
