package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link FactorOperator}: extend, supply the operator, constants that it takes and constants that
 * it refuses; run. A value is a pure function of the window that was declared, and of no row beyond it.
 */
public abstract class FactorOperatorTck {
  private static final int TRIALS = 100;

  /** Rows that lie in the arrays behind the window: the operator must not look at them. */
  private static final int BEHIND = 3;

  private static final long SEED = 20240102;

  /** For subclasses. */
  protected FactorOperatorTck() {}

  /** The operator to judge. */
  protected abstract FactorOperator operator();

  /** Constants that it accepts, at least one set; the set is empty for an operator without constants. */
  protected abstract List<double[]> goodParameters();

  /** Constants that it refuses, at least one set unless it takes none. */
  protected abstract List<double[]> badParameters();

  @Test
  void whenAskedWhatItIs_thenItIsCallable() {
    FactorOperator operator = operator();
    assertThat(operator.name()).matches("[A-Za-z][A-Za-z0-9_]{0,31}").isEqualTo(operator.name());
    assertThat(operator.operands()).isBetween(1, 4).isEqualTo(operator.operands());
    assertThat(operator.parameters()).isBetween(0, 4).isEqualTo(operator.parameters());
  }

  @Test
  void whenConstantsAreGood_thenTheyAreAccepted() {
    assertThat(goodParameters()).isNotEmpty();
    for (double[] parameters : goodParameters()) {
      assertThat(parameters).hasSize(operator().parameters());
      assertThatCode(() -> operator().check(parameters.clone())).doesNotThrowAnyException();
    }
  }

  @Test
  void whenConstantsAreBad_thenTheyAreRefused() {
    assertThat(badParameters().isEmpty()).isEqualTo(operator().parameters() == 0);
    for (double[] parameters : badParameters()) {
      assertThat(parameters).hasSize(operator().parameters());
      assertThatThrownBy(() -> operator().check(parameters.clone()))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  @Test
  void whenAskedForItsWindow_thenTheRowItselfLiesInIt() {
    for (double[] parameters : goodParameters()) {
      FactorOperator operator = operator();
      int ahead = operator.lookAhead(parameters);
      assertThat(ahead).isNotNegative().isEqualTo(operator.lookAhead(parameters));
      assertThat(operator.rows(parameters))
          .isGreaterThan(ahead)
          .isEqualTo(operator.rows(parameters));
      assertThat(operator.cost(parameters)).isNotNegative().isFinite();
    }
  }

  @Test
  void whenAskedTwice_thenTheBitsAreTheSame() {
    FactorOperator operator = operator();
    for (Case one : cases()) {
      long first = bits(operator, one);
      assertThat(bits(operator, one)).isEqualTo(first);
    }
    assertThat(answers(operator)).isEqualTo(answers(operator)).isEqualTo(answers(operator()));
  }

  @Test
  void whenAskedByManyThreads_thenTheBitsAreTheSame()
      throws InterruptedException, ExecutionException {
    FactorOperator operator = operator();
    List<Long> alone = answers(operator());
    assertThat(Parallel.answers(() -> answers(operator))).containsOnly(alone);
  }

  @Test
  void whenCalled_thenWindowsAndConstantsAreLeftAsTheyWere() {
    FactorOperator operator = operator();
    for (Case one : cases()) {
      Case before = one.copy();
      operator.check(one.parameters);
      operator.rows(one.parameters);
      operator.lookAhead(one.parameters);
      operator.cost(one.parameters);
      bits(operator, one);
      assertThat(Arrays.deepEquals(one.windows, before.windows)).isTrue();
      assertThat(Arrays.equals(one.parameters, before.parameters)).isTrue();
    }
  }

  @Test
  void whenRowsBehindTheWindowChange_thenTheValueDoesNot() {
    FactorOperator operator = operator();
    SplittableRandom random = new SplittableRandom(SEED);
    for (Case one : cases()) {
      long before = bits(operator, one);
      for (double[] window : one.windows) {
        fill(window, one.length, window.length, random);
      }
      assertThat(bits(operator, one))
          .as("the value depends on rows behind the declared window")
          .isEqualTo(before);
    }
  }

  @Test
  void whenALookAheadIsDeclared_thenRowsAheadMatter() {
    FactorOperator operator = operator();
    SplittableRandom random = new SplittableRandom(SEED);
    for (double[] parameters : goodParameters()) {
      int ahead = operator.lookAhead(parameters);
      boolean matters = ahead == 0;
      for (int i = 0; i < TRIALS && !matters; i++) {
        Case one = known(operator, parameters, random);
        long before = bits(operator, one);
        for (double[] window : one.windows) {
          Arrays.setAll(
              window, row -> row < one.length - ahead ? window[row] : random.nextDouble());
        }
        matters = bits(operator, one) != before;
      }
      assertThat(matters)
          .as("declares a look-ahead of %s rows but reads none", ahead)
          .isTrue();
    }
  }

  @Test
  void whenRowsAreUnknown_thenItStillAnswers() {
    FactorOperator operator = operator();
    for (Case one : cases()) {
      for (double unknown : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e308, 0}) {
        for (double[] window : one.windows) {
          Arrays.fill(window, unknown);
        }
        assertThatCode(() -> bits(operator, one)).doesNotThrowAnyException();
      }
    }
  }

  private List<Long> answers(FactorOperator operator) {
    return cases().stream().map(one -> bits(operator, one)).toList();
  }

  private static long bits(FactorOperator operator, Case one) {
    return Double.doubleToLongBits(operator.value(one.windows, one.length, one.parameters));
  }

  /** The same windows each time it is called: some known throughout, some with holes and infinities. */
  private List<Case> cases() {
    FactorOperator operator = operator();
    SplittableRandom random = new SplittableRandom(SEED);
    List<Case> cases = new ArrayList<>();
    for (double[] parameters : goodParameters()) {
      for (int i = 0; i < TRIALS; i++) {
        Case one = known(operator, parameters, random);
        if (i % 2 == 1) {
          for (double[] window : one.windows) {
            fill(window, 0, window.length, random);
          }
        }
        cases.add(one);
      }
    }
    return cases;
  }

  private static Case known(FactorOperator operator, double[] parameters, SplittableRandom random) {
    int length = operator.rows(parameters);
    double[][] windows = new double[operator.operands()][length + BEHIND];
    for (double[] window : windows) {
      Arrays.setAll(window, row -> 10 + random.nextDouble());
    }
    return new Case(windows, length, parameters.clone());
  }

  private static void fill(double[] window, int from, int to, SplittableRandom random) {
    for (int row = from; row < to; row++) {
      window[row] = switch (random.nextInt(8)) {
        case 0 -> Double.NaN;
        case 1 -> Double.NEGATIVE_INFINITY;
        case 2 -> 0;
        default -> random.nextDouble(-100, 100);
      };
    }
  }

  /** One window of each series and the constants. */
  private static final class Case {
    private final double[][] windows;
    private final int length;
    private final double[] parameters;

    Case(double[][] windows, int length, double[] parameters) {
      this.windows = windows;
      this.length = length;
      this.parameters = parameters;
    }

    Case copy() {
      double[][] copies = Arrays.stream(windows).map(double[]::clone).toArray(double[][]::new);
      return new Case(copies, length, parameters.clone());
    }
  }
}
