package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionErrorTest {
  @Test
  void whenAnOperatorIsMisspelt_thenThePlaceAndTheNearestAreShown() {
    ExpressionException e = refused("$close/Means($close,5)");

    assertThat(e.code()).isEqualTo(ErrorCode.EXPRESSION_SYNTAX);
    assertThat(e.position()).isEqualTo(7);
    assertThat(e).hasMessage("""
            QILIN-2100 unknown operator 'Means'
              $close/Means($close,5)
                     ^
              did you mean Mean(x, N)?""");
  }

  @Test
  void whenHostileCharactersStandBefore_thenTheyAreEscapedAndTheCaretStillFits() {
    assertThat(refused("$收盘价+Me\u0430n($close,5)")).hasMessage("""
            QILIN-2100 unexpected character U+0430 (CYRILLIC SMALL LETTER A)
              $收盘价+Me\\u0430n($close,5)
                        ^
              only ASCII is read here; type the character again with an English keyboard""");
  }

  @Test
  void whenTheTextIsLong_thenOnlyTheSurroundingsAreShown() {
    ExpressionException e = refused("$close+".repeat(100) + "Foo($close)" + "+$close".repeat(100));

    assertThat(e.position()).isEqualTo(700);
    assertThat(e.getMessage().lines()).hasSize(4).allMatch(line -> line.length() < 400);
    assertThat(e.getMessage().lines().skip(1).findFirst().orElseThrow())
        .startsWith("  …")
        .endsWith("…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // text; code; position; part of the message
        "` `; SYNTAX; 0; the expression is empty",
        "(; SYNTAX; 1; ends too early",
        "1+; SYNTAX; 2; ends too early",
        "Mean($close,5; SYNTAX; 4; never closed",
        "(($close); SYNTAX; 0; never closed",
        "$close); SYNTAX; 6; without its (",
        "Mean($close 5); SYNTAX; 12; expected )",
        "Mean(,5); SYNTAX; 5; a value is missing",
        "$close $open; SYNTAX; 7; expected an operator",
        "$close and $open; SYNTAX; 7; write (a) & (b)",
        "$close or $open; SYNTAX; 7; write (a) | (b)",
        "not $close; SYNTAX; 0; Not(...)",
        "$a>$b>$c; SYNTAX; 5; cannot be chained",
        "$; SYNTAX; 0; without the name",
        "${jndi:ldap://x}; SYNTAX; 0; without the name",
        "$close.mean(5); SYNTAX; 6; called as functions",
        "$close[0]; SYNTAX; 6; Ref(x, N)",
        "$close@5min; SYNTAX; 6; frequency",
        "$close % 2; SYNTAX; 7; remainder",
        "$close // 2; SYNTAX; 8; a value is missing",
        "$close ^ 2; SYNTAX; 7; **",
        "$close = 2; SYNTAX; 7; ==",
        "~($close>1); SYNTAX; 0; Not(",
        "Mean($close,5) # x; SYNTAX; 15; comment",
        "5min; SYNTAX; 0; not a number",
        "$a+05; SYNTAX; 3; not a number",
        "$a+1_000; SYNTAX; 3; not a number",
        "$a+1.2.3; SYNTAX; 3; not a number",
        "$a+0x10; SYNTAX; 3; not a number",
        "$a+1e; SYNTAX; 3; not a number",
        "abs($close); SYNTAX; 0; did you mean Abs(x)?",
        "close+1; SYNTAX; 0; a field is written $close",
        "Mean; SYNTAX; 0; write Mean(x, N)",
        "Mask($close,SH600000); SYNTAX; 12; stands in quotes",
        "Mask($close,'SH 600000'); SYNTAX; 15; in quotes",
        "'close; SYNTAX; 0; never closed",
        "__import__('os').system('id'); SYNTAX; 0; unknown operator",
        "().__class__; SYNTAX; 1; a value is missing",
        "1; TYPE; 0; a constant alone",
        "True; TYPE; 0; no value",
        "Mean($close,NaN); TYPE; 12; no value",
        "'close'; TYPE; 0; text in quotes",
        "$$roe_q; TYPE; 0; point-in-time",
        "P($$roe_q); TYPE; 0; point-in-time",
        "PRef($a,1); TYPE; 0; point-in-time",
        "TResample($close,'W','last'); TYPE; 0; rolling operator",
        "Feature('close'); TYPE; 0; $close",
        "Add(1,2); TYPE; 0; at least one operand must be a series",
        "$a>1+(2>1); TYPE; 7; comparison of constants",
        "$a+1/0; TYPE; 4; not a finite number",
        "$a+1e999; TYPE; 3; not a finite number",
        "Mean(5,5); TYPE; 0; needs a series",
        "Mean($close); TYPE; 0; Mean takes 2 arguments, not 1",
        "Abs($close,1); TYPE; 0; Abs takes 1 argument, not 2",
        "Abs(); TYPE; 0; not 0",
        "Mean($close,$open); TYPE; 12; must be a constant",
        "Max($close,$open); TYPE; 11; Greater(a, b)",
        "Min($close,$open); TYPE; 11; Less(a, b)",
        "Mean($close,-3); TYPE; 12; whole number from 1",
        "Mean($close,5.0); TYPE; 12; whole number",
        "Mean($close,1.5); TYPE; 12; whole number",
        "Mean($close,10/2); TYPE; 12; whole number",
        "Skew($close,2); TYPE; 12; from 3",
        "Kurt($close,3); TYPE; 12; from 4",
        "Corr($a,$b,0); TYPE; 11; from 1",
        "Ref($close,1.5); TYPE; 11; whole number",
        "EMA($close,-2); TYPE; 11; span",
        "Slope($close,0.5); TYPE; 13; whole number",
        "Quantile($close,5,1.5); TYPE; 18; from 0 to 1",
        "Mean($close,'x'); TYPE; 12; takes no text",
        "And($close,$open); TYPE; 0; needs a boolean",
        "$close>$open&$volume>$open; TYPE; 12; ($close > $open) & ($volume > 0)",
        "Not($close); TYPE; 0; Not($close > $open)",
        "Not(Ref($a>$b,1)); TYPE; 0; Ref(b, N) > 0",
        "($a>$b)-($c>$d); TYPE; 7; cannot be subtracted",
        "-($a>$b); TYPE; 0; no sign",
        "+$a; TYPE; 0; leave it out",
        "If(1,$a,$b); TYPE; 0; needs a series",
        "If($a>$b,'a','b'); TYPE; 9; takes no text",
        "Mask(1,'SH600000'); TYPE; 0; the same on every instrument",
        "Mask('SH600000',$a); TYPE; 16; needs an instrument in quotes",
        "Mask($a,''); TYPE; 8; no instrument",
        "Rolling($a,5,'men'); TYPE; 13; did you mean 'mean'?",
        "Rolling($a,5,mean); SYNTAX; 13; unknown name",
        "Mean($close,2147483648); LIMIT; 12; the limit of 2520 rows",
        "Mean($close,99999999999999999999999999); LIMIT; 12; the limit of 2520 rows",
        "Mean($close,2521); LIMIT; 12; the limit of 2520 rows",
        "Ref($close,-2521); LIMIT; 11; the limit of 2520 rows",
        "EMA($close,1e9); LIMIT; 11; the limit of 2520 rows",
        "Product($a,0); TYPE; 11; whole number from 1",
        "DecayLinear($a,2.5); TYPE; 15; whole number from 1",
        "CSRank(5); TYPE; 0; needs a series",
        "CSRank($a,5); TYPE; 0; CSRank takes 1 argument, not 2",
        "CSRnk($a); SYNTAX; 0; did you mean CSRank(x)?",
        "CSScale($a,0); TYPE; 11; above 0",
        "CSScale($a,$b); TYPE; 11; above 0",
        "CSBucket($a,1); TYPE; 12; from 2 to 1000",
        "CSBucket($a,2.0); TYPE; 12; whole",
        "CSBucket($a,1001); TYPE; 12; from 2 to 1000",
        "CSWinsorize($a,0.5); TYPE; 15; less than 0.5",
        "CSWinsorize($a,-0.1); TYPE; 15; from 0",
        "CSClip($a,-3); TYPE; 10; above 0",
        "CSNeutralize($a); TYPE; 0; takes 2 to 10 arguments, not 1",
        "CSNeutralize($a,1); TYPE; 0; needs a series",
        "CSNeutralize($a,$g,1); TYPE; 0; needs a series where it has the constant 1",
        "CSNeutralize($a,$g,$1,$2,$3,$4,$5,$6,$7,$8,$9); TYPE; 0; takes 2 to 10 arguments, not 11",
        "CSResidual($a); TYPE; 0; takes 2 to 9 arguments, not 1",
        "CSResidual($a,$1,$2,$3,$4,$5,$6,$7,$8,$9); TYPE; 0; takes 2 to 9 arguments, not 10",
        "CSResidual($a,'x'); TYPE; 14; takes no text",
        "Mask(CSRank($a),'SH600000'); TYPE; 0; CSRank compares all instruments",
        "ChangeInstrument('SH600000',1+Mean(CSZScore($a),3)); TYPE; 0; compares all instruments",
      })
  void whenWrong_thenCodePlaceAndRemedyAreGiven(
      String text, String code, int position, String part) {
    ExpressionException e = refused(text);

    assertThat(e.code()).isEqualTo(ErrorCode.valueOf("EXPRESSION_" + code));
    assertThat(e.position()).isEqualTo(position);
    assertThat(e).hasMessageContaining(part);
  }

  @Test
  void whenOwnedByAFactor_thenTheMessageBeginsWithIt() {
    ExpressionException e = refused("$a+").of("factor 'F'");

    assertThat(e.position()).isEqualTo(3);
    assertThat(e).hasMessageStartingWith("QILIN-2100 factor 'F': the expression ends too early");
  }

  @Test
  void whenWindowsMayBeLonger_thenTheyAreRead() {
    ExpressionLimits limits = ExpressionLimits.DEFAULT.withMaxWindow(100_000);

    assertThat(Expression.parse("Mean($close,100000)", limits).lookBack()).hasValue(99_999);
    assertThatThrownBy(() -> ExpressionLimits.DEFAULT.withMaxWindow(100_001))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("1 to 100000");
  }

  private static ExpressionException refused(String text) {
    return catchThrowableOfType(ExpressionException.class, () -> Expression.parse(text));
  }
}
