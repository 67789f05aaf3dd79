package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The part of the contract of a {@link MarketDataProvider} that is about records and securities; {@link
 * MarketDataProviderTck} includes it. The heart of it: what was not public at the moment of a query is never in its answer,
 * and what was public stays so.
 */
public abstract class RecordSourceTck {
  /** After everything that a source can hold. */
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private static final Comparator<MarketRecord> ORDER =
      Comparator.comparing(MarketRecord::eventTime).thenComparing(MarketRecord::asOf);

  /** For subclasses. */
  protected RecordSourceTck() {}

  /** The provider to judge. */
  protected abstract MarketDataProvider provider();

  /** Settings with which it opens a small source. */
  protected abstract Map<String, String> settings();

  @Test
  void whenAKindOfRecordIsNotDeclared_thenItIsRefused() {
    List<Class<? extends MarketRecord>> undeclared = kinds(false);
    assumeFalse(undeclared.isEmpty(), "it declares every kind of record");
    try (MarketDataSource source = provider().open(settings())) {
      for (Class<? extends MarketRecord> type : undeclared) {
        Throwable thrown = catchThrowable(() -> source.records(RecordQuery.of(type, LAST)));
        assertThat(thrown)
            .as("records of %s", type.getSimpleName())
            .isInstanceOfSatisfying(
                QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
      }
    }
  }

  @Test
  void whenRecordsAreRead_thenThereAreSomeAndTheyNameTheirProvider() {
    forEachKind(new Trial() {
      @Override
      public <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type) {
        Records<R> whole = source.records(RecordQuery.of(type, LAST));
        assertThat(whole.rows()).isNotEmpty().allSatisfy(row -> assertThat(row).isInstanceOf(type));
        assertThat(whole.provenance().provider()).isEqualTo(provider().id());
      }
    });
  }

