package io.qilin.data.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceChainTest {
  private final List<FaultySource> sources = Chains.sources(3, Duration.ZERO, length -> {});

  private SourceChain direct() {
    return Chains.with(Chains.still(Runnable::run), sources, MemberSettings.DEFAULT)
        .build();
  }

  private static QilinException thrown(Runnable call) {
    try {
      call.run();
    } catch (QilinException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }

  @Test
  void whenAllIsWell_thenTheFirstServesAlone() {
    SourceChain chain = direct();
    Served<Bars> answer = chain.fetchBars(BarQuery.ALL);
    assertThat(answer.member()).isEqualTo("s0");
    assertThat(answer.stale()).isFalse();
    assertThat(answer.retrievedAt()).isEqualTo(SettableClock.at(Chains.NOW).instant());
    assertThat(answer.attempts())
        .extracting(Attempt::outcome)
        .containsExactly(AttemptOutcome.SERVED);
    assertThat(answer.value().provenance()).isEqualTo(new Provenance("s0", "panel", true));
    assertThat(chain.securities()).hasSize(3);
    assertThat(sources.get(1).calls()).isZero();
    assertThat(chain.health().served()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "NULL, null",
    "EMPTY, empty",
    "HALF_ROWS, rows are half",
    "WRONG_SCHEMA, lacks",
    "TOMORROW, future",
    "FAIL, the script says FAIL",
    "CRASH, ConcurrentModificationException"
  })
  void whenAnAnswerIsNone_thenTheNextServesAndTheReasonIsTold(Fault fault, String word) {
    sources.get(0).then(fault);
    Served<Bars> answer = direct().fetchBars(BarQuery.ALL);
    assertThat(answer.member()).isEqualTo("s1");
    assertThat(answer.attempts().get(0).reason()).contains(word);
    assertThat(answer.toString()).contains("served by s1", word);
  }

  @Test
  void whenAMemberAnswersAnotherQuery_thenItIsAFailure() {
    SourceChain chain = Chains.still(Runnable::run)
        .member("deaf", all(), Chains.ALL)
        .member("s1", sources.get(1), Chains.ALL)
        .build();
    BarQuery query = BarQuery.ALL.between(LocalDate.of(2024, 1, 4), LocalDate.of(2024, 1, 9));
    Served<Bars> answer = chain.fetchBars(query);
    assertThat(answer.member()).isEqualTo("s1");
    assertThat(answer.attempts().get(0).reason()).contains("outside the query", "2024-01-02");
    Instant noon = Instant.parse("2024-01-04T04:00:00Z");
    Served<Bars> known = chain.fetchBars(BarQuery.ALL.knownAt(noon));
    assertThat(known.attempts().get(0).outcome()).isEqualTo(AttemptOutcome.INVALID_ANSWER);
    assertThat(known.value().panel().lastDay()).isEqualTo(LocalDate.of(2024, 1, 3));
  }

  /** A source that answers everything with all it has. */
  private static MarketDataSource all() {
    PanelSource good = PanelSource.of("deaf");
    return new MarketDataSource() {
      @Override
      public Bars bars(BarQuery query) {
        return good.bars(BarQuery.ALL);
      }

      @Override
      public java.util.Map<Symbol, io.qilin.api.market.SecurityTimeline> securities() {
        return java.util.Map.of(
            Symbol.parse("600999.SH"), good.securities().values().iterator().next());
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void whenTimelinesAreFiledWrongly_thenTheNextServes() {
    SourceChain chain = Chains.still(Runnable::run)
        .member("deaf", all(), Chains.ALL)
        .member("s1", sources.get(1), Chains.ALL)
        .build();
    assertThat(chain.fetchSecurities().member()).isEqualTo("s1");
  }

  @Test
  void whenAMemberDoesNotServeTheKind_thenItIsPassedOverAndListed() {
    SourceChain chain = Chains.still(Runnable::run)
        .member("names", sources.get(0), Set.of(DataCapability.SECURITIES))
        .member("bars", sources.get(1), Set.of(DataCapability.DAILY_BARS))
        .build();
    Served<Bars> answer = chain.fetchBars(BarQuery.ALL);
    assertThat(answer.attempts())
        .extracting(Attempt::member, Attempt::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("names", AttemptOutcome.NOT_CAPABLE),
            org.assertj.core.groups.Tuple.tuple("bars", AttemptOutcome.SERVED));
    assertThat(sources.get(0).calls()).isZero();
    QilinException none = thrown(() -> chain.fetchRecords(
        RecordQuery.of(Tick.class, SettableClock.at(Chains.NOW).instant())));
    assertThat(none.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(none).hasMessageContainingAll("names", "bars", "TICKS");
  }

  @Test
  void whenAllSayThatThereIsNothing_thenItIsNotFoundAndNobodyIsBlamed() {
    SourceChain chain = direct();
    BarQuery nowhere = BarQuery.ALL.between(LocalDate.of(2001, 1, 1), LocalDate.of(2001, 1, 2));
    for (int k = 0; k < 20; k++) {
      QilinException e = thrown(() -> chain.bars(nowhere));
      assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND);
      assertThat(e).hasMessageContainingAll("s0 NO_DATA", "s1 NO_DATA", "s2 NO_DATA");
    }
    assertThat(chain.health().members()).allSatisfy(member -> {
      assertThat(member.state()).isEqualTo(CallGuard.State.CLOSED);
      assertThat(member.failures()).isZero();
    });
    assertThat(chain.health().lost()).isEqualTo(20);
  }

  @Test
  void whenAllFail_thenTheErrorTellsWhatWasTried() {
    sources.forEach(source -> source.then(Fault.FAIL));
    QilinException same = thrown(() -> direct().bars(BarQuery.ALL));
    assertThat(same.code()).isEqualTo(ErrorCode.DATA_FETCH);
    assertThat(same).hasMessageContainingAll("s0 FAILED", "s1 FAILED", "s2 FAILED");
    sources.get(1).then(Fault.CRASH);
    assertThat(thrown(() -> direct().bars(BarQuery.ALL)).code()).isEqualTo(ErrorCode.DATA_FETCH);
  }

  @Test
  void whenTheExecutorIsBroken_thenNoPlaceAndNoProbeIsLost() {
    SourceChain chain = Chains.with(
            Chains.still(task -> {
              throw new ArithmeticException("broken");
            }),
            sources,
            MemberSettings.DEFAULT)
        .build();
    assertThat(thrown(() -> chain.bars(BarQuery.ALL)))
        .hasMessageContaining("refused the call: ArithmeticException");
    assertThat(chain.health().members())
        .allSatisfy(member -> assertThat(member.running()).isZero());
  }

  @Test
  void whenTheExecutorRefuses_thenNoMemberIsBlamed() {
    SourceChain chain = Chains.with(
            Chains.still(task -> {
              throw new RejectedExecutionException("full");
            }),
            sources,
            MemberSettings.DEFAULT)
        .build();
    for (int k = 0; k < 20; k++) {
      assertThat(thrown(() -> chain.bars(BarQuery.ALL)).code())
          .isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    }
    assertThat(chain.health().members()).allSatisfy(member -> {
      assertThat(member.state()).isEqualTo(CallGuard.State.CLOSED);
      assertThat(member.running()).isZero();
    });
  }

  @Test
  void whenTheListenerThrows_thenTheAnswerIsServedAndItIsCounted() {
    SourceChain chain = Chains.with(Chains.still(Runnable::run), sources, MemberSettings.DEFAULT)
        .listener(event -> {
          throw QilinException.invalid("a bad listener");
        })
        .build();
    assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("s0");
    assertThat(chain.health().listenerFailures()).isEqualTo(1);
  }

  @Test
  void whenTheGuardChanges_thenTheListenerIsToldOnceAChange() throws Exception {
    List<ChainEvent> events = new ArrayList<>();
    try (VirtualTime time = Chains.time()) {
      sources.get(0).then(Fault.FAIL);
      SourceChain chain = Chains.with(Chains.virtual(time), sources, MemberSettings.DEFAULT)
          .listener(events::add)
          .build();
      for (int k = 0; k < 8; k++) {
        chain.bars(BarQuery.ALL);
      }
      sources.get(0).then(Fault.NONE);
      time.advance(Duration.ofSeconds(10));
      chain.bars(BarQuery.ALL);
    }
    assertThat(events)
        .filteredOn(ChainEvent.GuardChanged.class::isInstance)
        .extracting(event -> ((ChainEvent.GuardChanged) event).after())
        .containsExactly(CallGuard.State.OPEN, CallGuard.State.HALF_OPEN, CallGuard.State.CLOSED);
    assertThat(events).filteredOn(ChainEvent.Answered.class::isInstance).hasSize(9);
    assertThat(events).filteredOn(ChainEvent.PassedOver.class::isInstance).hasSize(8);
  }

  @Test
  void whenAHostBringsItsGuards_thenTheyDecide() {
    SourceChain chain = Chains.with(Chains.still(Runnable::run), sources, MemberSettings.DEFAULT)
        .guards(name -> new CallGuard() {
          @Override
          public Optional<Pass> enter() {
            return name.equals("s2")
                ? new Breaker(BreakerSettings.DEFAULT, () -> 0, 0).enter()
                : Optional.empty();
          }

          @Override
          public State state() {
            return name.equals("s2") ? State.CLOSED : State.OPEN;
          }
        })
        .build();
    assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("s2");
    assertThat(sources.get(0).calls()).isZero();
  }

  @Test
  void whenClosed_thenTheMembersAreClosedOnceAndNothingIsServed() {
    SourceChain chain = direct();
    chain.close();
    chain.close();
    assertThat(sources).allMatch(FaultySource::closed);
    assertThat(thrown(() -> chain.bars(BarQuery.ALL)).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whenTheSettingsAreWrong_thenTheyAreRefused() {
    FaultySource one = sources.get(0);
    List<Runnable> wrong = List.of(
        () -> Chains.still(Runnable::run).build(),
        () -> Chains.still(Runnable::run).member("../x", one, Chains.ALL),
        () -> Chains.still(Runnable::run).member("a", one, Chains.ALL).member("a", one, Chains.ALL),
        () -> Chains.with(Chains.still(Runnable::run), sources, MemberSettings.DEFAULT)
            .withoutHedging()
            .build(),
        () -> Chains.with(Chains.still(Runnable::run), sources, MemberSettings.DEFAULT)
            .hedgeAfter(Duration.ofSeconds(1))
            .build(),
        () -> Chains.with(Chains.still(Runnable::run), sources, MemberSettings.DEFAULT)
            .freshFor(Duration.ofSeconds(1), 10)
            .build());
    assertThat(wrong)
        .allSatisfy(
            make -> assertThat(thrown(make).code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  @Nested
  class OfRecords {
    private final Instant now = SettableClock.at(Chains.NOW).instant();

    private Tick tick(int second, int lag) {
      Instant at = now.minusSeconds(1000).plusSeconds(second);
      return new Tick(
          Panels.SYMBOL,
          at,
          at.plusSeconds(lag),
          new Provenance("x", "y", true),
          second,
          10,
          100,
          1000,
          TradingPhase.CONTINUOUS);
    }

    private Served<Records<Tick>> ask(List<Tick> first) {
      MarketDataSource bad = new MarketDataSource() {
        @Override
        public Bars bars(BarQuery query) {
          throw QilinException.invalid("not asked for");
        }

        @Override
        public java.util.Map<Symbol, io.qilin.api.market.SecurityTimeline> securities() {
          return java.util.Map.of();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R extends io.qilin.api.record.MarketRecord> Records<R> records(
            RecordQuery<R> query) {
          return new Records<>((List<R>) first, new Provenance("bad", "z", true), List.of());
        }

        @Override
        public void close() {}
      };
      PanelSource good =
          new PanelSource("good", Panels.random(1, 5, 0, 1), List.of(tick(1, 0), tick(2, 900)));
      return Chains.still(Runnable::run)
          .member("bad", bad, Chains.ALL)
          .member("good", good, Chains.ALL)
          .build()
          .fetchRecords(RecordQuery.of(Tick.class, now.minusSeconds(500)));
    }

    @Test
    void whenRecordsAreAsTheyShould_thenTheyAreServed() {
      assertThat(ask(List.of(tick(1, 0), tick(2, 1))).member()).isEqualTo("bad");
    }

    @Test
    void whenARecordWasNotPublicYet_thenTheNextServes() {
      Served<Records<Tick>> answer = ask(List.of(tick(1, 0), tick(2, 900)));
      assertThat(answer.member()).isEqualTo("good");
      assertThat(answer.value().rows()).hasSize(1);
      assertThat(answer.attempts().get(0).reason()).contains("outside the query");
    }

    @Test
    void whenRecordsAreNotSorted_thenTheNextServes() {
      assertThat(ask(List.of(tick(2, 0), tick(1, 0))).attempts().get(0).reason())
          .contains("not sorted");
    }
  }

  @Nested
  class OnRealThreads {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void endAll() {
      sources.forEach(FaultySource::release);
      pool.shutdownNow();
    }

    /** Waiting is real, so that the time allowed is long: only a thread that never comes may use it up. */
    private SourceChainBuilder patient() {
      return Chains.still(pool).deadline(PATIENCE);
    }

    private static MemberSettings.Builder patientMember() {
      return MemberSettings.builder().deadline(PATIENCE);
    }

    @Test
    void whenASourceDoesNotListen_thenItKeepsNoMoreThreadsThanItsBound() throws Exception {
      FaultySource deaf = sources.get(0).then(Fault.DEAF_HANG);
      AtomicInteger asked = new AtomicInteger();
      // A call that is given up before its thread has begun keeps no place, so the other answers
      // when it has.
      FaultySource other = new FaultySource(
              PanelSource.of("s1"), Duration.ZERO, length -> deaf.awaitHanging(asked.get()))
          .then(Fault.SLOW);
      BreakerSettings patient =
          new BreakerSettings(1000, 1000, 1, Duration.ofSeconds(2), Duration.ofSeconds(10), 0);
      SourceChain chain = patient()
          .member(
              "s0",
              deaf,
              Chains.ALL,
              patientMember().concurrency(3).breaker(patient).build())
          .member("s1", other, Chains.ALL, patientMember().build())
          .hedgeAfter(Duration.ofMillis(1))
          .build();
      for (int k = 1; k <= 3; k++) {
        asked.set(k);
        assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("s1");
      }
      List<AttemptOutcome> outcomes = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        outcomes.add(chain.fetchBars(BarQuery.ALL).attempts().get(0).outcome());
      }
      assertThat(sources.get(0).calls()).isEqualTo(3);
      assertThat(chain.health().members().get(0).running()).isEqualTo(3);
      assertThat(outcomes).containsOnly(AttemptOutcome.BUSY);
      sources.get(0).release();
      pool.shutdown();
      assertThat(pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(chain.health().members().get(0).running()).isZero();
    }

    @Test
    void whenTheAskingThreadIsInterrupted_thenItIsCancelledAndTheFlagStays() throws Exception {
      sources.forEach(source -> source.then(Fault.HANG));
      SourceChain chain =
          Chains.with(patient(), sources, patientMember().build()).build();
      Future<Boolean> asking = pool.submit(() -> {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> chain.bars(BarQuery.ALL))
            .isInstanceOfSatisfying(
                QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        return Thread.currentThread().isInterrupted();
      });
      assertThat(asking.get()).isTrue();
    }

    @Test
    void whenEqualQueriesComeAtOnce_thenTheyShareOneCall() throws Exception {
      sources.get(0).then(Fault.HANG);
      SourceChain chain = patient()
          .member("s0", sources.get(0), Chains.ALL, patientMember().build())
          .freshFor(Duration.ofSeconds(60), 1 << 20)
          .build();
      List<Future<Served<Bars>>> futures = new ArrayList<>();
      for (int k = 0; k < 16; k++) {
        futures.add(pool.submit(() -> chain.fetchBars(BarQuery.ALL)));
      }
      sources.get(0).awaitHanging(1);
      sources.get(0).release();
      for (Future<Served<Bars>> future : futures) {
        assertThat(future.get().member()).isEqualTo("s0");
      }
      assertThat(sources.get(0).calls()).isEqualTo(1);
    }

    @Test
    void whenTheLeaderOfEqualQueriesIsInterrupted_thenAnotherAsks() throws Exception {
      sources.get(0).script(Fault.HANG);
      SourceChain chain = patient()
          .member("s0", sources.get(0), Chains.ALL, patientMember().build())
          .build();
      List<Thread> leader = java.util.Collections.synchronizedList(new ArrayList<>());
      Future<?> first = pool.submit(() -> {
        leader.add(Thread.currentThread());
        return chain.fetchBars(BarQuery.ALL);
      });
      sources.get(0).awaitHanging(1);
      Future<Served<Bars>> second = pool.submit(() -> chain.fetchBars(BarQuery.ALL));
      leader.get(0).interrupt();
      assertThatThrownBy(first::get).hasCauseInstanceOf(QilinException.class);
      assertThat(second.get().member()).isEqualTo("s0");
    }
  }
}
