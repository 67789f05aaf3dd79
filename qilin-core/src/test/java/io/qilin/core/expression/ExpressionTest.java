package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$a + $b * $c; $a+$b*$c",
        "($a + $b) * $c; ($a+$b)*$c",
        "$a-($b-$c); $a-($b-$c)",
        "($a-$b)-$c; $a-$b-$c",
        "$a**$b**$c; $a**$b**$c",
        "($a**$b)**$c; ($a**$b)**$c",
        "-$a**2; -$a**2",
        "(-$a)**2; (-$a)**2",
        "2**-$a; 2**-$a",
        "--$a; $a",
        "$a--1; $a--1",
        "$a>$b; $a>$b",
        "($a>$b)&($c>1)|($d<=2); ($a>$b)&($c>1)|($d<=2)",
        "($a>$b)==($c>$d); ($a>$b)==($c>$d)",
        "Add($a,Mul($b,2)); $a+$b*2",
        "Power(-1,$a); (-1)**$a",
        "Gt($a,$b); $a>$b",
        "($a>$b)+($c>$d); ($a>$b)|($c>$d)",
        "($a>$b)*($c>$d); ($a>$b)&($c>$d)",
        "Mean( $CLOSE ,5 ); Mean($close,5)",
        "Rolling($close,5,'mean'); Mean($close,5)",
        "Mask($a,'SH600000'); ChangeInstrument('SH600000',$a)",
        "ChangeInstrument(\"600000.SS\",$a); ChangeInstrument('SH600000',$a)",
        "ChangeInstrument('MSFT',$a); ChangeInstrument('MSFT',$a)",
        "$a*(2+3); $a*5",
        "$a*(7/2); $a*3.5",
        "$a*(4/2); $a*2.0",
        "$a+1e-12; $a+1e-12",
        "$a+.5; $a+0.5",
        "$a+1000000.0; $a+1e+6",
        "Mean($a,10*2); Mean($a,20)",
        "Quantile($a,5,0.8); Quantile($a,5,0.8)",
        "$收盘价/$a; $收盘价/$a",
        "Product($a, 5)+DecayLinear($b, 3); Product($a,5)+DecayLinear($b,3)",
        "CSRank( $a ); CSRank($a)",
        "CSRank($a>$b); CSRank($a>$b)",
        "CSScale($a, 1); CSScale($a,1)",
        "CSScale($a, 1.5); CSScale($a,1.5)",
        "CSBucket($a, 10); CSBucket($a,10)",
        "CSWinsorize($a, 0.01); CSWinsorize($a,0.01)",
        "CSClip($a, 3); CSClip($a,3)",
        "CSZScore(CSDemean($a)); CSZScore(CSDemean($a))",
        "CSNeutralize($a, $g); CSNeutralize($a,$g)",
        "CSNeutralize($a,$g,$b,Log($c)); CSNeutralize($a,$g,$b,Log($c))",
        "CSResidual($a,1/$b); CSResidual($a,1/$b)",
        "CSResidual($a,$a,$b,$c,$d,$e,$f,$g,$h); CSResidual($a,$a,$b,$c,$d,$e,$f,$g,$h)",
        "CSRank(Mask($a,'SH600000')); CSRank(ChangeInstrument('SH600000',$a))",
      })
  void whenParsed_thenPrintsItsMeaning(String text, String printed) {
    Expression expression = Expression.parse(text);

    assertThat(expression).hasToString(printed);
    assertThat(Expression.parse(printed)).isEqualTo(expression).hasSameHashCodeAs(expression);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$a; 0; 0",
        "$a+1; 0; 0",
        "Mean($a,5); 4; 0",
        "Mean(Ref($a,3),5); 7; 0",
        "Corr($a,Ref($b,1),20); 20; 0",
        "Delta($a,5)/Mean($a,3); 5; 0",
        "Slope($a,60); 59; 0",
        "Ref($a,-2)/Ref($a,-1)-1; 0; 2",
        "Ref(Mean($a,5),-5); 4; 5",
        "Ref(Ref($a,-2),2); 2; 2",
        "Delta($a,-3); 0; 3",
        "EMA($a,12); ; 0",
        "Mean($a,0.5); ; 0",
        "Mean(Mean($a,0),5); ; 0",
        "Ref($a,0); ; 0",
        "ChangeInstrument('SH000300',Mean($a,5)); 4; 0",
        "Product($a,5); 4; 0",
        "DecayLinear(CSRank(Delta($a,2)),8); 9; 0",
        "CSScale(Mean($a,5),20); 4; 0",
        "CSNeutralize(Ref($a,1),Ref($g,3),Ref($a,-2)); 3; 2",
      })
  void whenAsked_thenTellsHowFarItReads(String text, Integer lookBack, int lookAhead) {
    Expression expression = Expression.parse(text);

    assertThat(expression.lookBack())
        .isEqualTo(lookBack == null ? OptionalInt.empty() : OptionalInt.of(lookBack));
    assertThat(expression.lookAhead()).isEqualTo(lookAhead);
    assertThat(expression.futureReads().isEmpty()).isEqualTo(lookAhead == 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$a>$b; BOOLEAN",
        "Not($a>$b); BOOLEAN",
        "Abs($a>$b); BOOLEAN",
        "Greater($a>$b,$c>$d); BOOLEAN",
        "If($a>$b,$c>$d,$d>$c); BOOLEAN",
        "If($a>$b,$c>$d,0); NUMBER",
        "Ref($a>$b,1); SHIFTED_BOOLEAN",
        "Ref($a>$b,0); BOOLEAN",
        "And($a>$b,Ref($a>$b,1)); BOOLEAN",
        "($a>$b)*1; NUMBER",
        "1-($a>$b); NUMBER",
        "Mean($a>$b,5); NUMBER",
        "-Ref($a>$b,1); NUMBER",
        "Mask($a>$b,'SH600000'); BOOLEAN",
        "CSRank($a>$b); NUMBER",
      })
  void whenAsked_thenTellsItsType(String text, ValueType type) {
    assertThat(Expression.parse(text).type()).isEqualTo(type);
  }

  @Test
  void whenAsked_thenTellsWhatItReads() {
    Expression expression = Expression.parse(
        "$close/Ref($VOLUME,1)+Mask($close,'SH600000')+ChangeInstrument('MSFT',$x)");

    assertThat(expression.fields()).containsExactly(Field.CLOSE, Field.VOLUME, Field.of("x"));
    assertThat(expression.instruments())
        .containsExactlyInAnyOrder(Symbol.parse("600000.SH"), Symbol.other("MSFT"));
  }

  @Test
  void whenAsked_thenTellsWhetherItComparesInstruments() {
    assertThat(Expression.parse("Mean(CSRank($a),3)+1").isCrossSectional()).isTrue();
    assertThat(Expression.parse("Mean(Rank($a,3),3)+1").isCrossSectional()).isFalse();
    assertThat(Operator.CS_RESIDUAL.isCrossSectional()).isTrue();
    assertThat(Operator.DECAY_LINEAR.isCrossSectional()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void whenAskedForTheCost_thenItIsPositiveAndDoesNotShrinkWithTheWindow(Operator operator) {
    assertThat(operator.cost(5)).isPositive().isLessThanOrEqualTo(operator.cost(60));
    assertThat(operator.cost(0)).isEqualTo(operator.cost(250));
    assertThat(operator.cost(0.5)).isPositive().isLessThan(100);
    assertThat(operator.cost(-5)).isEqualTo(operator.cost(5));
  }

  @Test
  void whenTwoTextsMeanTheSame_thenTheyAreEqual() {
    assertThat(Expression.parse("Sub($close, Mean($close, 5))"))
        .isEqualTo(Expression.parse("$close-Mean($close,5)"))
        .isNotEqualTo(Expression.parse("$close-Mean($close,6)"))
        .isNotEqualTo("$close-Mean($close,5)");
  }
}
