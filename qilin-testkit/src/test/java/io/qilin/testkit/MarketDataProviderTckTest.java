package io.qilin.testkit;

import static io.qilin.testkit.Failures.assertFails;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each defect is found by the test that is meant for it. */
class MarketDataProviderTckTest {
  private static MarketDataProviderTck judge(MarketDataProvider provider) {
    return new MarketDataProviderTck() {
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

  @Test
  void whenTheIdIsNotLowerCase_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      public String id() {
        return "Memory";
      }
    })::whenAskedForItsId_thenItIsShortAndLowerCase);
  }

  @Test
  void whenThereIsNoPublicConstructor_thenThatIsFound() {
    assertFails(
        judge(new MemoryProvider() {})
            ::whenLoadedAsAService_thenItHasAPublicConstructorWithoutArguments);
  }

  @Test
  void whenNothingIsDeclared_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      public Set<DataCapability> capabilities() {
        return Set.of();
      }
    })::whenAskedForItsCapabilities_thenItHasSomeAndTheyStay);
  }

  @Test
  void whenUnknownSettingsAreIgnored_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      public MarketDataSource open(Map<String, String> settings) {
        return super.open(Map.of());
      }
    })::whenASettingIsUnknown_thenItIsRefusedByName);
  }

  @Test
  void whenTheSecondCloseThrows_thenThatIsFound() {
    AtomicInteger times = new AtomicInteger();
    assertFails(judge(new MemoryProvider() {
      @Override
      void closed() {
        if (times.incrementAndGet() > 1) {
          throw new QilinException(ErrorCode.IO, "closed");
        }
      }
    })::whenClosedTwice_thenNothingHappens);
  }

  @Test
  void whenUndeclaredDataIsServed_thenThatIsFound() {
    assertFails(
        judge(new Silent(DataCapability.SECURITIES))::whenBarsAreNotDeclared_thenTheyAreRefused);
    assertFails(
        judge(new Silent(DataCapability.DAILY_BARS))
            ::whenSecuritiesAreNotDeclared_thenTheyAreRefused);
  }

  private static final class Silent extends MemoryProvider {
    private final DataCapability declared;

    Silent(DataCapability declared) {
      this.declared = declared;
    }

    @Override
    public Set<DataCapability> capabilities() {
      return Set.of(declared);
    }

    @Override
    boolean servesAll() {
      return true;
    }
  }

  @Test
  void whenAnotherProviderIsNamed_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      String provenance() {
        return "other";
      }
    })::whenBarsAreRead_thenTheyNameTheirProvider);
  }

  @Test
  void whenRowsAreNotCounted_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      long counted(long rows) {
        return rows / 2;
      }
    })::whenBarsAreRead_thenEveryInstrumentHasRowsAndAllRowsAreCounted);
  }

  @Test
  void whenATimelineStandsUnderAnotherSymbol_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      Symbol filed(Symbol symbol) {
        return Symbol.other(symbol.code());
      }
    })::whenSecuritiesAreRead_thenEachTimelineStandsUnderItsSymbol);
  }

  @Test
  void whenEachReadDiffers_thenThatIsFound() {
    AtomicInteger reads = new AtomicInteger();
    MarketDataProviderTck tck = judge(new MemoryProvider() {
      @Override
      double answer(BarQuery query, Field field, double value) {
        return value + reads.getAndIncrement() * 1e-9;
      }
    });
    assertFails(tck::whenReadTwice_thenTheBitsAreEqual);
    assertFails(tck::whenReadByManyThreads_thenEachGetsTheSame);
  }

  @Test
  void whenSymbolsAreIgnored_thenThatIsFound() {
    MarketDataProviderTck tck = judge(new MemoryProvider() {
      @Override
      boolean accepts(BarQuery query, Symbol symbol, LocalDate day) {
        return query.withSymbols(Set.of()).accepts(symbol, day);
      }
    });
    assertFails(tck::whenAskedForSomeSymbols_thenTheAnswerIsThatPartOfTheWhole);
    assertFails(tck::whenAskedForOneSymbolOnOneDay_thenTheAnswerIsThatRow);
    assertFails(tck::whenNothingAnswersTheQuery_thenThatIsAnError);
  }

  @Test
  void whenDaysAreIgnored_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      boolean accepts(BarQuery query, Symbol symbol, LocalDate day) {
        return BarQuery.ALL.withSymbols(query.symbols()).accepts(symbol, day);
      }
    })::whenAskedForSomeDays_thenTheAnswerIsThatPartOfTheWhole);
  }

  @Test
  void whenThePastDependsOnTheEndOfTheQuery_thenThatIsFound() {
    assertFails(judge(new MemoryProvider() {
      @Override
      double answer(BarQuery query, Field field, double value) {
        return field.isPrice() && query.to().isPresent() ? value * 1.01 : value;
      }
    })::whenReadUntilADay_thenNoValueBeforeItIsTouchedByTheFuture);
  }
}
