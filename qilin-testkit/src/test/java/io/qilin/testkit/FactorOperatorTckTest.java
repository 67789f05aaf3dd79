package io.qilin.testkit;

import static io.qilin.testkit.Failures.assertFails;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A correct operator keeps the contract; each defect is found by the test that is meant for it. */
class FactorOperatorTckTest {
  /** The contract with the constants that {@link ScaledRange} takes. */
  private static class Judge extends FactorOperatorTck {
    private final FactorOperator operator;

    Judge(FactorOperator operator) {
      this.operator = operator;
    }

    @Override
    protected FactorOperator operator() {
      return operator;
    }

    @Override
    protected List<double[]> goodParameters() {
      return List.of(new double[] {1, 2}, new double[] {5, -0.5});
    }

    @Override
    protected List<double[]> badParameters() {
      return List.of(new double[] {0, 2}, new double[] {1.5, 2});
    }
  }

  /** The change over the rows that are declared, one of them ahead. */
  private static class NextChange extends ScaledRange {
    @Override
    public int rows(double[] parameters) {
      return 2;
    }

    @Override
    public int lookAhead(double[] parameters) {
      return 1;
    }

    @Override
    public double value(double[][] windows, int length, double[] parameters) {
      return windows[0][length - 1] - windows[0][length - 2];
    }
  }

  @Nested
  class ACorrectOperator extends Judge {
    ACorrectOperator() {
      super(new ScaledRange());
    }
  }

  @Nested
  class ACorrectLabel extends Judge {
    ACorrectLabel() {
      super(new NextChange());
    }
  }

  @Test
  void whenItsNameIsNoIdentifier_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public String name() {
        return "scaled range";
      }
    })::whenAskedWhatItIs_thenItIsCallable);
  }

  @Test
  void whenItReadsTooMany_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public int operands() {
        return 5;
      }
    })::whenAskedWhatItIs_thenItIsCallable);
  }

  @Test
  void whenItRefusesGoodConstants_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public void check(double[] parameters) {
        throw QilinException.invalid("no");
      }
    })::whenConstantsAreGood_thenTheyAreAccepted);
  }

  @Test
  void whenItAcceptsBadConstantsOrRefusesThemWithAnotherCode_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public void check(double[] parameters) {}
    })::whenConstantsAreBad_thenTheyAreRefused);
    assertFails(new Judge(new ScaledRange() {
      @Override
      public void check(double[] parameters) {
        throw new QilinException(ErrorCode.SYSTEM, "no");
      }
    })::whenConstantsAreBad_thenTheyAreRefused);
  }

  @Test
  void whenItsWindowDoesNotHoldItsRow_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public int lookAhead(double[] parameters) {
        return rows(parameters);
      }
    })::whenAskedForItsWindow_thenTheRowItselfLiesInIt);
  }

  @Test
  void whenItsCostIsNoNumber_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public double cost(double[] parameters) {
        return Double.NaN;
      }
    })::whenAskedForItsWindow_thenTheRowItselfLiesInIt);
  }

  @Test
  void whenItKeepsSomething_thenThatIsFound() {
    AtomicInteger calls = new AtomicInteger();
    Judge counting = new Judge(new ScaledRange() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        return calls.incrementAndGet();
      }
    });
    assertFails(counting::whenAskedTwice_thenTheBitsAreTheSame);
    assertFails(counting::whenAskedByManyThreads_thenTheBitsAreTheSame);
  }

  @Test
  void whenItWritesItsWindow_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        windows[0][0] += 1;
        return 0;
      }
    })::whenCalled_thenWindowsAndConstantsAreLeftAsTheyWere);
  }

  @Test
  void whenItWritesItsConstants_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public double cost(double[] parameters) {
        return parameters[0]++;
      }
    })::whenCalled_thenWindowsAndConstantsAreLeftAsTheyWere);
  }

  @Test
  void whenItReadsBehindItsWindow_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        return super.value(windows, windows[0].length, parameters);
      }
    })::whenRowsBehindTheWindowChange_thenTheValueDoesNot);
  }

  @Test
  void whenItDeclaresALookAheadThatItDoesNotUse_thenThatIsFound() {
    assertFails(new Judge(new NextChange() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        return windows[0][length - 2];
      }
    })::whenALookAheadIsDeclared_thenRowsAheadMatter);
  }

  @Test
  void whenItFailsOnTheUnknown_thenThatIsFound() {
    assertFails(new Judge(new ScaledRange() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        throw QilinException.invalid("NaN");
      }
    })::whenRowsAreUnknown_thenItStillAnswers);
  }
}
