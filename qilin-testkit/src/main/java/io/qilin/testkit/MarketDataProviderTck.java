package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link MarketDataProvider}: extend, supply the provider and the settings of a small source, run.
 * What is tested follows from the declared capabilities. The source should hold at least two instruments and four days.
 */
public abstract class MarketDataProviderTck {
  private static final String NO_SETTING = "qilin-tck-no-such-setting";
  private static final int NOT_THERE = -1;

  /** For subclasses. */
  protected MarketDataProviderTck() {}

  /** The provider to judge. */
  protected abstract MarketDataProvider provider();

  /** Settings with which it opens a small source. */
  protected abstract Map<String, String> settings();

  @Test
  void whenAskedForItsId_thenItIsShortAndLowerCase() {
    assertThat(provider().id()).matches("[a-z0-9-]{1,32}").isEqualTo(provider().id());
  }

  @Test
  void whenLoadedAsAService_thenItHasAPublicConstructorWithoutArguments() {
    assertThatCode(() -> provider().getClass().getConstructor()).doesNotThrowAnyException();
  }

  @Test
  void whenAskedForItsCapabilities_thenItHasSomeAndTheyStay() {
    assertThat(provider().capabilities()).isNotEmpty().isEqualTo(provider().capabilities());
  }

  @Test
  void whenASettingIsUnknown_thenItIsRefusedByName() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put(NO_SETTING, "1");
    Throwable thrown = catchThrowable(() -> provider().open(settings).close());
    assertCode(thrown, ErrorCode.INVALID_CONFIGURATION);
    assertThat(thrown).hasMessageContaining(NO_SETTING);
  }

  @Test
  void whenClosedTwice_thenNothingHappens() {
    MarketDataSource source = provider().open(settings());
    source.close();
    assertThatCode(source::close).doesNotThrowAnyException();
  }

  @Test
  void whenBarsAreNotDeclared_thenTheyAreRefused() {
    assumeFalse(serves(DataCapability.DAILY_BARS), "it serves daily bars");
    try (MarketDataSource source = provider().open(settings())) {
      assertCode(catchThrowable(() -> source.bars(BarQuery.ALL)), ErrorCode.UNSUPPORTED);
    }
  }

  @Test
  void whenSecuritiesAreNotDeclared_thenTheyAreRefused() {
    assumeFalse(serves(DataCapability.SECURITIES), "it serves securities");
    try (MarketDataSource source = provider().open(settings())) {
      assertCode(catchThrowable(source::securities), ErrorCode.UNSUPPORTED);
    }
  }

  @Test
  void whenSecuritiesAreRead_thenEachTimelineStandsUnderItsSymbol() {
    assumeTrue(serves(DataCapability.SECURITIES), "it does not serve securities");
    try (MarketDataSource source = provider().open(settings())) {
      assertThat(source.securities())
          .isNotEmpty()
          .allSatisfy((symbol, timeline) -> assertThat(timeline.symbol()).isEqualTo(symbol));
    }
  }

  @Test
  void whenBarsAreRead_thenTheyNameTheirProvider() {
    assertThat(read(BarQuery.ALL).provenance().provider()).isEqualTo(provider().id());
  }

  @Test
  void whenBarsAreRead_thenEveryInstrumentHasRowsAndAllRowsAreCounted() {
    Bars bars = read(BarQuery.ALL);
    Panel panel = bars.panel();
    long rows = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      assertThat(panel.firstRow(i))
          .as("span of %s", panel.symbols().get(i))
          .isLessThan(panel.endRow(i));
      for (int d = panel.firstRow(i); d < panel.endRow(i); d++) {
        rows += anyKnown(panel, i, d) ? 1 : 0;
      }
    }
    assertThat(bars.rowsRead()).as("rows read").isGreaterThanOrEqualTo(rows);
  }

  @Test
  void whenReadTwice_thenTheBitsAreEqual() {
    assertSame(read(BarQuery.ALL), read(BarQuery.ALL));
    try (MarketDataSource source = openBars()) {
      assertSame(source.bars(BarQuery.ALL), source.bars(BarQuery.ALL));
    }
  }

  @Test
  void whenReadByManyThreads_thenEachGetsTheSame() throws InterruptedException, ExecutionException {
    try (MarketDataSource source = openBars()) {
      Bars alone = source.bars(BarQuery.ALL);
      for (Bars answer : Parallel.answers(() -> source.bars(BarQuery.ALL))) {
        assertSame(alone, answer);
      }
    }
  }

  @Test
  void whenAskedForSomeSymbols_thenTheAnswerIsThatPartOfTheWhole() {
    Panel whole = read(BarQuery.ALL).panel();
    Set<Symbol> some = new TreeSet<>();
    for (int i = 0; i < whole.symbols().size(); i += 2) {
      some.add(whole.symbols().get(i));
    }
    assertIsPart(whole, BarQuery.ALL.withSymbols(some));
  }

  @Test
  void whenAskedForSomeDays_thenTheAnswerIsThatPartOfTheWhole() {
    Panel whole = read(BarQuery.ALL).panel();
    int last = whole.days().size() - 1;
    assertIsPart(
        whole, BarQuery.ALL.between(whole.days().get(last / 4), whole.days().get(last - last / 4)));
  }

  @Test
  void whenAskedForOneSymbolOnOneDay_thenTheAnswerIsThatRow() {
    Panel whole = read(BarQuery.ALL).panel();
    int i = whole.symbols().size() / 2;
    LocalDate day = whole.days().get(firstKnown(whole, i));
    assertIsPart(whole, BarQuery.ALL.withSymbols(Set.of(whole.symbols().get(i))).between(day, day));
  }

  @Test
  void whenReadUntilADay_thenNoValueBeforeItIsTouchedByTheFuture() {
    Panel whole = read(BarQuery.ALL).panel();
    LocalDate day = whole.days().get(whole.days().size() / 2);
    assertIsPart(
        whole, new BarQuery(Set.of(), Optional.empty(), Optional.of(day), Optional.empty()));
  }

  @Test
  void whenAskedJustBeforeABarIsPublic_thenItIsNotInTheAnswer() {
    Panel whole = read(BarQuery.ALL).panel();
    int i = whole.symbols().size() / 2;
    Symbol symbol = whole.symbols().get(i);
    LocalDate day = whole.days().get(lastKnown(whole, i));
    Instant open = BarQuery.publicAt(symbol, day);
    BarQuery query = BarQuery.ALL.withSymbols(Set.of(symbol));
    assertThat(lastDay(query.knownAt(open.minusSeconds(60)), symbol))
        .as("bars of %s known a minute before that of %s is public", symbol, day)
        .satisfiesAnyOf(
            last -> assertThat(last).isEmpty(), last -> assertThat(last.get()).isBefore(day));
    assertThat(lastDay(query.knownAt(open), symbol))
        .as("bars of %s known when that of %s is public", symbol, day)
        .contains(day);
  }

  @Test
  void whenAskedForDaysAsKnownAtAMoment_thenTheAnswerIsThatPartOfTheWhole() {
    Panel whole = read(BarQuery.ALL).panel();
    int last = whole.days().size() - 1;
    LocalDate from = whole.days().get(last / 4);
    LocalDate to = whole.days().get(last);
    LocalDate seen = whole.days().get(last - last / 4);
    for (Symbol symbol : Set.of(whole.symbols().get(0), Symbol.other("QILIN_TCK_NONE"))) {
      Instant open = BarQuery.publicAt(symbol, seen);
      for (Instant moment : List.of(open, open.minusNanos(1), Instant.MAX)) {
        assertIsPart(whole, BarQuery.ALL.between(from, to).knownAt(moment));
        assertIsPart(whole, BarQuery.ALL.knownAt(moment));
      }
    }
  }

  @Test
  void whenNothingWasPublicYet_thenThatIsAnError() {
    try (MarketDataSource source = openBars()) {
      for (Instant moment : List.of(Instant.parse("1800-01-01T00:00:00Z"), Instant.MIN)) {
        assertCode(
            catchThrowable(() -> source.bars(BarQuery.ALL.knownAt(moment))),
            ErrorCode.DATA_NOT_FOUND);
      }
    }
  }

  @Test
  void whenNothingAnswersTheQuery_thenThatIsAnError() {
    LocalDate longAgo = LocalDate.of(1800, 1, 1);
    List<BarQuery> queries = List.of(
        BarQuery.ALL.withSymbols(Set.of(Symbol.other("QILIN_TCK_NONE"))),
        BarQuery.ALL.between(longAgo, longAgo));
    try (MarketDataSource source = openBars()) {
      for (BarQuery query : queries) {
        assertCode(catchThrowable(() -> source.bars(query)), ErrorCode.DATA_NOT_FOUND);
      }
    }
  }

  private boolean serves(DataCapability capability) {
    return provider().capabilities().contains(capability);
  }

  private MarketDataSource openBars() {
    assumeTrue(serves(DataCapability.DAILY_BARS), "it does not serve daily bars");
    return provider().open(settings());
  }

  private Bars read(BarQuery query) {
    try (MarketDataSource source = openBars()) {
      return source.bars(query);
    }
  }

  /** The last day on which the answer knows something; empty if nothing answers. */
  private Optional<LocalDate> lastDay(BarQuery query, Symbol symbol) {
    try (MarketDataSource source = openBars()) {
      Panel answer = source.bars(query).panel();
      return Optional.of(answer.days().get(lastKnown(answer, answer.indexOf(symbol))));
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND);
      return Optional.empty();
    }
  }

  private static void assertSame(Bars expected, Bars actual) {
    assertThat(Panels.difference(expected.panel(), actual.panel())).isEmpty();
    assertThat(actual.rowsRead()).isEqualTo(expected.rowsRead());
    assertThat(actual.findings()).isEqualTo(expected.findings());
    assertThat(actual.provenance()).isEqualTo(expected.provenance());
  }

  private static void assertCode(Throwable thrown, ErrorCode code) {
    assertThat(thrown)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** The answer holds exactly the known cells of the whole that the query accepts, with the same bits. */
  private void assertIsPart(Panel whole, BarQuery query) {
    Panel answer = read(query).panel();
    assertThat(answer.adjustment()).isEqualTo(whole.adjustment());
    assertThat(whole.symbols()).containsAll(answer.symbols());
    assertThat(whole.days()).containsAll(answer.days());
    Set<Field> fields = new TreeSet<>(whole.fields());
    fields.addAll(answer.fields());
    for (int i = 0; i < whole.symbols().size(); i++) {
      Symbol symbol = whole.symbols().get(i);
      int at = answer.find(symbol).orElse(NOT_THERE);
      for (int d = 0; d < whole.days().size(); d++) {
        LocalDate day = whole.days().get(d);
        int on = at == NOT_THERE ? NOT_THERE : Collections.binarySearch(answer.days(), day);
        for (Field field : fields) {
          double expected = query.accepts(symbol, day) ? cell(whole, field, i, d) : Double.NaN;
          double actual = on < 0 ? Double.NaN : cell(answer, field, at, on);
          if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
            throw new AssertionError(field + " of " + symbol + " on " + day + " should be "
                + expected + ", was " + actual + ", asked for " + query);
          }
        }
      }
    }
  }

  private static double cell(Panel panel, Field field, int instrument, int day) {
    return panel.has(field) ? panel.value(field, instrument, day) : Double.NaN;
  }

  private static int firstKnown(Panel panel, int instrument) {
    for (int d = panel.firstRow(instrument); d < panel.endRow(instrument); d++) {
      if (anyKnown(panel, instrument, d)) {
        return d;
      }
    }
    throw new AssertionError(panel.symbols().get(instrument) + " has no known value");
  }

  private static int lastKnown(Panel panel, int instrument) {
    for (int d = panel.endRow(instrument) - 1; d >= panel.firstRow(instrument); d--) {
      if (anyKnown(panel, instrument, d)) {
        return d;
      }
    }
    throw new AssertionError(panel.symbols().get(instrument) + " has no known value");
  }

  private static boolean anyKnown(Panel panel, int instrument, int day) {
    return panel.fields().stream()
        .anyMatch(field -> !Double.isNaN(panel.value(field, instrument, day)));
  }
}
