package io.qilin.testkit;

import static io.qilin.testkit.Failures.assertFails;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A correct rule keeps the contract; each defect is found by the test that is meant for it. */
class RiskRuleTckTest {
  /** The contract with the cases that {@link HistoryRule} needs. */
  private static class Judge extends RiskRuleTck {
    private final RiskRule rule;

    Judge(RiskRule rule) {
      this.rule = rule;
    }

    @Override
    protected RiskRule rule() {
      return rule;
    }

    @Override
    protected Case passing() {
      return at("19.99");
    }

    @Override
    protected Case rejected() {
      return at("20.01");
    }

    @Override
    protected Set<Reads> reads() {
      return EnumSet.allOf(Reads.class);
    }

    private static Case at(String price) {
      Panel history = Panels.closes(9, 10);
      return new Case(
          new Order(Panels.SYMBOL, Side.BUY, new BigDecimal(price), 100),
          new RiskContext(
              history.lastDay().plusDays(1),
              history,
              Snapshots.securities(history.symbols()),
              Portfolio.ofCash(Money.ZERO)));
    }
  }

  @Nested
  class ACorrectRule extends Judge {
    ACorrectRule() {
      super(new HistoryRule());
    }
  }

  /** A rule that throws where it knows nothing is allowed to. */
  @Nested
  class ARuleThatThrows extends Judge {
    ARuleThatThrows() {
      super(new HistoryRule() {
        @Override
        RiskVerdict unknown(String reason) {
          throw QilinException.invalid(reason);
        }
      });
    }
  }

  private static Judge always(RiskVerdict verdict) {
    return new Judge(new HistoryRule() {
      @Override
      public RiskVerdict check(Order order, RiskContext context) {
        return verdict;
      }
    });
  }

  @Test
  void whenTheIdIsNotKebabCase_thenThatIsFound() {
    assertFails(new Judge(new HistoryRule() {
      @Override
      public String id() {
        return "Twice the close";
      }
    })::whenAskedForItsId_thenItIsKebabCase);
  }

  @Test
  void whenItPassesEverything_thenThatIsFound() {
    assertFails(
        always(RiskVerdict.pass())::whenTheOrderBreaksTheRule_thenItIsRejectedWithRuleAndReason);
  }

  @Test
  void whenItRejectsEverything_thenThatIsFound() {
    assertFails(
        always(new RiskVerdict.Reject("twice-the-close", "no"))::whenTheOrderObeys_thenItPasses);
  }

  @Test
  void whenTheRejectionNamesAnotherRule_thenThatIsFound() {
    assertFails(
        always(new RiskVerdict.Reject("other", "no"))
            ::whenTheOrderBreaksTheRule_thenItIsRejectedWithRuleAndReason);
  }

  @Test
  void whenTheReasonIsBlank_thenThatIsFound() {
    assertFails(new Judge(new HistoryRule() {
      @Override
      String reason(Order order, double close) {
        return " ";
      }
    })::whenTheOrderBreaksTheRule_thenItIsRejectedWithRuleAndReason);
  }

  @Test
  void whenItCounts_thenThatIsFound() {
    AtomicInteger calls = new AtomicInteger();
    Judge counting = new Judge(new HistoryRule() {
      @Override
      String reason(Order order, double close) {
        return "rejection " + calls.incrementAndGet();
      }
    });
    assertFails(counting::whenAskedTwice_thenTheVerdictIsTheSame);
    assertFails(counting::whenAskedByManyThreads_thenTheVerdictIsTheSame);
  }

  private static Judge strict(Predicate<Order> objects, RiskVerdict verdict) {
    return new Judge(new HistoryRule() {
      @Override
      public RiskVerdict check(Order order, RiskContext context) {
        return objects.test(order) ? verdict : super.check(order, context);
      }
    });
  }

  @Test
  void whenItJudgesHowThePriceIsWritten_thenThatIsFound() {
    assertFails(
        strict(order -> order.price().scale() > 2, new RiskVerdict.Reject("twice-the-close", "no"))
            ::whenThePriceIsWrittenWithMoreZeros_thenTheVerdictIsTheSame);
  }

  @Test
  void whenItOverflows_thenThatIsFound() {
    assertFails(
        strict(order -> Math.multiplyExact(order.shares(), 100L) < 0, RiskVerdict.pass())
            ::whenTheOrderIsAsLargeAsCanBe_thenThereIsAVerdictOrATypedError);
  }

  @Test
  void whenItFailsOnAnUnknownShare_thenThatIsFound() {
    assertFails(strict(
        order -> order.symbol().code().charAt(0) > '9'
            && Integer.parseInt(order.symbol().code()) < 0,
        RiskVerdict.pass())::whenNobodyKnowsTheShare_thenThereIsAVerdictOrATypedError);
  }

  @Test
  void whenItPassesTheUnknown_thenThatIsFound() {
    Judge open = new Judge(new HistoryRule() {
      @Override
      RiskVerdict unknown(String reason) {
        return RiskVerdict.pass();
      }
    });
    assertFails(open::whenPricesAreUnknown_thenItDoesNotPassIfItReadsThem);
    assertFails(open::whenTheShareIsNotInTheHistory_thenItDoesNotPassIfItReadsIt);
    assertFails(open::whenTheShareIsOfUnknownKind_thenItDoesNotPassIfItReadsThat);
  }

  @Test
  void whenItReadsMoreThanItDeclares_thenThatIsFound() {
    Judge undeclared = new Judge(new HistoryRule()) {
      @Override
      protected Set<Reads> reads() {
        return Set.of();
      }
    };
    assertFails(undeclared::whenPricesAreUnknown_thenItDoesNotPassIfItReadsThem);
    assertFails(undeclared::whenTheShareIsNotInTheHistory_thenItDoesNotPassIfItReadsIt);
    assertFails(undeclared::whenTheShareIsOfUnknownKind_thenItDoesNotPassIfItReadsThat);
  }
}
