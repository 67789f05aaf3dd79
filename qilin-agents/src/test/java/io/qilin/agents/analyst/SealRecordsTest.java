package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Records.DAY;
import static io.qilin.agents.analyst.Records.SOURCE;
import static io.qilin.agents.analyst.Records.at;
import static io.qilin.agents.analyst.Records.known;
import static io.qilin.agents.analyst.Records.minute;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.seal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.BookLevel;
import io.qilin.api.record.BookSnapshot;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.SealTick;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealRecordsTest {
  private static final Symbol SHARE = Markets.share(1);

  /** A share that closed sealed at 11.00. */
  private static Panel sealed() {
    return Records.bars(List.of(
        "2024-01-02 " + SHARE + " 10 10 10 10 1000000 10000000 10",
        "2024-01-03 " + SHARE + " 10.2 11 10.1 11 1000000 10500000 10"));
  }

  private static SealReading read(MarketRecord... records) {
    MarketSnapshot snapshot = known(sealed(), List.of(records));
    return new LimitUpMemo().seal(snapshot, 0, 1).orElseThrow();
  }

  @Nested
  class TheFirstDesign {
    @Test
    void whenItsVectorIsReadFromRecords_thenRatioTimeAndStabilityAreThoseOfTheDesign() {
      Symbol symbol = Symbol.parse("000001.SZ");
      LocalDate listed = LocalDate.of(1991, 4, 3);
      SecurityStatus status = new SecurityStatus(
          symbol,
          listed,
          Board.SZSE_MAIN,
          "平安银行",
          RiskWarning.NONE,
          Optional.of(listed),
          OptionalLong.of(100_000_000));
      Panel panel = Records.bars(List.of(
          "2024-01-02 000001.SZ 9 9.2 8.9 9.09 1000000 9000000 9",
          "2024-01-03 000001.SZ 9.2 10 9.1 10 5000000 48000000 9.09"));
      List<MarketRecord> records =
          List.of(seal(symbol, DAY, "09:32:00", 5e6, 0), seal(symbol, DAY, "15:00:00", 1e7, 0));
      MarketSnapshot snapshot = Markets.snapshot(
              panel, Map.of(symbol, SecurityTimeline.of(List.of(status))))
          .withRecords(SnapshotRecords.of(records, at(DAY, "20:00:00")));
      Opinion opinion = new LimitUpQualityAnalyst().analyze(snapshot).get(symbol);
      assertThat(part(opinion, "seal").raw()).isEqualTo(0.1);
      assertThat(part(opinion, "time").normalised()).isEqualTo(1.0);
      assertThat(part(opinion, "stability").normalised()).isEqualTo(1.0);
      // The same by the points of the older table: 20 of 30, 20, 20, turnover 5 % 15, volume ratio
      // 5 10, all known.
      Opinion.Scored legacy = (Opinion.Scored) LimitUpQualityAnalyst.builder()
          .preset(Preset.LEGACY)
          .build()
          .analyze(snapshot)
          .get(symbol);
      assertThat(legacy.score01()).isCloseTo(0.85, within(1e-12)).isPositive();
    }
  }

  @Test
  void whenItSealsBreaksAndSealsAgain_thenAllIsCountedFromTheLastSeal() {
    SealFacts facts = read(
            seal(SHARE, DAY, "09:20:00", 9e6, 0),
            seal(SHARE, DAY, "09:40:00", 1e6, 0),
            seal(SHARE, DAY, "10:00:00", 0, 2e5),
            seal(SHARE, DAY, "14:00:00", 1e6, 0),
            seal(SHARE, DAY, "14:30:00", 2e6, 0),
            seal(SHARE, DAY, "15:00:00", 4e6, 0))
        .facts();
    assertThat(facts.firstSeal()).contains(LocalTime.of(9, 40));
    assertThat(facts.breaks()).hasValue(1);
    assertThat(facts.sealAmount().orElseThrow()).isCloseTo(4.4e7, within(1e-6));
    assertThat(facts.trend().orElseThrow()).isCloseTo(Math.log(2) / 30, within(1e-12));
  }

  @Test
  void whenTheClosingAuctionShowsAnOffer_thenTheSealIsNotBroken() {
    SealFacts facts = read(
            seal(SHARE, DAY, "09:40:00", 1e6, 0),
            seal(SHARE, DAY, "14:58:00", 1e6, 3e5),
            seal(SHARE, DAY, "15:00:00", 2e6, 0))
        .facts();
    assertThat(facts.breaks()).hasValue(0);
    assertThat(facts.sealAmount().orElseThrow()).isCloseTo(2.2e7, within(1e-6));
  }

  @Test
  void whenNothingWasSeenNearTheClose_thenTheSealAmountIsUnknown() {
    assertThat(read(seal(SHARE, DAY, "14:00:00", 1e6, 0)).facts().sealAmount()).isEmpty();
  }

  @Test
  void whenRecordsAreOfAnotherDay_thenNothingIsKnown() {
    MarketSnapshot snapshot =
        known(sealed(), List.of(seal(SHARE, LocalDate.of(2024, 1, 2), "14:00:00", 1e6, 0)));
    assertThat(new LimitUpMemo().seal(snapshot, 0, 1)).isEmpty();
  }

  @Nested
  class Books {
    private BookSnapshot book(String time, double bid, double waiting, double offered) {
      return new BookSnapshot(
          SHARE,
          at(DAY, time),
          at(DAY, time),
          SOURCE,
          List.of(new BookLevel(bid, waiting, OptionalLong.empty())),
          offered > 0 ? List.of(new BookLevel(11, offered, OptionalLong.empty())) : List.of());
    }

    @Test
    void whenBooksAreGiven_thenSealedMeansBidAtTheLimitAndNothingOffered() {
      SealFacts facts = read(
              book("09:31:00", 10.99, 1e6, 0),
              book("09:32:00", 11, 1e6, 100),
              book("09:33:00", 11, 1e6, 0),
              book("10:00:00", 10.9, 1e6, 0),
              book("10:01:00", 11, 1e6, 0),
              book("15:00:00", 11, 3e6, 0))
          .facts();
      assertThat(facts.firstSeal()).contains(LocalTime.of(9, 33));
      assertThat(facts.breaks()).hasValue(1);
      assertThat(facts.sealAmount().orElseThrow()).isCloseTo(3.3e7, within(1e-6));
    }
  }

  @Nested
  class Minutes {
    @Test
    void whenOnlyMinutesAreGiven_thenTheyStandInWithoutAQueue() {
      SealFacts facts = read(
              minute(SHARE, DAY, "09:31:00", 10.5, 10.8),
              minute(SHARE, DAY, "09:32:00", 10.8, 11),
              minute(SHARE, DAY, "09:33:00", 11, 11),
              minute(SHARE, DAY, "09:34:00", 10.9, 11),
              minute(SHARE, DAY, "09:35:00", 10.7, 10.8),
              minute(SHARE, DAY, "09:36:00", 10.8, 11),
              minute(SHARE, DAY, "15:00:00", 11, 11))
          .facts();
      assertThat(facts.firstSeal()).contains(LocalTime.of(9, 32));
      assertThat(facts.breaks()).hasValue(2);
      assertThat(facts.sealAmount()).isEmpty();
      assertThat(facts.trend()).isEmpty();
    }
  }

  @Nested
  class Hostile {
    private SealTick tick(double queue, double amount, Provenance source) {
      return new SealTick(
          SHARE, at(DAY, "15:00:00"), at(DAY, "15:00:00"), source, queue, amount, 0);
    }

    @Test
    void whenTheQueueIsInLots_thenTheAmountIsTakenAndFlagged() {
      SealReading reading = read(tick(1e4, 1.1e7, SOURCE));
      assertThat(reading.facts().sealAmount().orElseThrow()).isEqualTo(1.1e7);
      assertThat(reading.flags()).containsExactly("UNITS_SUSPECT");
    }

    @Test
    void whenTheAmountIsInTenThousands_thenTheQueueIsTakenAndFlagged() {
      SealReading reading = read(tick(1e6, 1.1e3, SOURCE));
      assertThat(reading.facts().sealAmount().orElseThrow()).isCloseTo(1.1e7, within(1e-6));
      assertThat(reading.flags()).containsExactly("UNITS_SUSPECT");
    }

    @Test
    void whenQueueAndAmountDoNotFit_thenTheAmountIsUnknownAndFlagged() {
      SealReading reading = read(tick(1e6, 5e7, SOURCE));
      assertThat(reading.facts().sealAmount()).isEmpty();
      assertThat(reading.flags()).containsExactly("CONTRADICTORY");
    }

    @Test
    void whenTheRecordsEndUnsealedAndTheBarIsSealed_thenThatIsFlaggedAndShown() {
      MarketSnapshot snapshot = known(
          sealed(),
          List.of(seal(SHARE, DAY, "09:40:00", 1e6, 0), seal(SHARE, DAY, "14:00:00", 0, 1e5)));
      Opinion opinion = new LimitUpQualityAnalyst().analyze(snapshot).get(SHARE);
      assertThat(opinion.flags()).contains("CONTRADICTORY");
      assertThat(opinion.warnings()).anyMatch(warning -> warning.contains("says otherwise"));
    }

    @Test
    void whenTwoOriginsContradict_thenTheOneWithMoreRecordsIsRead() {
      Provenance other = new Provenance("another", "made", true);
      List<MarketRecord> records = new ArrayList<>(
          List.of(seal(SHARE, DAY, "09:40:00", 1e6, 0), seal(SHARE, DAY, "15:00:00", 1e6, 0)));
      for (int second = 0; second < 3; second++) {
        records.add(new SealTick(
            SHARE,
            at(DAY, "10:00:0" + second),
            at(DAY, "10:00:0" + second),
            other,
            second == 1 ? 0 : 1e6,
            Double.NaN,
            second == 1 ? 1e5 : 0));
      }
      SealFacts facts =
          new LimitUpMemo().seal(known(sealed(), records), 0, 1).orElseThrow().facts();
      assertThat(facts.firstSeal()).contains(LocalTime.of(10, 0));
      assertThat(facts.breaks()).hasValue(1);
    }
  }

  @Test
  void whenTheHostToldSomething_thenThatComesFirstAndTheRestIsFilledIn() {
    SealFacts told = SealFacts.builder(SHARE, DAY).breaks(2).flow(0.7).build();
    MarketSnapshot snapshot = known(sealed(), List.of(seal(SHARE, DAY, "09:40:00", 1e6, 0)));
    Opinion opinion = LimitUpQualityAnalyst.builder()
        .seals(List.of(told))
        .build()
        .analyze(snapshot)
        .get(SHARE);
    assertThat(part(opinion, "stability").raw()).isEqualTo(2);
    assertThat(part(opinion, "time").raw()).isEqualTo(10);
    assertThat(part(opinion, "flow").raw()).isEqualTo(0.7);
  }

  @Test
  void whenThereAreManyObservations_thenTheTrendIsTakenFromAFew() {
    SealCourse course = new SealCourse(14 * 3600 + 57 * 60);
    for (int second = 10 * 3600; second < 11 * 3600; second++) {
      course.see(second, true, 1e6 * Math.exp(0.01 * (second - 36_000) / 60.0));
    }
    assertThat(course.trend().orElseThrow()).isCloseTo(0.01, within(1e-9));
  }
}
