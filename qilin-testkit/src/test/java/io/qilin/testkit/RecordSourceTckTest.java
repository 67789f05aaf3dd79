package io.qilin.testkit;

import static io.qilin.testkit.Failures.assertFails;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A correct source of records keeps the contract, and each defect is found by the test that is meant for it. */
class RecordSourceTckTest {
  private static final Provenance SOURCE = new Provenance("loop", "sample", true);

  /** Answers by a loop over all samples. */
  private static class LoopProvider implements MarketDataProvider {
    @Override
    public String id() {
      return "loop";
    }

    @Override
    public Set<DataCapability> capabilities() {
      EnumSet<DataCapability> all = EnumSet.allOf(DataCapability.class);
      all.remove(DataCapability.DAILY_BARS);
      return all;
    }

    @Override
    public MarketDataSource open(Map<String, String> settings) {
      return new Loop(this);
    }

    /** What is answered; a defect overrides it. */
    <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
      return all.stream().filter(query::accepts).toList();
    }

    /** Who is said to answer. */
    Provenance source() {
      return SOURCE;
    }

    /** The notices of which timelines are made. */
    List<StatusNotice> notices(List<StatusNotice> all) {
      return all;
    }
  }

  private record Loop(LoopProvider provider) implements MarketDataSource {
    @Override
    public Bars bars(BarQuery query) {
      throw new QilinException(ErrorCode.UNSUPPORTED, "no bars");
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      return StatusNotice.timelines(provider.notices(all(StatusNotice.class)));
    }

    @Override
    public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
      if (!provider.capabilities().contains(DataCapability.of(query.type()))) {
        throw new QilinException(ErrorCode.UNSUPPORTED, "not served: " + query.type());
      }
      return new Records<>(provider.answer(query, all(query.type())), provider.source(), List.of());
    }

    private static <R extends MarketRecord> List<R> all(Class<R> type) {
      return SampleRecords.all(SOURCE).stream()
          .filter(type::isInstance)
          .map(type::cast)
          .sorted(Comparator.comparing(MarketRecord::eventTime).thenComparing(MarketRecord::asOf))
          .toList();
    }

    @Override
    public void close() {}
  }

  private static RecordSourceTck judge(MarketDataProvider provider) {
    return new RecordSourceTck() {
      @Override
      protected MarketDataProvider provider() {
        return provider;
      }

      @Override
      protected Map<String, String> settings() {
        return Map.of();
      }
    };
  }

  @Nested
  class ThatIsCorrect extends RecordSourceTck {
    @Override
    protected MarketDataProvider provider() {
      return new LoopProvider();
    }

    @Override
    protected Map<String, String> settings() {
      return Map.of();
    }
  }

  @Nested
  class ThatServesNewsOnly extends RecordSourceTck {
    @Override
    protected MarketDataProvider provider() {
      return new LoopProvider() {
        @Override
        public Set<DataCapability> capabilities() {
          return Set.of(DataCapability.NEWS);
        }
      };
    }

    @Override
    protected Map<String, String> settings() {
      return Map.of();
    }
  }

  @Test
  void whenTheMomentIsIgnored_thenThatIsFound() {
    assertFails(judge(new LoopProvider() {
      @Override
      <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
        return super.answer(RecordQuery.of(query.type(), Instant.MAX), all);
      }
    })::whenAskedWhatWasKnown_thenNothingIsFromLaterAndNothingIsForgotten);
  }

  @Test
  void whenTheEventIsTakenForThePublication_thenThatIsFound() {
    assertFails(judge(new LoopProvider() {
      @Override
      <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
        return all.stream().filter(r -> !r.eventTime().isAfter(query.knownAt())).toList();
      }
    })::whenAskedWhatWasKnown_thenNothingIsFromLaterAndNothingIsForgotten);
  }

  @Test
  void whenEarlierVersionsAreForgotten_thenThatIsFound() {
    assertFails(judge(new LoopProvider() {
      @Override
      <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
        List<R> known = super.answer(query, all);
        return known.subList(Math.max(known.size() - 2, 0), known.size());
      }
    })::whenAskedWhatWasKnown_thenNothingIsFromLaterAndNothingIsForgotten);
  }

  @Test
  void whenSymbolsOrTheSpanAreIgnored_thenThatIsFound() {
    LoopProvider blind = new LoopProvider() {
      @Override
      <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
        return super.answer(RecordQuery.of(query.type(), query.knownAt()), all);
      }
    };
    assertFails(judge(blind)::whenAskedForSomeInstruments_thenTheAnswerIsThatPartOfTheWhole);
    assertFails(judge(blind)::whenAskedForSomeTime_thenTheAnswerIsThatPartOfTheWhole);
  }

  @Test
  void whenTheOrderIsWrong_thenThatIsFound() {
    assertFails(judge(new LoopProvider() {
      @Override
      <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
        List<R> reversed = new ArrayList<>(super.answer(query, all));
        Collections.reverse(reversed);
        return reversed;
      }
    })::whenRecordsAreRead_thenTheyComeInTheOrderOfTheirEvents);
  }

  @Test
  void whenAnotherProviderIsNamedOrNothingIsThere_thenThatIsFound() {
    assertFails(judge(new LoopProvider() {
      @Override
      Provenance source() {
        return new Provenance("other", "sample", true);
      }
    })::whenRecordsAreRead_thenThereAreSomeAndTheyNameTheirProvider);
    assertFails(judge(new LoopProvider() {
      @Override
      <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
        return List.of();
      }
    })::whenRecordsAreRead_thenThereAreSomeAndTheyNameTheirProvider);
  }

  @Test
  void whenAnswersDiffer_thenThatIsFound() {
    AtomicInteger calls = new AtomicInteger();
    LoopProvider moody = new LoopProvider() {
      @Override
      <R extends MarketRecord> List<R> answer(RecordQuery<R> query, List<R> all) {
        List<R> known = super.answer(query, all);
        return calls.incrementAndGet() % 2 == 0 ? known : known.subList(1, known.size());
      }
    };
    assertFails(judge(moody)::whenRecordsAreReadTwice_thenTheyAreEqual);
    assertFails(judge(moody)::whenRecordsAreReadByManyThreads_thenEachGetsTheSame);
  }

  @Test
  void whenUndeclaredKindsAreServed_thenThatIsFound() {
    AtomicInteger calls = new AtomicInteger();
    assertFails(judge(new LoopProvider() {
      @Override
      public Set<DataCapability> capabilities() {
        return calls.incrementAndGet() == 1 ? Set.of(DataCapability.NEWS) : super.capabilities();
      }
    })::whenAKindOfRecordIsNotDeclared_thenItIsRefused);
  }

  @Test
  void whenTimelinesDiffer_thenThatIsFound() {
    AtomicInteger calls = new AtomicInteger();
    assertFails(judge(new LoopProvider() {
      @Override
      List<StatusNotice> notices(List<StatusNotice> all) {
        return calls.incrementAndGet() % 2 == 0 ? all : all.subList(1, all.size());
      }
    })::whenSecuritiesAreReadAgain_thenTheTimelinesAreEqual);
  }
}
