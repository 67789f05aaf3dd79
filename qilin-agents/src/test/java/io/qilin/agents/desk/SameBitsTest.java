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
    "STANDARD,db120e22204e43efe5aaadfef98189808bffca1309ca0db77ca282c005ee7a3a",
    "LEGACY,c2a4b7954a8129d0ef594c829269149f0de73335e2921a5b41e0b64e4700765e"
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
