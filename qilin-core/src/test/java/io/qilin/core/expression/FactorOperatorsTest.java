package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactorOperatorsTest {
  private static final FactorOperators RANGE = FactorOperators.of(List.of(new Range()));

  @Test
  void whenAnOperatorIsAdded_thenExpressionsReadItAndTellItsReach() {
    Expression expression = parse("1-Range(Mean($a, 5), $b, 3, 2)");

    assertThat(expression).hasToString("1-Range(Mean($a,5),$b,3,2)");
    assertThat(parse(expression.toString())).isEqualTo(expression);
    assertThat(expression.lookBack()).hasValue(4 + 2);
    assertThat(expression.lookAhead()).isEqualTo(2);
    assertThat(expression.futureReads()).hasToString("[Range(Mean($a,5),$b,3,2)]");
    assertThat(expression.type()).isEqualTo(ValueType.NUMBER);
    assertThat(parse("Mask(Range($a,$b,1,0),'SH600000')").futureReads()).isEmpty();
  }

  @Test
  void whenTwoOperatorsHaveTheSameName_thenExpressionsWithThemDiffer() {
    FactorOperators others = FactorOperators.of(List.of(new Range()));

    assertThat(parse("Range($a,$b,1,0)"))
        .isNotEqualTo(Expression.parse("Range($a,$b,1,0)", ExpressionLimits.DEFAULT, others));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "Range($a,$b,3); TYPE; Range takes 4 arguments, not 3",
        "Range($a,2,3,0); TYPE; needs a series where it has the constant 2",
        "Range($a,$b,$c,0); TYPE; needs a constant as each of its last 2",
        "Range($a,$b,0,0); TYPE; needs N from 1 and M from 0",
        "Range($a,$b,'x',0); TYPE; the signature is Range(x1, x2, p1, p2)",
        "Range($a,$b,2520,1); LIMIT; has 2521 rows, the limit is 2520",
        "Range($a,$b,2520,2520); LIMIT; the limit is 2520",
        "Ranges($a,$b,1,0); SYNTAX; did you mean Range(x1, x2, p1, p2)?",
        "Range; SYNTAX; write Range(x1, x2, p1, p2)",
      })
  void whenCalledWrongly_thenRefusedWithTheSignature(String text, String code, String part) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(ExpressionException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.valueOf("EXPRESSION_" + code));
          assertThat(e.getMessage().lines()).hasSize(4);
        })
        .hasMessageContaining(part);
  }

  @Test
  void whenItIsNotAdded_thenItIsUnknown() {
    assertThatThrownBy(() -> Expression.parse("Range($a,$b,1,0)"))
        .hasMessageContaining("unknown operator 'Range'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mean", "CSRank", "Mask", "Rolling", "NaN", "P", "", "a b", "1a", "é"})
  void whenTheNameIsTakenOrNoIdentifier_thenRefusedWithTheClass(String name) {
    assertRefused(
        new Range() {
          @Override
          public String name() {
            return name;
          }
        },
        "name");
  }

  @Test
  void whenTwoShareAName_thenRefused() {
    assertThatThrownBy(() -> FactorOperators.of(List.of(new Range(), new Range())))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining("two operators are named 'Range'");
  }

  @Test
  void whenItReadsNothingOrTooMuch_thenRefused() {
    assertRefused(
        new Range() {
          @Override
          public int operands() {
            return 0;
          }
        },
        "1 to 4 series, not 0");
    assertRefused(
        new Range() {
          @Override
          public int parameters() {
            return 5;
          }
        },
        "0 to 4 constants, not 5");
  }

  @Test
  void whenItFailsWhenAsked_thenRefused() {
    assertRefused(
        new Range() {
          @Override
          public String name() {
            throw new IllegalStateException("asleep");
          }
        },
        "asleep");
  }

  @Test
  void whenItFailsOnItsConstants_thenTheExpressionIsRefused() {
    FactorOperator broken = new Range() {
      @Override
      public void check(double[] parameters) {
        throw new IllegalStateException("asleep");
      }
    };
    FactorOperator backwards = new Range() {
      @Override
      public int rows(double[] parameters) {
        return 0;
      }
    };

    assertThatThrownBy(() -> parse("Range($a,$b,1,0)", broken))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("asleep")
        .hasMessageContaining("mend the class");
    assertThatThrownBy(() -> parse("Range($a,$b,1,0)", backwards))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("a window of 0 rows");
  }

  @Test
  void whenTheHostAsks_thenOperatorsAreDiscovered(@TempDir Path folder) throws IOException {
    try (URLClassLoader loader = loader(folder, Range.class.getName())) {
      assertThat(FactorOperators.discover(loader).names()).containsExactly("Range");
      assertThat(FactorOperators.discover(loader).named("Range")).containsInstanceOf(Range.class);
    }
    assertThat(FactorOperators.NONE.names()).isEmpty();
  }

  @Test
  void whenOneCannotBeLoaded_thenAllAreRefused(@TempDir Path folder) throws IOException {
    try (URLClassLoader loader = loader(folder, Range.class.getName() + "\nno.such.Operator")) {
      assertThatThrownBy(() -> FactorOperators.discover(loader))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
          .hasMessageContaining("no.such.Operator");
    }
  }

  private static URLClassLoader loader(Path folder, String classes) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(FactorOperator.class.getName()), classes + "\n");
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, FactorOperatorsTest.class.getClassLoader());
  }

  private static Expression parse(String text) {
    return Expression.parse(text, ExpressionLimits.DEFAULT, RANGE);
  }

  private static Expression parse(String text, FactorOperator operator) {
    return Expression.parse(text, ExpressionLimits.DEFAULT, FactorOperators.of(List.of(operator)));
  }

  private static void assertRefused(FactorOperator operator, String part) {
    assertThatThrownBy(() -> FactorOperators.of(List.of(operator)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
        .hasMessageContaining(operator.getClass().getName())
        .hasMessageContaining(part);
  }
}
