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
    "STANDARD,582d9604af1f286cafdf03289821b87bc47f8e32fed4d5b64316c5035a14cd46",
    "LEGACY,ea05c797b8d1c5bb25da90f7f9f95af037ed74367f80298f55a93d176c814f3b"
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
