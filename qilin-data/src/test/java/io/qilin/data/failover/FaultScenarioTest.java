package io.qilin.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.Panels;
import io.qilin.testkit.fault.FaultRun;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F9 of the fault plan, with a control that must be caught; as often as one likes, each time with another seed. */
@Tag("fault")
@Tag("F9")
class FaultScenarioTest {
  private final FaultRun run = FaultRun.of("F9", 1);

  private static final Duration FOREVER = Duration.ofDays(300);

  /** A calendar by which the panel's last day was the last to be traded. */
  private static TradingCalendar calendar() {
    return TradingCalendar.of(
        Panels.weekdays(Panels.FIRST_DAY, 20), Panels.FIRST_DAY, LocalDate.of(2025, 12, 31));
  }

  private SourceChain chain(
      VirtualTime time, List<FaultySource> sources, MemberSettings settings, boolean hedged) {
    return chain(time, sources, settings, hedged, run.seed());
  }

  private static SourceChain chain(
      VirtualTime time,
      List<FaultySource> sources,
      MemberSettings settings,
      boolean hedged,
      long seed) {
    SourceChainBuilder builder = Chains.with(Chains.virtual(time), sources, settings)
        .seed(seed)
        .rules(AnswerRules.DEFAULT.freshBy(calendar()));
    return (hedged ? builder : builder.withoutHedging().deadline(Duration.ofSeconds(10))).build();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "HANG", "DEAF_HANG"})
  void whenTheFirstFails_thenAnswersComeInTimeAndItIsSpared(Fault fault) throws Exception {
    for (int i = 0; i < 2 * run.n(); i++) {
      boolean hedged = i % 2 == 0;
      long seed = run.seed() + i / 2;
      try (VirtualTime time = Chains.time()) {
        List<FaultySource> sources = Chains.sources(3, Duration.ofSeconds(5), time);
        SourceChain chain = chain(time, sources, MemberSettings.DEFAULT, hedged, seed);
        FaultHarness harness = new FaultHarness(time, sources.get(0), chain);
        assertThat(harness.violations(fault, Duration.ofSeconds(10)))
            .as("hedged " + hedged + ", seed " + seed)
            .isEmpty();
        assertThat(chain.health().members().get(0).state()).isEqualTo(CallGuard.State.CLOSED);
      }
    }
    FaultRun each = new FaultRun("F9-" + fault, run.n(), run.seed());
    System.out.println(each.report(0, Map.of("chains", 2 * run.n())));
  }

  @Test
  void whenTheFirstHangs_thenAnswersComeInTimeAndItIsSpared() throws Exception {
    for (boolean hedged : List.of(true, false)) {
      try (VirtualTime time = Chains.time()) {
        List<FaultySource> sources = Chains.sources(3, FOREVER, time);
        SourceChain chain = chain(time, sources, MemberSettings.DEFAULT, hedged);
        FaultHarness harness = new FaultHarness(time, sources.get(0), chain);
        assertThat(harness.violations(Fault.SLOW, Duration.ofSeconds(10))).isEmpty();
        time.settle();
        assertThat(chain.health().members().get(0).running()).isZero();
      }
    }
  }

  @Test
  void whenTwoOfThreeHang_thenTheThirdAnswersBeforeTheDeadline() throws Exception {
    try (VirtualTime time = Chains.time()) {
      List<FaultySource> sources = Chains.sources(3, FOREVER, time);
      sources.get(0).then(Fault.SLOW);
      sources.get(1).then(Fault.SLOW);
      Served<Bars> answer =
          chain(time, sources, MemberSettings.DEFAULT, true).fetchBars(BarQuery.ALL);
      assertThat(answer.member()).isEqualTo("s2");
      assertThat(time.getAsLong()).isEqualTo(Duration.ofSeconds(1).toNanos());
      assertThat(answer.attempts())
          .extracting(Attempt::outcome)
          .containsExactly(
              AttemptOutcome.OVERTAKEN, AttemptOutcome.OVERTAKEN, AttemptOutcome.SERVED);
    }
  }

  @Test
  void whenRetriesHaveNoBudget_thenTheHarnessCatchesIt() throws Exception {
    try (VirtualTime time = Chains.time()) {
      List<FaultySource> sources = Chains.sources(3, FOREVER, time);
      FaultHarness harness = new FaultHarness(time, sources.get(0), new NaiveRetry(sources));
      assertThat(harness.violations(Fault.FAIL, Duration.ofSeconds(10)))
          .contains("450 calls for 150 queries")
          .anySatisfy(text -> assertThat(text).contains("before it was left alone"));
    }
  }

  @Test
  void whenTheBreakerIsSwitchedOff_thenTheHarnessCatchesIt() throws Exception {
    try (VirtualTime time = Chains.time()) {
      List<FaultySource> sources = Chains.sources(3, FOREVER, time);
      BreakerSettings never =
          new BreakerSettings(1000, 1000, 1, Duration.ofSeconds(2), Duration.ofSeconds(10), 0);
      MemberSettings naive =
          MemberSettings.builder().attempts(3).retryShare(1).breaker(never).build();
      FaultHarness harness =
          new FaultHarness(time, sources.get(0), chain(time, sources, naive, true));
      assertThat(harness.violations(Fault.FAIL, Duration.ofSeconds(10)))
          .contains("300 calls for 150 queries");
    }
  }

  @Test
  void whenErrorsComeNowAndThen_thenRetriesStayWithinTheirBudget() throws Exception {
    try (VirtualTime time = Chains.time()) {
      List<FaultySource> sources = Chains.sources(1, FOREVER, time);
      SourceChain chain = chain(time, sources, MemberSettings.DEFAULT, true);
      int lost = 0;
      for (int k = 0; k < 400; k++) {
        sources.get(0).script(k % 4 == 0 ? Fault.FAIL : Fault.NONE);
        try {
          chain.bars(BarQuery.ALL);
        } catch (QilinException e) {
          lost++;
        }
        time.advance(Duration.ofMillis(10));
      }
      MemberHealth health = chain.health().members().get(0);
      assertThat(health.retries()).isBetween(30L, 40L);
      assertThat(health.calls()).isEqualTo(400 + health.retries()).isLessThanOrEqualTo(440);
      assertThat(lost).isEqualTo((int) chain.health().lost()).isGreaterThan(0);
    }
  }

  /** What the chain is not: three tries at each source, without any memory. */
  private static final class NaiveRetry implements MarketDataSource {
    private final List<FaultySource> sources;

    NaiveRetry(List<FaultySource> sources) {
      this.sources = sources;
    }

    @Override
    public Bars bars(BarQuery query) {
      QilinException last = QilinException.invalid("no source");
      for (FaultySource source : sources) {
        for (int tries = 0; tries < 3; tries++) {
          try {
            return source.bars(query);
          } catch (QilinException e) {
            last = e;
          }
        }
      }
      throw last;
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
