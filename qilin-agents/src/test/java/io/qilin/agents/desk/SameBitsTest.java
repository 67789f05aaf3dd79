package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.internal.Fingerprint;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.source.Bars;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A decision has the same bytes on every machine and Java version. When a formula is changed on
 * purpose, {@link ResearchDesk#FORMULAS} rises and the digests here change with it. The inputs'
 * digests are left out, as the rule book may grow.
 */
class SameBitsTest {
  @ParameterizedTest
  @CsvSource({
    "STANDARD,930fa26e620f6fdff87cc06ce04a781fa6fd4f22cd8aba89e909feec0b466eaa",
    "LEGACY,554fe5bd17e6588887dd6d1a58ef64bdd95252cffbfcc3fb42ab4de0385b47b0"
  })
  void whenDecidedOnTheSeededMarket_thenTheBytesAreTheKnownOnes(Preset preset, String digest) {
    Bars bars = DeskMarkets.random(40, 320, 20240102L);
    List<LocalDate> days = bars.panel().days();
    DecisionRecord record = ResearchDesk.standard(preset)
        .minSafety(0)
        .build()
        .run(Snapshots.of(bars, DeskMarkets.statuses(bars.panel()), days.get(300)), days.get(301))
        .record();
    DecisionRecord decision = new DecisionRecord(
        record.schema(),
        record.qilin(),
        record.day(),
        record.session(),
        Map.of(),
        record.settings(),
        record.candidates(),
        record.recommendations());
    String json = new String(DecisionRecordJson.write(decision), StandardCharsets.UTF_8);
    assertThat(new Fingerprint().add(json).hex()).isEqualTo(digest);
  }
}
