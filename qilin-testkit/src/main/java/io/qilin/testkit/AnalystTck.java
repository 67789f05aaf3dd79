package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link Analyst}: extend, supply the analyst, run. An analyst that finds nothing to score in the
 * market that is supplied overrides {@link #market()} or {@link #snapshot}.
 */
public abstract class AnalystTck {
  private static final double ROUNDING = 1e-9;
  private static final int NO_DAY = -1;

  /** For subclasses. */
  protected AnalystTck() {}

  /** The analyst to judge. */
  protected abstract Analyst analyst();

  /** A raw panel in which the analyst can score at least one share; random walks unless overridden. */
  protected Panel market() {
    return Panels.random(48, 320, 20240102L);
  }

  /** The evening of the opinions: a day of {@link #market()} that is not its last. */
  protected LocalDate day() {
    return market().days().get(market().days().size() - 20);
  }

  /**
   * What the analyst is handed; must depend on nothing after the day. Without quality and factors unless overridden.
   *
   * @param market a panel like {@link #market()}, often with values that are not known
   * @param securities what the codes stand for, possibly empty
   * @param day the evening
   */
  protected MarketSnapshot snapshot(
      Panel market, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
    return Snapshots.of(market, securities, day);
  }

  @Test
  void whenAskedForItsId_thenItIsKebabCase() {
    assertThat(analyst().id()).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThanOrEqualTo(64);
    assertThat(analyst().title()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void whenTheMarketIsUsual_thenItScoresAShare() {
    assertThat(opinions().values().stream()
            .filter(Opinion.Scored.class::isInstance)
            .count())
        .as("scored shares; if none can be scored here, override market() or snapshot()")
        .isPositive();
  }

  @Test
  void whenAskedTwice_thenTheOpinionsAreEqual() {
    Analyst analyst = analyst();
    MarketSnapshot snapshot = usual();
    assertEqual(analyst.analyze(snapshot), analyst.analyze(snapshot));
    assertEqual(analyst.analyze(snapshot), analyst().analyze(usual()));
  }

  @Test
  void whenOtherDaysWereAskedBefore_thenTheOpinionsAreStillEqual() {
    Analyst analyst = analyst();
    analyst.analyze(snapshot(market(), securities(), market().lastDay()));
    assertEqual(opinions(), analyst.analyze(usual()));
  }

  @Test
  void whenAskedByManyThreads_thenTheOpinionsAreEqual()
      throws InterruptedException, ExecutionException {
    Analyst analyst = analyst();
    MarketSnapshot snapshot = usual();
    for (Map<Symbol, Opinion> answer : Parallel.answers(() -> analyst.analyze(snapshot))) {
      assertEqual(opinions(), answer);
    }
  }

  @Test
  void whenTheFutureIsAnother_thenTheOpinionsAreEqual() {
    for (long seed = 1; seed <= 3; seed++) {
      Panel other = Panels.withOtherFuture(market(), day(), seed);
      assertEqual(opinions(), analyst().analyze(snapshot(other, securities(), day())));
    }
  }

  @Test
  void whenItHasOpinions_thenTheyBearItsIdAndStandUnderTheirSymbol() {
    assertThat(opinions()).allSatisfy((symbol, opinion) -> {
      assertThat(opinion.analyst()).isEqualTo(analyst().id());
      assertThat(opinion.symbol()).isEqualTo(symbol);
    });
  }

  @Test
  void whenAShareDidNotTrade_thenThereIsNoOpinionOfIt() {
    Panel raw = usual().raw();
    assertThat(opinions().keySet())
        .allSatisfy(
            symbol -> assertThat(traded(raw, symbol)).as("%s traded", symbol).isTrue());
  }

  @Test
  void whenItScores_thenTheWeightsOfTheComponentsAddUp() {
    for (Opinion opinion : opinions().values()) {
      List<ScoreComponent> components = opinion.components();
      if (opinion instanceof Opinion.Scored || !components.isEmpty()) {
        assertThat(components.stream().map(ScoreComponent::name)).doesNotHaveDuplicates();
        assertThat(components.stream().mapToDouble(ScoreComponent::weight).sum())
            .as("weights of %s", opinion)
            .isCloseTo(1, within(ROUNDING));
        assertThat(opinion.coverage())
            .as("coverage of %s", opinion)
            .isCloseTo(known(components), within(ROUNDING));
      }
    }
  }

  @Test
  void whenItScores_thenEnoughWasKnown() {
    assertThat(opinions().values())
        .filteredOn(Opinion.Scored.class::isInstance)
        .allSatisfy(opinion ->
            assertThat(opinion.coverage()).isGreaterThanOrEqualTo(Opinion.MIN_COVERAGE - ROUNDING));
  }

  @Test
  void whenNothingIsKnown_thenItScoresNothing() {
    assertNoScore(snapshot(blank(market(), NO_DAY), securities(), day()));
    assertNoScore(snapshot(blank(market(), NO_DAY), Map.of(), day()));
  }

  @Test
  void whenOnlyPricesOfTheDayAreKnown_thenItAnswersWithoutAnError() {
    Panel market = market();
    Panel sparse = blank(market, market.indexOf(day()));
    assertThatCode(() -> analyst().analyze(snapshot(sparse, securities(), day())))
        .doesNotThrowAnyException();
  }

  @Test
  void whenSecuritiesAreUnknown_thenItAnswersWithoutAnError() {
    assertThatCode(() -> analyst().analyze(snapshot(market(), Map.of(), day())))
        .doesNotThrowAnyException();
  }

  @Test
  void whenThereIsOneDayOnly_thenItAnswersWithoutAnError() {
    LocalDate first = market().days().get(0);
    assertThatCode(() -> analyst().analyze(snapshot(market(), securities(), first)))
        .doesNotThrowAnyException();
  }

  @Test
  void whenThereAreNoRecords_thenItAnswersWithoutAnError() {
    MarketSnapshot usual = usual();
    MarketSnapshot without = usual.withRecords(SnapshotRecords.none(usual.asOf()));
    assertThatCode(() -> analyst().analyze(without)).doesNotThrowAnyException();
  }

  @Test
  void whenTextsAreHostile_thenItAnswersTwiceTheSame() {
    MarketSnapshot hostile = HostileTexts.added(usual());
    Map<Symbol, Opinion> opinions = analyst().analyze(hostile);
    assertEqual(opinions, analyst().analyze(hostile));
    assertThat(opinions.keySet())
        .allSatisfy(symbol ->
            assertThat(traded(hostile.raw(), symbol)).as("%s traded", symbol).isTrue());
    assertFinite(opinions);
  }

  @Test
  void whenItHasOpinions_thenNoNumberIsInfinite() {
    assertFinite(opinions());
  }

  private static void assertFinite(Map<Symbol, Opinion> opinions) {
    assertThat(opinions.values())
        .allSatisfy(opinion ->
            assertThat(opinion.components()).noneMatch(part -> Double.isInfinite(part.raw())));
  }

  private Map<Symbol, SecurityTimeline> securities() {
    return Snapshots.securities(market().symbols());
  }

  private MarketSnapshot usual() {
    return snapshot(market(), securities(), day());
  }

  private Map<Symbol, Opinion> opinions() {
    return analyst().analyze(usual());
  }

  private void assertNoScore(MarketSnapshot snapshot) {
    assertThat(analyst().analyze(snapshot).values())
        .allSatisfy(opinion -> assertThat(opinion).isInstanceOf(Opinion.Abstained.class));
  }

  private static void assertEqual(Map<Symbol, Opinion> expected, Map<Symbol, Opinion> actual) {
    assertThat(new TreeMap<>(actual)).isEqualTo(new TreeMap<>(expected));
  }

  private static double known(List<ScoreComponent> components) {
    return components.stream()
        .filter(ScoreComponent::known)
        .mapToDouble(ScoreComponent::weight)
        .sum();
  }

  private static boolean traded(Panel raw, Symbol symbol) {
    int i = raw.indexOf(symbol);
    int last = raw.days().size() - 1;
    return !Double.isNaN(raw.value(Field.CLOSE, i, last))
        && !(raw.has(Field.VOLUME) && raw.value(Field.VOLUME, i, last) == 0);
  }

  /** The panel with all cells unknown but those of the given day; of none for {@link #NO_DAY}. */
  private static Panel blank(Panel panel, int keptDay) {
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      int from = panel.firstRow(i);
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i);
        Arrays.setAll(values, k -> from + k == keptDay ? values[k] : Double.NaN);
        builder.column(panel.symbols().get(i), field, from, values);
      }
    }
    return builder.build();
  }
}
