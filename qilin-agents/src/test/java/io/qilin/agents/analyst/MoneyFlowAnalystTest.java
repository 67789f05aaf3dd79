package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Records.DAY;
import static io.qilin.agents.analyst.Records.SOURCE;
import static io.qilin.agents.analyst.Records.abstains;
import static io.qilin.agents.analyst.Records.flow;
import static io.qilin.agents.analyst.Records.known;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MoneyFlowAnalystTest {
  /** Weekdays that end on the day of {@link Records}. */
  private static final List<LocalDate> DAYS = Panels.weekdays(LocalDate.of(2023, 11, 22), 31);

  private static final FlowConvention OTHER = new FlowConvention(
      "other",
      new FlowConvention.Bound(900_000, Double.NaN),
      new FlowConvention.Bound(300_000, Double.NaN),
      new FlowConvention.Bound(60_000, Double.NaN));

  /** Six shares that stand at 10.00 and trade for 100 million yuan a day. */
  private static Panel flat() {
    return flat(1e8);
  }

  private static Panel flat(double amount) {
    List<String> rows = new ArrayList<>();
    for (LocalDate day : DAYS) {
      for (Symbol share : Records.shares(6)) {
        rows.add(day + " " + share + " 10 10.1 9.9 10 10000000 " + amount + " 10");
      }
    }
    return Records.bars(rows);
  }

  /** Share k buys k million more than it sells, every other day a tenth of that more. */
  private static List<MoneyFlowDaily> flows() {
    List<MoneyFlowDaily> flows = new ArrayList<>();
    for (int d = 0; d < DAYS.size(); d++) {
      for (int k = 1; k <= 6; k++) {
        double net = k * 1e6 * (d % 2 == 0 ? 1.1 : 1);
        flows.add(flow(Markets.share(k), DAYS.get(d), 2e7 + net, 2e7));
      }
    }
    return flows;
  }

  private static Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    return new MoneyFlowAnalyst().analyze(snapshot);
  }

  private static Opinion of(int share, List<MoneyFlowDaily> flows) {
    return analyze(known(flat(), flows)).get(Markets.share(share));
  }

  @Test
  void whenTheFixtureIsMade_thenItEndsOnTheDay() {
    assertThat(DAYS.get(30)).isEqualTo(DAY);
  }

  @Test
  void whenAllIsKnown_thenEveryPartFollowsItsFormula() {
    Opinion sixth = of(6, flows());
    // The last day is an even one: 6.6 million of 100 million; the sixth of six.
    assertThat(part(sixth, "main-ratio").raw()).isCloseTo(0.066, within(1e-15));
    assertThat(part(sixth, "main-ratio").normalised()).isCloseTo(5.5 / 6, within(1e-12));
    // Before: 15 even days of 0.066 and 15 odd ones of 0.060; mean 0.063, deviation by n − 1.
    double z = 0.003 / Math.sqrt(30 * 0.003 * 0.003 / 29);
    assertThat(part(sixth, "main-z-60d").raw()).isCloseTo(z, within(1e-9));
    assertThat(part(sixth, "main-z-60d").normalised())
        .isCloseTo(1 / (1 + Math.exp(-z)), within(1e-9));
    // 100 million shares of the float at 10 yuan.
    assertThat(part(sixth, "flow-3d").raw()).isCloseTo(19.2e6 / 1e9, within(1e-15));
    assertThat(part(sixth, "flow-5d").raw()).isCloseTo(31.8e6 / 1e9, within(1e-15));
    assertThat(part(sixth, "flow-10d").raw()).isCloseTo(63e6 / 1e9, within(1e-15));
    assertThat(part(sixth, "streak").raw()).isEqualTo(31);
    assertThat(part(sixth, "streak").normalised()).isEqualTo(1);
    // No price moved: the middle of the returns, the top of the flows.
    assertThat(part(sixth, "divergence").raw()).isCloseTo(5.5 / 6 - 0.5, within(1e-12));
    assertThat(sixth.coverage()).isEqualTo(1);
    assertThat(score(sixth)).isGreaterThan(score(of(1, flows())));
  }

  @Test
  void whenNoFlowIsKnown_thenItAbstainsOnEveryShare() {
    assertThat(analyze(known(flat(), List.of())).values()).hasSize(6).allMatch(Records::abstains);
  }

  @Test
  void whenAnAmountIsUnknown_thenThatDayIs() {
    List<MoneyFlowDaily> flows = flows();
    flows.removeIf(f -> f.date().equals(DAY) && f.of().equals(Markets.share(6)));
    flows.add(flow(Markets.share(6), DAY, Double.NaN, 2e7));
    Opinion sixth = of(6, flows);
    assertThat(part(sixth, "main-ratio").known()).isFalse();
    assertThat(part(sixth, "flow-3d").known()).isFalse();
    assertThat(abstains(sixth)).isTrue();
  }

  @Nested
  class Locked {
    /** Share 6 closes sealed at 11.00 on the last day. */
    private Panel panel() {
      List<String> rows = new ArrayList<>();
      for (LocalDate day : DAYS) {
        for (Symbol share : Records.shares(6)) {
          boolean seal = day.equals(DAY) && share.equals(Markets.share(6));
          rows.add(day + " " + share + (seal ? " 10 11 10 11" : " 10 10.1 9.9 10")
              + " 10000000 100000000 10");
        }
      }
      return Records.bars(rows);
    }

    @Test
    void whenTheCloseIsSealed_thenTheOutflowOfThatDayChangesNothing() {
      List<MoneyFlowDaily> out = flows();
      out.removeIf(f -> f.date().equals(DAY) && f.of().equals(Markets.share(6)));
      out.add(flow(Markets.share(6), DAY, 1e6, 9e7));
      Opinion inflow = analyze(known(panel(), flows())).get(Markets.share(6));
      Opinion outflow = analyze(known(panel(), out)).get(Markets.share(6));
      assertThat(outflow).isEqualTo(inflow);
      assertThat(outflow.flags()).containsExactly("LIMIT_LOCKED");
      assertThat(part(outflow, "main-ratio").known()).isFalse();
      assertThat(part(outflow, "streak").raw()).isEqualTo(30);
      assertThat(outflow.coverage()).isEqualTo(0.6);
      assertThat(abstains(outflow)).isFalse();
    }
  }

  @Nested
  class OneConventionAtATime {
    @Test
    void whenAnotherConventionIsGivenToo_thenItIsNotUsedAndFlagged() {
      List<MoneyFlowDaily> flows = flows();
      flows.add(flow(Markets.share(6), DAY, 9e7, 0, SOURCE, OTHER, OptionalDouble.empty()));
      Opinion sixth = of(6, flows);
      assertThat(part(sixth, "main-ratio").raw()).isCloseTo(0.066, within(1e-15));
      assertThat(sixth.flags()).containsExactly("OTHER_CONVENTION");
    }

    @Test
    void whenTheVendorChangedItsConvention_thenOldDaysAreNotMixedIn() {
      List<MoneyFlowDaily> flows = new ArrayList<>();
      for (MoneyFlowDaily f : flows()) {
        boolean today = f.date().equals(DAY);
        flows.add(flow(
            f.of(),
            f.date(),
            f.superLarge().buy(),
            f.superLarge().sell(),
            SOURCE,
            today ? OTHER : FlowConvention.EASTMONEY,
            OptionalDouble.empty()));
      }
      Opinion sixth = of(6, flows);
      assertThat(part(sixth, "main-ratio").known()).isTrue();
      assertThat(part(sixth, "flow-3d").known()).isFalse();
      assertThat(part(sixth, "streak").raw()).isEqualTo(1);
    }
  }

  @Nested
  class SeveralRecordsOfADay {
    private List<MoneyFlowDaily> with(MoneyFlowDaily more) {
      List<MoneyFlowDaily> flows = flows();
      flows.add(more);
      return flows;
    }

    @Test
    void whenTheSameOriginRestates_thenTheLaterHolds() {
      MoneyFlowDaily later = new MoneyFlowDaily(
          Markets.share(6),
          DAY,
          PublicationTimes.ofDailyFigures(DAY).plusSeconds(60),
          SOURCE,
          FlowConvention.EASTMONEY,
          new OrderFlow(3e7, 2e7),
          new OrderFlow(0, 0),
          OrderFlow.UNKNOWN,
          OrderFlow.UNKNOWN,
          1e7,
          5e8,
          OptionalDouble.empty());
      assertThat(part(of(6, with(later)), "main-ratio").raw()).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void whenTwoOriginsContradict_thenTheDayIsUnknownAndFlagged() {
      Opinion sixth = of(
          6,
          with(flow(
              Markets.share(6),
              DAY,
              1e7,
              2e7,
              new Provenance("another", "made", true),
              FlowConvention.EASTMONEY,
              OptionalDouble.empty())));
      assertThat(sixth.flags()).containsExactly("CONTRADICTORY");
      assertThat(part(sixth, "main-ratio").known()).isFalse();
    }

    @Test
    void whenTwoOriginsAgree_thenOneIsUsed() {
      Opinion sixth = of(
          6,
          with(flow(
              Markets.share(6),
              DAY,
              2e7 + 6.6e6,
              2e7,
              new Provenance("another", "made", true),
              FlowConvention.EASTMONEY,
              OptionalDouble.empty())));
      assertThat(sixth).isEqualTo(of(6, flows()));
    }
  }

  @Test
  void whenFlowsExceedWhatWasTraded_thenTheUnitIsSuspectAndTheDayUnknown() {
    Opinion sixth = analyze(known(flat(1e7), flows())).get(Markets.share(6));
    assertThat(sixth.flags()).containsExactly("UNITS_SUSPECT");
    assertThat(abstains(sixth)).isTrue();
  }

  @Nested
  class Legacy {
    private Opinion of(double bought, double sold, OptionalDouble northbound) {
      List<MoneyFlowDaily> flows = new ArrayList<>();
      for (int d = 28; d < 31; d++) {
        flows.add(flow(
            Markets.share(1),
            DAYS.get(d),
            bought,
            sold,
            SOURCE,
            FlowConvention.EASTMONEY,
            northbound));
      }
      return new MoneyFlowAnalyst(Preset.LEGACY, new LimitUpMemo())
          .analyze(known(flat(1e9), flows))
          .get(Markets.share(1));
    }

    @Test
    void whenAllIsKnown_thenThePointsAreThoseOfTheTable() {
      // 120 million 20, 12 % of the amount 8, three days 15, northbound 20 million 10, of 85.
      Opinion.Scored opinion = (Opinion.Scored) of(3.2e8, 2e8, OptionalDouble.of(2e7));
      assertThat(opinion.coverage()).isEqualTo(0.85);
      assertThat(opinion.score01()).isCloseTo(53 / 85.0, within(1e-12));
    }

    @Test
    void whenMoneyFlowsOut_thenItEarnsNothing() {
      Opinion.Scored opinion = (Opinion.Scored) of(1e8, 2e8, OptionalDouble.empty());
      assertThat(opinion.coverage()).isEqualTo(0.7);
      assertThat(opinion.score()).isEqualTo(-1);
    }
  }

  @Test
  void whenNorthboundIsGivenAfterItsEnd_thenTheRecordIsRefused() {
    LocalDate after = MoneyFlowDaily.LAST_NORTHBOUND_DAY.plusDays(1);
    assertThatThrownBy(() -> flow(
            Markets.share(1), after, 1, 1, SOURCE, FlowConvention.EASTMONEY, OptionalDouble.of(1)))
        .hasMessageContaining("northboundNet");
  }
}
