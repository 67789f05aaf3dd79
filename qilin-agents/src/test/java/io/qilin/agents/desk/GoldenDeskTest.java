package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.Preset;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.source.Bars;
import io.qilin.core.risk.RiskSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The desk on real bars. They come without statuses, so the desk is told not to require them. Every
 * 20th evening is decided; with {@code -Dqilin.desk.step=1} every one.
 */
class GoldenDeskTest {
  private static final int STEP = Integer.getInteger("qilin.desk.step", 20);

  private static Bars bars;

  @BeforeAll
  static void read() {
    bars = GoldenBars.read();
  }

  private static ResearchDesk desk(Preset preset) {
    RiskSettings risk = RiskSettings.moderate().toBuilder().requireStatus(false).build();
    return ResearchDesk.standard(preset).risk(risk).build();
  }

  @Test
  void whenFollowed_thenTheTrackRecordIsTheSameTwice() {
    Snapshots snapshots = Snapshots.from(bars, Map.of());
    LocalDate from = LocalDate.of(2020, 6, 1);
    TrackRecord once = TrackRecord.builder(desk(Preset.STANDARD), snapshots)
        .span(from, LocalDate.of(2020, 8, 31))
        .run();
    TrackRecord again = TrackRecord.builder(desk(Preset.STANDARD), snapshots)
        .span(from, LocalDate.of(2020, 8, 31))
        .run();
    assertThat(again).isEqualTo(once);
    assertThat(once.equity()).hasSize(64);
    assertThat(once.filled()).isGreaterThan(30);
  }

  @Test
  void whenRunOnManyDays_thenAtMostTwoNamesAndTheSameBitsTwice() {
    Snapshots snapshots = Snapshots.from(bars, Map.of());
    List<LocalDate> days = snapshots.days();
    int recommended = 0;
    int dates = 0;
    for (int d = 0; d + 1 < days.size(); d += STEP) {
      MarketSnapshot snapshot = snapshots.at(days.get(d));
      DeskResult first = desk(Preset.STANDARD).run(snapshot, days.get(d + 1));
      DeskResult second =
          desk(Preset.STANDARD).run(Snapshots.of(bars, Map.of(), days.get(d)), days.get(d + 1));
      assertThat(first.recommendations()).hasSizeLessThanOrEqualTo(2);
      assertThat(DecisionRecordJson.write(second.record()))
          .isEqualTo(DecisionRecordJson.write(first.record()));
      recommended += first.recommendations().size();
      dates++;
    }
    assertThat(dates).isEqualTo((days.size() - 2) / STEP + 1);
    assertThat(recommended).isGreaterThan(dates / 2);
  }
}
