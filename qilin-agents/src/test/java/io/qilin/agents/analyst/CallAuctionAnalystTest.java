package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Records.DAY;
import static io.qilin.agents.analyst.Records.SESSION;
import static io.qilin.agents.analyst.Records.SOURCE;
import static io.qilin.agents.analyst.Records.abstains;
import static io.qilin.agents.analyst.Records.at;
import static io.qilin.agents.analyst.Records.auction;
import static io.qilin.agents.analyst.Records.known;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.PublicationTimes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallAuctionAnalystTest {
  private static final Symbol SHARE = Markets.share(1);

  /** Six shares that closed at 10.00; a million shares traded on the last of six days. */
  private static Panel panel() {
    List<String> rows = new ArrayList<>();
    for (LocalDate day : io.qilin.testkit.Panels.weekdays(LocalDate.of(2023, 12, 27), 6)) {
      for (Symbol share : Records.shares(6)) {
        rows.add(day + " " + share + " 10 10.1 9.9 10 1000000 10000000 10");
      }
    }
    return Records.bars(rows);
  }

  /** Phase A at 10.10, 200,000 matched; phase B from 10.20, 150,000; the match. */
  private static List<AuctionTick> ticks(int k, double price, double matched, double rest) {
    Symbol of = Markets.share(k);
    return List.of(
        auction(of, SESSION, "09:15:00", 10.10, 100_000, 0),
        auction(of, SESSION, "09:19:59", 10.10, 200_000, 0),
        auction(of, SESSION, "09:20:00", 10.20, 150_000, 0),
        auction(of, SESSION, "09:24:57", 10.20, 150_000, 0),
        auction(of, SESSION, "09:25:00", price, matched, rest));
  }

  /** Share k is matched k × 10,000 shares at 10.20 plus k fen. */
  private static List<AuctionTick> all() {
    List<AuctionTick> all = new ArrayList<>();
    for (int k = 1; k <= 6; k++) {
      all.addAll(ticks(k, 10.20 + k / 100.0, 10_000 * k, 5_000 * k));
    }
    return all;
  }

  private static Map<Symbol, Opinion> analyze(Collection<? extends MarketRecord> records) {
    return new CallAuctionAnalyst().analyze(known(panel(), records));
  }

  @Test
  void whenAllIsKnown_thenEveryPartFollowsItsFormula() {
    Opinion opinion = analyze(all()).get(SHARE);
    assertThat(part(opinion, "gap").raw()).isCloseTo(0.021, within(1e-12));
    assertThat(part(opinion, "gap").normalised()).isCloseTo(0.5 / 6, within(1e-12));
    assertThat(part(opinion, "volume-to-day").raw()).isCloseTo(0.01, within(1e-12));
    double drift = 10.21 / 10.20 - 1;
    assertThat(part(opinion, "drift").raw()).isCloseTo(drift, within(1e-12));
    assertThat(part(opinion, "drift").normalised()).isCloseTo(0.5 + 25 * drift, within(1e-12));
    assertThat(part(opinion, "imbalance").raw()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(part(opinion, "imbalance").normalised()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(part(opinion, "steadiness").raw()).isCloseTo(0.25, within(1e-12));
    assertThat(part(opinion, "steadiness").normalised()).isCloseTo(0.75, within(1e-12));
    assertThat(opinion.coverage()).isEqualTo(1);
    double mean =
        0.30 * 0.5 / 6 + 0.25 * 0.5 / 6 + 0.20 * (0.5 + 25 * drift) + 0.15 * 2 / 3 + 0.10 * 0.75;
    assertThat(score(opinion)).isCloseTo(2 * mean - 1, within(1e-12));
    assertThat(score(analyze(all()).get(Markets.share(6)))).isGreaterThan(score(opinion));
  }

  @Nested
  class Moments {
    private List<AuctionTick> until(Instant moment) {
      return all().stream().filter(tick -> !tick.asOf().isAfter(moment)).toList();
    }

    private Opinion at(String time) {
      Instant moment = Records.at(SESSION, time);
      return new CallAuctionAnalyst()
          .analyze(known(panel(), until(moment), moment))
          .get(SHARE);
    }

    @Test
    void whenDecidedBeforeTheMatch_thenItAbstains() {
      assertThat(abstains(at("09:24:59"))).isTrue();
      assertThat(at("09:24:59").warnings()).anyMatch(w -> w.contains("no tick of the match"));
      assertThat(abstains(at("09:25:00"))).isFalse();
    }

    @Test
    void whenDecidedInTheEvening_thenItAbstainsOnEveryShare() {
      Collection<Opinion> opinions = new CallAuctionAnalyst()
          .analyze(known(panel(), List.of(), Records.at(DAY, "20:00:00")))
          .values();
      assertThat(opinions).hasSize(6).allMatch(Records::abstains);
    }

    @Test
    void whenTheAuctionIsOfTheSnapshotsOwnDay_thenItIsNotTakenForTheNext() {
      List<AuctionTick> past = new ArrayList<>();
      for (AuctionTick tick : all()) {
        past.add(auction(
            tick.of(),
            DAY,
            java.time.LocalTime.ofInstant(tick.eventTime(), java.time.ZoneId.of("Asia/Shanghai"))
                .toString(),
            tick.indicativePrice(),
            tick.matchedVolume(),
            0));
      }
      assertThat(new CallAuctionAnalyst()
              .analyze(known(panel(), past, Records.at(DAY, "20:00:00")))
              .values())
          .allMatch(Records::abstains);
      assertThat(analyze(past).values()).allMatch(Records::abstains);
    }
  }

  @Test
  void whenTheSessionIsExRight_thenTheGapIsTakenFromTheReferencePrice() {
    List<MarketRecord> records = new ArrayList<>(all());
    records.add(new CorporateActionNotice(
        CorporateAction.dividend(SHARE, SESSION, new BigDecimal("0.50")),
        PublicationTimes.startOf(DAY),
        SOURCE));
    assertThat(part(analyze(records).get(SHARE), "gap").raw())
        .isCloseTo(10.21 / 9.50 - 1, within(1e-12));
  }

  @Test
  void whenItOpensAtLimitUpWithBuyersLeft_thenItCannotBeBought() {
    List<AuctionTick> all = all();
    all.removeIf(tick -> tick.of().equals(SHARE));
    all.addAll(List.of(
        auction(SHARE, SESSION, "09:20:00", 11, 10_000, 500_000),
        auction(SHARE, SESSION, "09:25:00", 11, 20_000, 900_000)));
    Opinion opinion = analyze(all).get(SHARE);
    assertThat(opinion.flags()).contains("UNBUYABLE", "LIMIT_LOCKED", "GLUED_TO_LIMIT");
    assertThat(part(opinion, "drift").normalised()).isEqualTo(1);
    assertThat(part(opinion, "steadiness").known()).isFalse();
  }

  @Test
  void whenNothingIsMatched_thenNothingIsMadeUp() {
    List<AuctionTick> all = all();
    all.removeIf(tick -> tick.of().equals(SHARE));
    all.add(auction(SHARE, SESSION, "09:25:00", Double.NaN, 0, 0));
    Opinion opinion = analyze(all).get(SHARE);
    assertThat(abstains(opinion)).isTrue();
    assertThat(part(opinion, "imbalance").known()).isFalse();
  }

  @Nested
  class Units {
    private List<AuctionTick> withHistory(double earlier) {
      List<AuctionTick> all = all();
      for (LocalDate day : panel().days()) {
        all.add(auction(SHARE, day, "09:25:00", 10, earlier, 0));
      }
      return all;
    }

    @Test
    void whenTheVolumeIsAHundredTimesThatOfOtherDays_thenItIsNotUsedAndFlagged() {
      Opinion opinion = analyze(withHistory(100)).get(SHARE);
      assertThat(opinion.flags()).contains("UNITS_SUSPECT");
      assertThat(part(opinion, "volume-to-day").known()).isFalse();
    }

    @Test
    void whenTheAuctionIsHeavy_thenThatIsFlagged() {
      assertThat(analyze(withHistory(3_000)).get(SHARE).flags()).contains("HEAVY_AUCTION");
      assertThat(analyze(withHistory(5_000)).get(SHARE).flags()).isEmpty();
    }

    @Test
    void whenTheDaysVolumeIsInLots_thenItIsNotUsedAndFlagged() {
      List<String> rows = new ArrayList<>();
      for (Symbol share : Records.shares(6)) {
        rows.add(DAY + " " + share + " 10 10.1 9.9 10 10000 10000000 10");
      }
      Opinion opinion =
          new CallAuctionAnalyst().analyze(known(Records.bars(rows), all())).get(SHARE);
      assertThat(opinion.flags()).contains("UNITS_SUSPECT");
      assertThat(part(opinion, "volume-to-day").known()).isFalse();
      assertThat(opinion.coverage()).isEqualTo(0.75);
    }
  }

  @Nested
  class SealedTheDayBefore {
    @Test
    void whenEnoughWereSealed_thenTheyAreRankedAmongThemselves() {
      List<String> rows = new ArrayList<>();
      for (int k = 1; k <= 10; k++) {
        rows.add(DAY + " " + Markets.share(k) + (k <= 5 ? " 10 11 10 11" : " 10 11 10 10.9")
            + " 1000000 10000000 10");
      }
      List<AuctionTick> all = new ArrayList<>();
      for (int k = 1; k <= 10; k++) {
        all.addAll(ticks(k, 11 + k / 100.0, 10_000, 0));
      }
      Map<Symbol, Opinion> opinions =
          new CallAuctionAnalyst().analyze(known(Records.bars(rows), all));
      assertThat(part(opinions.get(Markets.share(5)), "gap").normalised())
          .isCloseTo(0.9, within(1e-12));
      assertThat(opinions.get(Markets.share(5)).flags()).contains("SEALED_BEFORE");
      assertThat(part(opinions.get(Markets.share(6)), "gap").normalised())
          .isCloseTo(0.1, within(1e-12));
    }
  }

  @Test
  void whenLegacy_thenThePointsAreThoseOfTheTable() {
    // Gap 2.1 % 10 of 30, volume 1 % 0 of 25, 15,000 buyers on 10,000 sellers 5 of 20, prices of
    // phase B equal 15 of 15; large orders unknown.
    Opinion.Scored opinion =
        (Opinion.Scored) new CallAuctionAnalyst(Preset.LEGACY, new LimitUpMemo())
            .analyze(known(panel(), all()))
            .get(SHARE);
    assertThat(opinion.coverage()).isEqualTo(0.9);
    assertThat(opinion.score01()).isCloseTo(30 / 90.0, within(1e-12));
  }

  @Test
  void whenATickIsSentAgain_thenItCountsOnce() {
    List<AuctionTick> once = new ArrayList<>(all());
    once.add(auction(SHARE, SESSION, "09:21:00", 10.10, 150_000, 0));
    once.add(auction(SHARE, SESSION, "09:22:00", 10.30, 150_000, 0));
    List<AuctionTick> twice = new ArrayList<>(once);
    twice.addAll(once);
    for (Preset preset : Preset.values()) {
      CallAuctionAnalyst analyst = new CallAuctionAnalyst(preset, new LimitUpMemo());
      assertThat(analyst.analyze(known(panel(), twice)))
          .isEqualTo(analyst.analyze(known(panel(), once)));
    }
  }
}
