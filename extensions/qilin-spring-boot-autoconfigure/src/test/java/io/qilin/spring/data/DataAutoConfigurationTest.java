package io.qilin.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.quality.QualityGate;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.spring.Contexts;
import io.qilin.spring.FlakyProvider;
import io.qilin.spring.PartState;
import io.qilin.spring.PropertyRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DataAutoConfigurationTest {
  private final ApplicationContextRunner runner = Contexts.runner();

  @Test
  void whenNoSourceIsNamed_thenThereIsNoChain() {
    runner.run(context -> {
      assertThat(context).doesNotHaveBean(MarketDataSource.class);
      assertThat(context).hasSingleBean(MarketDataProviders.class);
      assertThat(context).hasSingleBean(QualityGate.class);
      assertThat(context).hasSingleBean(TradingCalendar.class);
    });
  }

  @Test
  void whenASourceIsNamed_thenItAnswersThroughTheChain() {
    demo().run(context -> {
      MarketDataSource source = context.getBean(MarketDataSource.class);
      assertThat(source).isInstanceOf(SourceChain.class);
      assertThat(source.bars(BarQuery.ALL).panel().symbols()).hasSize(3);
      assertThat(context.getBean(SourcePart.class).state().level()).isEqualTo(PartState.Level.UP);
    });
  }

  private ApplicationContextRunner demo() {
    return runner.withPropertyValues(
        "qilin.data.source=demo", "qilin.data.settings.symbols=3", "qilin.data.settings.years=1");
  }

  @Test
  void whenAnswersAreCached_thenTheSecondIsFresh() {
    demo().withPropertyValues("qilin.data.cache.fresh-for=1h").run(context -> {
      SourceChain chain = context.getBean(SourceChain.class);
      chain.bars(BarQuery.ALL);
      chain.bars(BarQuery.ALL);
      assertThat(chain.health().fresh()).isEqualTo(1);
    });
  }

  @Test
  void whenTheFirstOfTwoIsAway_thenTheSecondServesAndHealthIsDegraded() {
    FlakyProvider flaky = new FlakyProvider();
    flaky.answering = FlakyProvider.Mood.AWAY;
    two(flaky).run(context -> {
      SourceChain chain = context.getBean(SourceChain.class);
      assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("backup");
      PartState state = context.getBean(SourcePart.class).state();
      assertThat(state.level()).isEqualTo(PartState.Level.DEGRADED);
      assertThat(state.reason()).contains("vendor").contains("the line is cut");

      flaky.answering = FlakyProvider.Mood.WELL;
      assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("vendor");
      assertThat(context.getBean(SourcePart.class).state().level()).isEqualTo(PartState.Level.UP);
    });
  }

  private ApplicationContextRunner two(FlakyProvider flaky) {
    return runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues(
            "qilin.data.members[0].name=vendor",
            "qilin.data.members[0].provider=flaky",
            "qilin.data.members[0].attempts=1",
            "qilin.data.members[1].name=backup",
            "qilin.data.members[1].provider=demo",
            "qilin.data.members[1].settings.symbols=3",
            "qilin.data.members[1].settings.years=1");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whenAnOpeningHangs_thenTheContextEndsAllTheSame() {
    FlakyProvider flaky = new FlakyProvider();
    flaky.opening = FlakyProvider.Mood.HANGING;
    AtomicReference<SourceChain> chain = new AtomicReference<>();
    runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues("qilin.data.source=flaky", "qilin.data.open-within=50ms")
        .run(context -> chain.set(context.getBean(SourceChain.class)));
    assertThat(flaky.hang.getCount()).isEqualTo(1);
    assertThatThrownBy(() -> chain.get().bars(BarQuery.ALL))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @CsvSource({
    "AWAY, the line is cut, NETWORK",
    "FAULTY, ClassCastException, DATA_FETCH",
    "HANGING, not opened yet, DATA_FETCH"
  })
  void whenASourceIsDownAtTheStart_thenTheContextStartsDegradedAndRecovers(
      FlakyProvider.Mood mood, String reason, ErrorCode code) {
    FlakyProvider flaky = new FlakyProvider();
    flaky.opening = mood;
    String within = mood == FlakyProvider.Mood.HANGING ? "50ms" : "1m";
    runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues("qilin.data.source=flaky", "qilin.data.open-within=" + within)
        .run(context -> {
          assertThat(context).hasNotFailed();
          SourcePart part = context.getBean(SourcePart.class);
          assertThat(part.state().level()).isEqualTo(PartState.Level.DOWN);
          assertThat(part.state().reason()).contains(reason);
          if (mood != FlakyProvider.Mood.HANGING) {
            assertThatThrownBy(() -> context.getBean(SourceChain.class).bars(BarQuery.ALL))
                .isInstanceOfSatisfying(
                    QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
          }

          flaky.opening = FlakyProvider.Mood.WELL;
          flaky.hang.countDown();
          assertThat(
                  context.getBean(SourceChain.class).bars(BarQuery.ALL).panel().symbols())
              .hasSize(3);
          assertThat(part.state().level()).isEqualTo(PartState.Level.UP);
        });
  }

  @Test
  void whenTheSourceDiesLater_thenACopyServesAndIsMarked() {
    FlakyProvider flaky = new FlakyProvider();
    runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues("qilin.data.source=flaky")
        .run(context -> {
          SourceChain chain = context.getBean(SourceChain.class);
          assertThat(chain.fetchBars(BarQuery.ALL).stale()).isFalse();
          flaky.answering = FlakyProvider.Mood.AWAY;
          assertThat(chain.fetchBars(BarQuery.ALL).stale()).isTrue();
          assertThat(context.getBean(SourcePart.class).state().reason()).contains("kept copy");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "qilin.data.deadline, 0s, qilin.data.deadline",
    "qilin.data.hedge-after, -1s, qilin.data.hedge-after",
    "qilin.data.open-within, 2d, qilin.data.open-within",
    "qilin.data.cache.fresh-for, 0s, qilin.data.cache.fresh-for",
    "qilin.data.cache.size, 5B, qilin.data.cache.size",
    "qilin.data.copies.max-age, -1d, qilin.data.copies.max-age",
    "qilin.data.quality.threshold, 1.5, qilin.data.quality.threshold",
    "qilin.data.settings.symbols, many, qilin.data.settings",
    "qilin.data.settings.colour, red, qilin.data.settings",
    "qilin.data.source, demmo, qilin.data.source",
    "qilin.data.members[0].provider, demo, qilin.data.source",
  })
  void whenAValueIsWrong_thenTheStartNamesTheProperty(String property, String value, String named) {
    runner
        .withPropertyValues("qilin.data.source=demo", property + "=" + value)
        .run(context ->
            assertThat(refusal(context.getStartupFailure()).property()).isEqualTo(named));
  }

  @ParameterizedTest
  @CsvSource({
    "name, A B, qilin.data.members[0].name",
    "attempts, 0, qilin.data.members[0].attempts",
    "concurrency, 0, qilin.data.members[0].concurrency",
    "deadline, 0s, qilin.data.members[0].deadline",
    "provider, nobody, qilin.data.members[0].provider",
    "name, backup, qilin.data.members[1].name",
    "deadline, 60s, qilin.data.deadline",
  })
  void whenAMemberIsWrong_thenTheStartNamesTheProperty(String name, String value, String named) {
    runner
        .withPropertyValues(
            "qilin.data.members[0].provider=demo",
            "qilin.data.members[0].name=vendor",
            "qilin.data.members[1].provider=demo",
            "qilin.data.members[1].name=backup",
            "qilin.data.members[0]." + name + "=" + value)
        .run(context ->
            assertThat(refusal(context.getStartupFailure()).property()).isEqualTo(named));
  }

  private static PropertyRefused refusal(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof PropertyRefused refused) {
        return refused;
      }
    }
    throw new AssertionError("no property was refused", failure);
  }

  @Test
  void whenTheApplicationHasASource_thenOursBacksOff() {
    MarketDataSource own = MarketDataProviders.discover().get("demo").open(java.util.Map.of());
    demo()
        .withBean("own", MarketDataSource.class, () -> own)
        .run(context -> assertThat(context).getBean(MarketDataSource.class).isSameAs(own));
  }

  @Test
  void whenTheApplicationHasAGateACalendarAndProviders_thenOursBackOff() {
    TradingCalendar calendar = TradingCalendar.of(
        List.of(java.time.LocalDate.of(2026, 1, 5)),
        java.time.LocalDate.of(2026, 1, 5),
        java.time.LocalDate.of(2026, 1, 5));
    runner
        .withBean("gate", QualityGate.class, () -> QualityGate.builder().build())
        .withBean("days", TradingCalendar.class, () -> calendar)
        .withBean("providers", MarketDataProviders.class, () -> MarketDataProviders.of(List.of()))
        .run(context -> {
          assertThat(context).getBean(QualityGate.class).isSameAs(context.getBean("gate"));
          assertThat(context).getBean(TradingCalendar.class).isSameAs(calendar);
          assertThat(context.getBean(MarketDataProviders.class).ids()).isEmpty();
        });
  }

  @Test
  void whenTheApplicationHasAQualityCheck_thenTheGateAsksIt() {
    AtomicReference<QualityInput> seen = new AtomicReference<>();
    demo()
        .withBean(QualityCheck.class, () -> new QualityCheck() {
          @Override
          public String rule() {
            return "own-rule";
          }

          @Override
          public QualityDimension dimension() {
            return QualityDimension.values()[0];
          }

          @Override
          public CheckOutcome check(QualityInput input) {
            seen.set(input);
            throw new QilinException(ErrorCode.DATA_QUALITY, "asked");
          }
        })
        .run(context -> {
          QualityInput input = new QualityInput(
              context.getBean(SourceChain.class).bars(BarQuery.ALL),
              java.util.Map.of(),
              java.util.Optional.empty(),
              java.time.Instant.EPOCH);
          context.getBean(QualityGate.class).judge(input);
          assertThat(seen.get()).isSameAs(input);
        });
  }

  @Test
  void whenAFolderForCopiesIsNamed_thenTheyOutliveTheContext(@TempDir Path folder) {
    FlakyProvider flaky = new FlakyProvider();
    ApplicationContextRunner kept = runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues("qilin.data.source=flaky", "qilin.data.copies.folder=" + folder);
    kept.run(context -> context.getBean(SourceChain.class).bars(BarQuery.ALL));
    flaky.answering = FlakyProvider.Mood.AWAY;
    kept.run(context -> assertThat(
            context.getBean(SourceChain.class).fetchBars(BarQuery.ALL).stale())
        .isTrue());
  }

  @Test
  void whenSettingsHoldASecret_thenNothingPrintsIt() {
    DataProperties properties = new DataProperties(
        "rest",
        java.util.Map.of("password", "canary"),
        List.of(),
        Duration.ofSeconds(1),
        null,
        Duration.ofSeconds(1),
        new DataProperties.Cache(null, org.springframework.util.unit.DataSize.ofMegabytes(1)),
        new DataProperties.Copies(
            true,
            Duration.ofDays(1),
            org.springframework.util.unit.DataSize.ofMegabytes(1),
            null,
            org.springframework.util.unit.DataSize.ofMegabytes(1)),
        new DataProperties.Quality(io.qilin.data.quality.QualityPolicy.STOP, 0.9));
    assertThat(properties.toString() + properties.sources())
        .contains("password")
        .doesNotContain("canary");
  }
}
