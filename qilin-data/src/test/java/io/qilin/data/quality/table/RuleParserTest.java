package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {
  @Test
  void whenRulesAreWritten_thenTheyAreRead() {
    TableRules rules = TableRules.parse("""
        # the key is shown with findings
        key instrument,date

        complete close 0.99
        critical unique instrument,date as one-row   # conflicting rows
        warning where board = 'STAR' and pct is known range pct -0.2 0.2 as star
        """);
    assertThat(rules.key()).containsExactly("instrument", "date");
    assertThat(rules.rules())
        .containsExactly(
            TableRule.of(new TableCheck.Complete("close", 0.99)),
            TableRule.of(new TableCheck.Unique(List.of("instrument", "date")))
                .severity(QualitySeverity.CRITICAL)
                .named("one-row"),
            TableRule.of(new TableCheck.Range("pct", -0.2, 0.2))
                .severity(QualitySeverity.WARNING)
                .where(new RowCondition.Texts("board", true, Set.of("STAR")))
                .where(new RowCondition.Known("pct", true))
                .named("star"));
  }

  @Test
  void whenAnEditorMarksTheByteOrder_thenTheFirstRuleIsRead() {
    assertThat(TableRules.parse("\ufeffcomplete close\r\n"))
        .isEqualTo(TableRules.parse("complete close"));
  }

  @Test
  void whenAWordIsWrong_thenLineAndCaretShowIt() {
    assertThatThrownBy(() -> TableRules.parse("complete close\nrange open 1 x\n"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining("line 2: expected a number\n  range open 1 x\n               ^");
    assertThatThrownBy(() -> TableRules.parse("complet close"))
        .hasMessageContaining("did you mean complete?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "range close 2 1",
        "complete close 1.5",
        "matches code '(a'",
        "matches code '(a)\\\\1'",
        "where close range close 0 1",
        "unique a,a",
        "one-of a 'open",
        "finite a b",
        "complete a as b\ncomplete c as b",
        "range close 0 NaN",
        "fresh day within -1",
        "where x is unknown finite a",
        "complete a of beauty",
        "key a\ncomplete a\nkey b",
        "complete a\n\ufeffcomplete b"
      })
  void whenALineIsNoRule_thenATypedErrorSaysSo(String text) {
    assertThatThrownBy(() -> TableRules.parse(text))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
  }
}