  @Test
  void whenRecordsAreRead_thenTheyComeInTheOrderOfTheirEvents() {
    forEachKind(new Trial() {
      @Override
      public <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type) {
        assertThat(source.records(RecordQuery.of(type, LAST)).rows()).isSortedAccordingTo(ORDER);
      }
    });
  }

  @Test
  void whenAskedWhatWasKnown_thenNothingIsFromLaterAndNothingIsForgotten() {
    forEachKind(new Trial() {
      @Override
      public <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type) {
        List<R> whole = source.records(RecordQuery.of(type, LAST)).rows();
        List<R> before = List.of();
        for (Instant moment : moments(whole)) {
          List<R> known = source.records(RecordQuery.of(type, moment)).rows();
          assertThat(known)
              .as("what was public at %s", moment)
              .allSatisfy(row -> assertThat(row.asOf()).isBeforeOrEqualTo(moment));
          assertThat(known).as("what was public earlier").containsAll(before);
          assertPart(whole, RecordQuery.of(type, moment), known);
          before = known;
        }
      }
    });
  }

  @Test
  void whenAskedForSomeInstruments_thenTheAnswerIsThatPartOfTheWhole() {
    forEachKind(new Trial() {
      @Override
      public <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type) {
        List<R> whole = source.records(RecordQuery.of(type, LAST)).rows();
        Set<Symbol> about =
            whole.stream().flatMap(row -> row.symbols().stream()).collect(Collectors.toSet());
        Set<Symbol> some = about.stream().sorted().limit(1).collect(Collectors.toSet());
        for (Set<Symbol> wanted : List.of(some, about, Set.of(Symbol.other("QILIN_TCK_NONE")))) {
          RecordQuery<R> query = RecordQuery.of(type, LAST).withSymbols(wanted);
          assertPart(whole, query, source.records(query).rows());
        }
      }
    });
  }

  @Test
  void whenAskedForSomeTime_thenTheAnswerIsThatPartOfTheWhole() {
    forEachKind(new Trial() {
      @Override
      public <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type) {
        List<R> whole = source.records(RecordQuery.of(type, LAST)).rows();
        Instant first = whole.get(0).eventTime();
        Instant middle = whole.get(whole.size() / 2).eventTime();
        Instant last = whole.get(whole.size() - 1).eventTime();
        List<RecordQuery<R>> queries = List.of(
            RecordQuery.of(type, LAST).between(first, middle),
            RecordQuery.of(type, LAST).between(middle, last),
            RecordQuery.of(type, LAST).between(middle, middle),
            RecordQuery.of(type, middle).between(first, middle.plusNanos(1)),
            RecordQuery.of(type, LAST).between(last.plusNanos(1), LAST));
        for (RecordQuery<R> query : queries) {
          assertPart(whole, query, source.records(query).rows());
        }
      }
    });
  }

  @Test
  void whenRecordsAreReadTwice_thenTheyAreEqual() {
    try (MarketDataSource again = provider().open(settings())) {
      forEachKind(new Trial() {
        @Override
        public <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type) {
          RecordQuery<R> query = RecordQuery.of(type, LAST);
          Records<R> first = source.records(query);
          assertThat(source.records(query)).isEqualTo(first);
          assertThat(again.records(query)).isEqualTo(first);
        }
      });
    }
  }

  @Test
  void whenRecordsAreReadByManyThreads_thenEachGetsTheSame() {
    forEachKind(new Trial() {
      @Override
      public <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type)
          throws ExecutionException, InterruptedException {
        RecordQuery<R> query = RecordQuery.of(type, LAST);
        List<Records<R>> answers = Parallel.answers(() -> source.records(query));
        assertThat(answers).containsOnly(source.records(query));
      }
    });
  }

  @Test
  void whenSecuritiesAreReadAgain_thenTheTimelinesAreEqual()
      throws ExecutionException, InterruptedException {
    assumeTrue(
        provider().capabilities().contains(DataCapability.SECURITIES),
        "it does not serve securities");
    try (MarketDataSource source = provider().open(settings())) {
      Map<Symbol, List<SecurityStatus>> first = statuses(source);
      assertThat(Parallel.answers(() -> statuses(source))).containsOnly(first);
    }
    try (MarketDataSource other = provider().open(settings());
        MarketDataSource source = provider().open(settings())) {
      assertThat(statuses(other)).isEqualTo(statuses(source));
    }
  }

  /** One test of one kind of record. */
  private interface Trial {
    <R extends MarketRecord> void judge(MarketDataSource source, Class<R> type)
        throws ExecutionException, InterruptedException;
  }

  private void forEachKind(Trial trial) {
    List<Class<? extends MarketRecord>> declared = kinds(true);
    assumeFalse(declared.isEmpty(), "it serves no records");
    try (MarketDataSource source = provider().open(settings())) {
      for (Class<? extends MarketRecord> type : declared) {
        try {
          trial.judge(source, type);
        } catch (ExecutionException e) {
          throw new AssertionError("reading " + type.getSimpleName() + " failed", e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while reading " + type.getSimpleName(), e);
        }
      }
    }
  }

  private List<Class<? extends MarketRecord>> kinds(boolean declared) {
    Set<DataCapability> served = provider().capabilities();
    return Arrays.stream(DataCapability.values())
        .filter(kind -> served.contains(kind) == declared)
        .flatMap(kind -> kind.recordType().stream())
        .collect(Collectors.toList());
  }

  /** Just before, at and just after every moment at which something became public. */
  private static Set<Instant> moments(List<? extends MarketRecord> rows) {
    Set<Instant> moments = new TreeSet<>();
    for (MarketRecord row : rows) {
      moments.add(row.asOf().minusNanos(1));
      moments.add(row.asOf());
    }
    return moments;
  }

  /** The answer holds exactly the rows of the whole that the query accepts, in the same order. */
  private static <R extends MarketRecord> void assertPart(
      List<R> whole, RecordQuery<R> query, List<R> answer) {
    assertThat(answer)
        .as("the answer to %s", query)
        .isEqualTo(whole.stream().filter(query::accepts).toList());
  }

  private static Map<Symbol, List<SecurityStatus>> statuses(MarketDataSource source) {
    Map<Symbol, List<SecurityStatus>> statuses = new TreeMap<>();
    source.securities().forEach((symbol, timeline) -> statuses.put(symbol, timeline.statuses()));
    return statuses;
  }
}
