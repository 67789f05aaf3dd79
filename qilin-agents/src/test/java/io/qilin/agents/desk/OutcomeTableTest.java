package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.evaluation.OutcomeLabel;
import io.qilin.agents.evaluation.OutcomeRow;
import io.qilin.agents.evaluation.OutcomeTable;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.source.Bars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outcomes of a desk's own decisions on a random market, against a plain look at the bars. */
class OutcomeTableTest {
  @Test
  void whenDecisionsAreFollowed_thenEveryOutcomeIsWhatTheBarsSay() {
    Bars bars = DeskMarkets.random(12, 110, 9);
    Snapshots snapshots = Snapshots.from(bars, DeskMarkets.statuses(bars.panel()));
    List<LocalDate> days = snapshots.days();
    ResearchDesk desk = ResearchDesk.standard(Preset.STANDARD).minSafety(0).build();
    List<DecisionRecord> records = new ArrayList<>();
    for (int d = 70; d < 100; d++) {
      records.add(desk.run(snapshots.at(days.get(d)), days.get(d + 1)).record());
    }
    MarketSnapshot evening = snapshots.at(days.get(105));
    OutcomeTable returns = OutcomeTable.of(records, evening, OutcomeLabel.NEXT_OPEN_RETURN);
    assertThat(returns.rows()).hasSizeGreaterThan(150);
    int plain = 0;
    for (OutcomeRow row : returns.rows()) {
      int i = evening.raw().indexOf(row.symbol());
      int from = evening.raw().indexOf(row.day()) + 1;
      int to = evening.raw().indexOf(row.known());
      assertThat(to).isGreaterThan(from);
      assertThat(row.outcome())
          .isCloseTo(
              evening.adjusted().value(Field.OPEN, i, to)
                      / evening.adjusted().value(Field.OPEN, i, from)
                  - 1,
              within(1e-15));
      plain += to == from + 1 ? 1 : 0;
    }
    assertThat(plain).isGreaterThan(100);
    OutcomeTable sealed = OutcomeTable.of(records, evening, OutcomeLabel.SEALED_NEXT);
    OutcomeTable touched = OutcomeTable.of(records, evening, OutcomeLabel.TOUCHED_NEXT);
    assertThat(sealed.rows()).hasSameSizeAs(touched.rows());
    for (int k = 0; k < sealed.rows().size(); k++) {
      assertThat(sealed.rows().get(k).outcome())
          .isLessThanOrEqualTo(touched.rows().get(k).outcome());
    }
    assertThat(OutcomeTable.of(records, evening, OutcomeLabel.OPEN_PREMIUM).rows())
        .isNotEmpty();
    assertThat(returns.between(days.get(80), days.get(80)).rows())
        .isNotEmpty()
        .allMatch(row -> row.day().equals(days.get(80)));
  }
}
