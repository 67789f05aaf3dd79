package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Records.DAY;
import static io.qilin.agents.analyst.Records.abstains;
import static io.qilin.agents.analyst.Records.at;
import static io.qilin.agents.analyst.Records.known;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.seat;
import static io.qilin.api.record.LhbSeatRow.SeatSide.BUY5;
import static io.qilin.api.record.LhbSeatRow.SeatSide.SELL5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.LhbSeatRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LonghuBangAnalystTest {
  private static final Symbol SHARE = Markets.share(1);
  private static final double AMOUNT = 1e9;

  private static Panel panel() {
    List<String> rows = new ArrayList<>();
    LocalDate first = LocalDate.of(2023, 12, 27);
    for (LocalDate day : io.qilin.testkit.Panels.weekdays(first, 6)) {
      rows.add(day + " " + SHARE + " 10 10.6 9.9 10.5 100000000 1000000000 10");
      rows.add(day + " " + Markets.share(2) + " 10 10.6 9.9 10.5 100000000 1000000000 10");
    }
    return Records.bars(rows);
  }

  private static Opinion of(LonghuBangAnalyst analyst, List<LhbSeatRow> rows) {
    return analyst.analyze(known(panel(), rows)).get(SHARE);
  }

  private static Opinion of(List<LhbSeatRow> rows) {
    return of(new LonghuBangAnalyst(), rows);
  }

  /** A seat in both lists, one in each, an institution and Stock Connect. */
  private static List<LhbSeatRow> list() {
    return new ArrayList<>(List.of(
        seat(SHARE, BUY5, "甲营业部", 5e7, 1e7, AMOUNT),
        seat(SHARE, SELL5, "甲营业部", 5e7, 1e7, AMOUNT),
        seat(SHARE, BUY5, "机构专用", 3e7, 0, AMOUNT),
        seat(SHARE, BUY5, "机构专用", 2e7, 1e6, AMOUNT),
        seat(SHARE, SELL5, "沪股通专用", 1e7, 3e7, AMOUNT),
        seat(SHARE, SELL5, "乙营业部", 0, 2e7, AMOUNT)));
  }

  @Test
  void whenAllIsKnown_thenEveryPartFollowsItsFormula() {
    Opinion opinion = of(list());
    // Bought 50 + 30 + 20 + 10 + 0, sold 10 + 0 + 1 + 30 + 20 million.
    assertThat(part(opinion, "net-to-amount").raw()).isCloseTo(0.049, within(1e-15));
    assertThat(part(opinion, "net-to-amount").normalised()).isCloseTo(0.745, within(1e-12));
    assertThat(part(opinion, "net-to-float").raw()).isCloseTo(4.9e7 / 1.05e9, within(1e-15));
    assertThat(part(opinion, "net-to-float").normalised()).isEqualTo(1);
    assertThat(part(opinion, "institutions").raw()).isCloseTo(0.049, within(1e-15));
    assertThat(part(opinion, "connect").raw()).isCloseTo(-0.02, within(1e-15));
    assertThat(part(opinion, "connect").normalised()).isCloseTo(0.3, within(1e-12));
    assertThat(part(opinion, "concentration").raw()).isCloseTo(0.38, within(1e-12));
    assertThat(part(opinion, "concentration").normalised()).isCloseTo(0.775, within(1e-12));
    assertThat(part(opinion, "dominance").raw()).isCloseTo(0.5, within(1e-12));
    assertThat(part(opinion, "wash").raw()).isZero();
    assertThat(part(opinion, "appearances").known()).isFalse();
    assertThat(part(opinion, "seat-win-rate").known()).isFalse();
    assertThat(opinion.coverage()).isEqualTo(0.8);
    assertThat(opinion.flags()).containsExactly("INSTITUTIONS_BUY");
  }

  @Test
  void whenAShareIsNotListed_thenItIsLeftOut() {
    assertThat(new LonghuBangAnalyst().analyze(known(panel(), list()))).containsOnlyKeys(SHARE);
    assertThat(new LonghuBangAnalyst().analyze(known(panel(), List.of()))).isEmpty();
  }

  @Test
  void whenDecidedBeforeTheListCameOut_thenTheSnapshotRefusesIt() {
    assertThatThrownBy(() -> known(panel(), list(), at(DAY, "17:00:00")))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("after the moment of decision");
  }

  @Test
  void whenARowComesTwice_thenItCountsOnce() {
    List<LhbSeatRow> twice = list();
    twice.addAll(list());
    assertThat(of(twice)).isEqualTo(of(list()));
  }

  @Test
  void whenRowsOfOneSeatContradict_thenTheNetIsUnknownAndFlagged() {
    List<LhbSeatRow> rows = list();
    rows.set(1, seat(SHARE, SELL5, "甲营业部", 4e7, 1e7, AMOUNT));
    Opinion opinion = of(rows);
    assertThat(opinion.flags()).contains("CONTRADICTORY");
    assertThat(part(opinion, "net-to-amount").known()).isFalse();
    assertThat(abstains(opinion)).isTrue();
  }

  @Test
  void whenAContradictedRowComesAgain_thenTheNetStaysUnknown() {
    List<LhbSeatRow> rows = list();
    rows.set(1, seat(SHARE, SELL5, "甲营业部", 4e7, 1e7, AMOUNT));
    rows.addAll(list());
    Opinion opinion = of(rows);
    assertThat(opinion.flags()).contains("CONTRADICTORY");
    assertThat(part(opinion, "net-to-amount").known()).isFalse();
  }

  @Test
  void whenTheCodeOfASeatStandsInOneOfItsRowsOnly_thenItCountsOnce() {
    for (int coded : new int[] {0, 1}) {
      List<LhbSeatRow> rows = list();
      LhbSeatRow row = rows.get(coded);
      rows.set(
          coded,
          new LhbSeatRow(
              row.of(),
              row.date(),
              row.asOf(),
              row.source(),
              row.reasonCode(),
              row.windowDays(),
              row.side(),
              "80034001",
              row.seatName(),
              row.buy(),
              row.sell(),
              row.dayAmount()));
      assertThat(of(rows)).isEqualTo(of(list()));
    }
  }

  @Test
  void whenAnAmountStandsInOneOfTwoRowsOnly_thenItIsFilledIn() {
    List<LhbSeatRow> rows = list();
    rows.set(1, seat(SHARE, SELL5, "甲营业部", Double.NaN, 1e7, AMOUNT));
    assertThat(of(rows)).isEqualTo(of(list()));
  }

  @Test
  void whenAnAmountIsUnknown_thenSoIsTheNet() {
    List<LhbSeatRow> rows = list();
    rows.set(5, seat(SHARE, SELL5, "乙营业部", Double.NaN, 2e7, AMOUNT));
    assertThat(part(of(rows), "net-to-amount").known()).isFalse();
  }

  @Test
  void whenSeveralListsAreGiven_thenTheyAreNeverAdded() {
    List<LhbSeatRow> rows = list();
    rows.add(seat(SHARE, DAY, "换手率达20%", 1, BUY5, "甲营业部", 5e7, 1e7, AMOUNT));
    rows.add(seat(SHARE, DAY, "连续三日", 3, BUY5, "丙营业部", 9e8, 0, 3 * AMOUNT));
    assertThat(part(of(rows), "net-to-amount").raw()).isCloseTo(0.049, within(1e-15));
    assertThat(of(rows).flags()).doesNotContain("THREE_DAY");
  }

  @Test
  void whenThereIsAThreeDayListOnly_thenItIsJudgedAndFlagged() {
    Opinion opinion = of(List.of(seat(SHARE, DAY, "连续三日", 3, BUY5, "丙营业部", 3e8, 0, 3 * AMOUNT)));
    assertThat(opinion.flags()).contains("THREE_DAY", "ONE_SEAT");
    assertThat(part(opinion, "net-to-amount").raw()).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void whenSeatsBuyWhatTheySell_thenTheyWash() {
    Opinion opinion = of(List.of(
        seat(SHARE, BUY5, "甲营业部", 6e7, 5e7, AMOUNT), seat(SHARE, BUY5, "乙营业部", 1e7, 0, AMOUNT)));
    assertThat(part(opinion, "wash").raw()).isCloseTo(11 / 12.0, within(1e-12));
    assertThat(opinion.flags()).contains("WASH");
  }

  @Test
  void whenAmountsAreInAnotherUnit_thenItAbstainsAndSaysSo() {
    Opinion tenThousands = of(List.of(seat(SHARE, BUY5, "甲营业部", 5e3, 1e3, AMOUNT / 1e4)));
    assertThat(tenThousands.flags()).contains("UNITS_SUSPECT");
    assertThat(abstains(tenThousands)).isTrue();
    Opinion impossible = of(List.of(seat(SHARE, BUY5, "甲营业部", 5e11, 1e3, AMOUNT)));
    assertThat(impossible.flags()).contains("UNITS_SUSPECT");
  }

  @Test
  void whenListedDayAfterDay_thenAppearancesAreCounted() {
    List<LhbSeatRow> rows = list();
    LocalDate before = LocalDate.of(2024, 1, 2);
    rows.add(seat(SHARE, before, "r", 1, BUY5, "甲营业部", 1e7, 0, AMOUNT));
    rows.add(
        seat(Markets.share(2), LocalDate.of(2024, 1, 1), "r", 1, BUY5, "甲营业部", 1e7, 0, AMOUNT));
    assertThat(part(of(rows), "appearances").raw()).isEqualTo(2);
    assertThat(part(of(rows), "appearances").normalised()).isCloseTo(0.8, within(1e-12));
  }

  @Nested
  class KnownSeats {
    private static final LocalDate FROM = LocalDate.of(2023, 12, 1);

    private KnownSeat seatOf(String name, KnownSeat.Kind kind, String alias) {
      return new KnownSeat(name, Set.of(alias), kind, FROM, Optional.empty());
    }

    private LonghuBangAnalyst knowing(KnownSeat... seats) {
      return LonghuBangAnalyst.builder().knownSeats(List.of(seats)).build();
    }

    @Test
    void whenItBoughtBefore_thenItsRecordIsCountedAndShrunk() {
      List<LhbSeatRow> rows = list();
      LocalDate past = LocalDate.of(2023, 12, 28);
      rows.add(seat(SHARE, past, "r", 1, BUY5, "甲营业部", 1e7, 0, AMOUNT));
      Opinion opinion = of(knowing(seatOf("甲", KnownSeat.Kind.HOT_MONEY, "甲营业部")), rows);
      // Bought at 10 on the next day, sold at 10.5 on the one after: one win of 5 %.
      assertThat(part(opinion, "seat-win-rate").raw()).isCloseTo(11 / 21.0, within(1e-12));
      assertThat(part(opinion, "seat-return").raw()).isCloseTo(0.05 / 21, within(1e-12));
      assertThat(opinion.flags()).contains("KNOWN_BUYER");
    }

    @Test
    void whenTheResultIsNotOverYet_thenItDoesNotCount() {
      List<LhbSeatRow> rows = list();
      rows.add(seat(SHARE, LocalDate.of(2024, 1, 2), "r", 1, BUY5, "甲营业部", 1e7, 0, AMOUNT));
      Opinion opinion = of(knowing(seatOf("甲", KnownSeat.Kind.HOT_MONEY, "甲营业部")), rows);
      assertThat(part(opinion, "seat-win-rate").raw()).isEqualTo(0.5);
    }

    @Test
    void whenTheTableNoLongerHolds_thenTheSeatIsNotKnown() {
      KnownSeat ended = new KnownSeat(
          "甲", Set.of("甲营业部"), KnownSeat.Kind.HOT_MONEY, FROM, Optional.of(DAY.minusDays(1)));
      assertThat(part(of(knowing(ended), list()), "seat-win-rate").known()).isFalse();
      assertThat(knowing(ended).inputs(DAY)).isNotEmpty();
    }

    @Test
    void whenAnAliasBelongsToTwo_thenTheyConflict() {
      assertThatThrownBy(() -> knowing(
              seatOf("甲", KnownSeat.Kind.HOT_MONEY, "x"), seatOf("乙", KnownSeat.Kind.RETAIL, "x")))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
    }

    @Test
    void whenASeatIsMalformed_thenItIsRefused() {
      assertThatThrownBy(() -> seatOf(" ", KnownSeat.Kind.RETAIL, "x"))
          .isInstanceOf(QilinException.class);
      assertThatThrownBy(
              () -> new KnownSeat("x", Set.of(), KnownSeat.Kind.RETAIL, FROM, Optional.empty()))
          .isInstanceOf(QilinException.class);
      assertThatThrownBy(() -> new KnownSeat(
              "x", Set.of("x"), KnownSeat.Kind.RETAIL, FROM, Optional.of(FROM.minusDays(1))))
          .isInstanceOf(QilinException.class);
    }

    @Test
    void whenLegacy_thenThePointsAreThoseOfTheTable() {
      LonghuBangAnalyst legacy = LonghuBangAnalyst.builder()
          .preset(Preset.LEGACY)
          .knownSeats(List.of(seatOf("甲", KnownSeat.Kind.HOT_MONEY, "甲营业部")))
          .build();
      // One known buyer 15 of 30, net of 49 million 10 of 25, no known seller 15, no limit-up 0.
      Opinion.Scored opinion = (Opinion.Scored) of(legacy, list());
      assertThat(opinion.score01()).isCloseTo(0.375 * 0.5 + 0.312 * 0.4 + 0.188, within(1e-12));
      assertThat(abstains(of(LonghuBangAnalyst.builder().preset(Preset.LEGACY).build(), list())))
          .isTrue();
    }
  }
}
