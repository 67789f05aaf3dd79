package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.analyst.ConfiguredAnalyst;
import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.analyst.MarketAnalyst;
import io.qilin.agents.analyst.Preset;
import io.qilin.agents.analyst.RiskManagerAnalyst;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.money.Money;
import io.qilin.api.source.Bars;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.risk.KillSwitch;
import io.qilin.core.risk.RiskSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResearchDeskTest {
  private static final Bars BARS = DeskMarkets.random(40, 320, 7);
  private static final LocalDate DAY = BARS.panel().days().get(300);
  private static final LocalDate SESSION = BARS.panel().days().get(301);
  private static final MarketSnapshot SNAPSHOT =
      Snapshots.of(BARS, DeskMarkets.statuses(BARS.panel()), DAY);

  private static ResearchDesk.Builder desk() {
    return ResearchDesk.standard(Preset.STANDARD).minSafety(0);
  }

  private static byte[] bytes(ResearchDesk desk, MarketSnapshot snapshot) {
    return DecisionRecordJson.write(desk.run(snapshot, SESSION).record());
  }

  private static Analyst analyst(String id, Function<MarketSnapshot, Map<Symbol, Opinion>> answer) {
    return new Analyst() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String title() {
        return id;
      }

      @Override
      public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
        return answer.apply(snapshot);
      }
    };
  }

  private static Opinion opinion(String analyst, Symbol symbol, double score, String... flags) {
    return new Opinion.Scored(analyst, symbol, score, 1, 1, List.of(), List.of(flags), List.of());
  }

  /** Gives every share the score, and the flags. */
  private static Analyst flat(String id, double score, String... flags) {
    return analyst(id, snapshot -> {
      Map<Symbol, Opinion> out = new HashMap<>();
      snapshot
          .raw()
          .symbols()
          .forEach(symbol -> out.put(symbol, opinion(id, symbol, score, flags)));
      return out;
    });
  }

  @Nested
  class Decision {
    private final DeskResult result = desk().build().run(SNAPSHOT, SESSION);

    @Test
    void whenTheMarketIsUsual_thenTwoNamesAreRecommendedWithTraceAndReasons() {
      assertThat(result.recommendations()).hasSize(2);
      for (Recommendation one : result.recommendations()) {
        assertThat(one.trace()).extracting(c -> c.analyst()).contains("market", "risk-manager");
        assertThat(one.reasons())
            .anyMatch(r -> r.startsWith("market +"))
            .anyMatch(r -> r.startsWith("buy "));
        assertThat(one.day()).isEqualTo(DAY);
        assertThat(one.session()).isEqualTo(SESSION);
        assertThat(one.order().shares() % 100).isZero();
      }
      assertThat(result.recommendations().get(0).score())
          .isGreaterThanOrEqualTo(result.recommendations().get(1).score());
      assertThat(result.summary()).startsWith("2 of ").contains("NOT_IN_TOP");
    }

    @Test
    void whenAShareDidNotTrade_thenItIsNoCandidate() {
      int last = SNAPSHOT.raw().days().size() - 1;
      for (Candidate candidate : result.record().candidates()) {
        int i = SNAPSHOT.raw().indexOf(candidate.symbol());
        assertThat(SNAPSHOT.raw().value(io.qilin.api.market.Field.CLOSE, i, last))
            .isPositive();
      }
      assertThat(result.record().candidates())
          .hasSizeLessThan(SNAPSHOT.raw().symbols().size());
    }

    @Test
    void whenDecided_thenTheInputsHaveDigestsAndTheSettingsAreNamed() {
      assertThat(result.record().inputs()).containsKeys("bars", "securities", "rules", "portfolio");
      assertThat(result.record().inputs().values())
          .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
      assertThat(result.record().settings())
          .containsEntry("weight.market", "0.2")
          .containsEntry("analyst.market.preset", "standard")
          .containsEntry("desk.top", "2")
          .containsEntry("risk.profile", "moderate")
          .containsEntry("portfolio.cash", "1000000.00");
    }
  }

  @Test
  void whenRunOnAnyNumberOfThreads_thenTheBytesAreTheSame() {
    byte[] expected = bytes(desk().build(), SNAPSHOT);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      assertThat(bytes(desk().executor(pool).build(), SNAPSHOT)).isEqualTo(expected);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whenAnalystsAndInstrumentsComeInAnotherOrder_thenTheBytesAreTheSame() {
    LimitUpMemo memo = new LimitUpMemo();
    ResearchDesk.Builder turned = ResearchDesk.builder(new RiskManagerAnalyst())
        .debate(Debate.builder(DebateGraph.tradingAgents(1, 1)).build())
        .minSafety(0);
    Map<String, Double> weights = DeskWeights.of(Preset.STANDARD);
    List<String> ids = new ArrayList<>(weights.keySet());
    Collections.reverse(ids);
    for (String id : ids) {
      turned.analyst(
          BuiltInAnalysts.of(id, Map.of("preset", "standard"), memo).orElseThrow(),
          weights.get(id));
    }
    ResearchDesk reordered = turned.build();
    MarketSnapshot reversed = Snapshots.of(
        DeskMarkets.bars(DeskMarkets.reversed(BARS.panel())),
        DeskMarkets.statuses(BARS.panel()),
        DAY);
    assertThat(bytes(reordered, reversed)).isEqualTo(bytes(desk().build(), SNAPSHOT));
  }

  @Test
  void whenTheCalendarIsGiven_thenTheSessionIsTheNextTradingDay() {
    List<LocalDate> days = BARS.panel().days();
    TradingCalendar calendar = TradingCalendar.of(days, days.get(0), days.get(days.size() - 1));
    assertThat(desk().build().run(SNAPSHOT, calendar).record().session()).isEqualTo(SESSION);
  }

  @Test
  void whenTheSessionIsNotLater_thenItIsRefused() {
    assertThatThrownBy(() -> desk().build().run(SNAPSHOT, DAY))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Nested
  class Orders {
    @Test
    void whenTheSecondShareIsSized_thenTheFirstCountsAsBought() {
      Money cash = Money.parse("150000");
      DeskResult result = ResearchDesk.builder(flat("risk", 1))
          .analyst(flat("a", 0.5), 1)
          .plan(new OrderPlan(1, 0, 1))
          .risk(RiskSettings.moderate().toBuilder()
              .limits(1, 1, 1)
              .losses(1, 1, 1, 1)
              .volumeShare(1)
              .build())
          .portfolio(Portfolio.ofCash(cash))
          .build()
          .run(SNAPSHOT, SESSION);
      Money spent = Money.ZERO;
      for (Recommendation one : result.recommendations()) {
        spent = spent.plus(Money.ofYuan(one.order()
            .price()
            .multiply(java.math.BigDecimal.valueOf(one.order().shares()))));
      }
      assertThat(spent).isLessThanOrEqualTo(cash);
      assertThat(result.recommendations()).isNotEmpty();
    }

    @Test
    void whenTheLimitIsReckoned_thenItIsTheCloseAndTwoPercentRoundedDown() {
      for (Recommendation one : desk().build().run(SNAPSHOT, SESSION).recommendations()) {
        int i = SNAPSHOT.raw().indexOf(one.symbol());
        double close = SNAPSHOT
            .raw()
            .value(io.qilin.api.market.Field.CLOSE, i, SNAPSHOT.raw().days().size() - 1);
        long fen = Math.round(close * 100);
        assertThat(one.order().price().movePointRight(2).longValueExact())
            .isEqualTo(fen * 102 / 100);
      }
    }

    @Test
    void whenThereIsLittleMoney_thenNothingFits() {
      DeskResult result =
          desk().portfolio(Portfolio.ofCash(Money.parse("5"))).build().run(SNAPSHOT, SESSION);
      assertThat(result.recommendations()).isEmpty();
      assertThat(result.summary()).contains("by size");
    }

    @Test
    void whenStatusesAreUnknown_thenTheGateHoldsAllBack() {
      DeskResult result = desk().build().run(Snapshots.of(BARS, Map.of(), DAY), SESSION);
      assertThat(result.recommendations()).isEmpty();
      assertThat(result.summary()).contains("by risk-warning");
    }

    @Test
    void whenTheKillSwitchIsOn_thenNothingIsRecommended() {
      KillSwitch killSwitch = new KillSwitch();
      killSwitch.trip("drill");
      ResearchDesk desk = desk().killSwitch(killSwitch).build();
      assertThat(desk.run(SNAPSHOT, SESSION).recommendations()).isEmpty();
      killSwitch.reset("Wang");
      assertThat(desk.run(SNAPSHOT, SESSION).recommendations()).hasSize(2);
    }

    @Test
    void whenAShareIsFlaggedUnbuyable_thenItIsHeldBack() {
      DeskResult result = ResearchDesk.builder(flat("risk", 1))
          .analyst(flat("a", 0.5, "UNBUYABLE"), 1)
          .build()
          .run(SNAPSHOT, SESSION);
      assertThat(result.record().candidates())
          .extracting(Candidate::outcome)
          .containsOnly("unbuyable");
    }

    @Test
    void whenTopIsSet_thenNoMoreAreRecommended() {
      assertThat(desk().top(0).build().run(SNAPSHOT, SESSION).recommendations()).isEmpty();
      assertThat(desk().top(5).minScore(-1).build().run(SNAPSHOT, SESSION).recommendations())
          .hasSizeBetween(3, 5)
          .extracting(Recommendation::rank)
          .startsWith(1, 2, 3);
    }
  }

  @Nested
  class FailingAnalyst {
    private String reason(Analyst broken, ResearchDesk.Builder builder) {
      DeskResult result = builder.analyst(broken, 1).build().run(SNAPSHOT, SESSION);
      Opinion opinion = result.record().candidates().get(0).opinions().stream()
          .filter(one -> one.analyst().equals(broken.id()))
          .findFirst()
          .orElseThrow();
      assertThat(opinion).isInstanceOf(Opinion.Abstained.class);
      assertThat(opinion.coverage()).isZero();
      return ((Opinion.Abstained) opinion).reason();
    }

    private String reason(Function<MarketSnapshot, Map<Symbol, Opinion>> answer) {
      return reason(analyst("broken", answer), desk());
    }

    @Test
    void whenItThrows_thenItAbstainsWithTheCode() {
      assertThat(reason(snapshot -> {
            throw new IllegalStateException("no\nluck");
          }))
          .startsWith("QILIN-3000")
          .contains("IllegalStateException", "no\\u000Aluck");
      assertThat(reason(FailingAnalyst::overflow)).contains("StackOverflowError");
    }

    private static Map<Symbol, Opinion> overflow(MarketSnapshot snapshot) {
      throw new StackOverflowError("deep in " + snapshot.day());
    }

    @Test
    @SuppressWarnings("NullAway")
    void whenItAnswersNonsense_thenItAbstainsWithTheCode() {
      assertThat(reason(snapshot -> null)).startsWith("QILIN-3000").contains("null");
      assertThat(reason(snapshot -> {
            Map<Symbol, Opinion> wrong = new HashMap<>();
            snapshot
                .raw()
                .symbols()
                .forEach(symbol -> wrong.put(symbol, opinion("someone-else", symbol, 1)));
            return wrong;
          }))
          .startsWith("QILIN-3000")
          .contains("someone-else");
      assertThat(reason(snapshot -> {
            Map<Symbol, Opinion> wrong = new HashMap<>();
            Symbol other = Symbol.parse("000001.SZ");
            snapshot
                .raw()
                .symbols()
                .forEach(symbol -> wrong.put(symbol, opinion("broken", other, 1)));
            return wrong;
          }))
          .startsWith("QILIN-3000")
          .contains("000001.SZ");
    }

    @Test
    void whenItsInputsCannotBeTold_thenTheRecordSaysSo() {
      Map<String, Supplier<Map<String, String>>> broken = Map.of(
          "NoSuchElementException",
          () -> {
            throw new NoSuchElementException("lost");
          },
          "NullPointerException",
          () -> null);
      broken.forEach((failure, inputs) -> {
        DeskResult result = desk().analyst(configured(inputs), 1).build().run(SNAPSHOT, SESSION);
        assertThat(result.recommendations())
            .isEqualTo(desk()
                .analyst(flat("told", 0.5), 1)
                .build()
                .run(SNAPSHOT, SESSION)
                .recommendations());
        assertThat(result.record().inputs().get("told.inputs"))
            .startsWith("QILIN-3000 not known: " + failure);
      });
    }

    private static Analyst configured(Supplier<Map<String, String>> inputs) {
      Analyst flat = flat("told", 0.5);
      return new ConfiguredAnalyst() {
        @Override
        public String id() {
          return flat.id();
        }

        @Override
        public String title() {
          return flat.title();
        }

        @Override
        public Map<String, String> settings() {
          return Map.of();
        }

        @Override
        public Map<String, String> inputs(LocalDate day) {
          return inputs.get();
        }

        @Override
        public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
          return flat.analyze(snapshot);
        }
      };
    }

    @Test
    void whenItIsLate_thenItAbstainsWithTheTimeoutCode() {
      Executor never = task -> {};
      assertThat(reason(flat("slow", 1), desk().executor(never).deadline(Duration.ofMillis(5))))
          .startsWith("QILIN-3001")
          .contains("PT0.005S");
    }

    @Test
    void whenTheExecutorRefuses_thenItAbstains() {
      Executor full = task -> {
        throw new RejectedExecutionException("queue full");
      };
      assertThat(reason(flat("refused", 1), desk().executor(full)))
          .startsWith("QILIN-3000")
          .contains("queue full");
      Executor starved = task -> {
        throw new OutOfMemoryError("unable to create native thread");
      };
      assertThat(reason(flat("starved", 1), desk().executor(starved)))
          .startsWith("QILIN-3000")
          .contains("native thread");
    }

    @Test
    void whenItsAnswerFailsOnReading_thenItAbstains() {
      Map<Symbol, Opinion> hostile = new HashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        public Opinion get(Object symbol) {
          throw new AssertionError("not here");
        }
      };
      assertThat(reason(snapshot -> hostile)).startsWith("QILIN-3000").contains("not here");
    }

    @Test
    void whenSomethingIsNull_thenItsNameIsTold() {
      ResearchDesk desk = desk().build();
      assertThatThrownBy(() -> desk.run(null, SESSION)).hasMessage("snapshot");
      assertThatThrownBy(() -> desk.run(SNAPSHOT, (TradingCalendar) null)).hasMessage("calendar");
    }

    @Test
    void whenTheRiskManagerFails_thenEveryShareIsHeldBack() {
      DeskResult result = ResearchDesk.builder(analyst("risk", snapshot -> {
            throw new IllegalStateException("down");
          }))
          .analyst(new MarketAnalyst(), 1)
          .build()
          .run(SNAPSHOT, SESSION);
      assertThat(result.recommendations()).isEmpty();
      assertThat(result.record().candidates())
          .extracting(Candidate::outcome)
          .containsAnyOf("risk-unknown")
          .doesNotContain("RECOMMENDED");
    }

    @Test
    void whenTheCallerIsInterrupted_thenItIsCancelledAndTheFlagStays() {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> desk().executor(task -> {}).build().run(SNAPSHOT, SESSION))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whenSettingsAreWrong_thenTheyAreRefused() {
    List<Runnable> wrong = List.of(
        () -> desk().top(-1).build(),
        () -> desk().minScore(Double.NaN).build(),
        () -> desk().minSafety(2).build(),
        () -> desk().deadline(Duration.ofSeconds(-1)).build(),
        () -> desk().analyst(new MarketAnalyst(), 1),
        () -> desk().analyst(new RiskManagerAnalyst(), 1),
        () -> ResearchDesk.builder(new RiskManagerAnalyst()).build(),
        () -> new OrderPlan(0, 0, 1),
        () -> new OrderPlan(1, 0.2, 1),
        () -> new OrderPlan(1, 0, Double.NaN));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }
  }
}
