package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldKindsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '#',
      value = {
        "IDENTIFIER ~ 600519.SH ~ -1",
        "IDENTIFIER ~ 茅台_1:a@b-c ~ -1",
        "IDENTIFIER ~ ## ~ 0",
        "IDENTIFIER ~ a b ~ 2",
        "IDENTIFIER ~ a/b ~ 2",
        "IDENTIFIER ~ a' ~ 2",
        "NUMBER ~ 1 ~ -1",
        "NUMBER ~ -1.5e-3 ~ -1",
        "NUMBER ~ +.5 ~ -1",
        "NUMBER ~ 5. ~ -1",
        "NUMBER ~ 1E9 ~ -1",
        "NUMBER ~ . ~ 1",
        "NUMBER ~ - ~ 1",
        "NUMBER ~ ## ~ 0",
        "NUMBER ~ 1e ~ 2",
        "NUMBER ~ 1e+ ~ 3",
        "NUMBER ~ 1 or 1 ~ 2",
        "NUMBER ~ 0x1 ~ 2",
        "NUMBER ~ NaN ~ 1",
        "EXPRESSION ~ Mean($close,5)/Ref($close,1)-1>0 && ($a|$b)^2 ~ -1",
        "EXPRESSION ~ $close; ~ 7",
        "EXPRESSION ~ a'b ~ 2",
        "EXPRESSION ~ a`b ~ 2",
        "EXPRESSION ~ {a} ~ 1",
        "EXPRESSION ~ 价 ~ 1",
        "PATH ~ a/b.csv ~ -1",
        "PATH ~ a..b/..c ~ -1",
        "PATH ~ ## ~ 0",
        "PATH ~ /a ~ 1",
        "PATH ~ ../a ~ 1",
        "PATH ~ a/.. ~ 3",
        "PATH ~ a/../b ~ 3",
        "PATH ~ a\\b ~ 2",
        "PATH ~ a%2f ~ 2",
        "PATH ~ c:a ~ 2",
        "TEXT ~ a' or 1=1 ~ -1",
        "FREE_TEXT ~ a' or 1=1 ~ -1"
      })
  void whenATextIsOfAKind_thenTheFirstMisfitIsTold(FieldKind kind, String text, int misfit) {
    assertThat(FieldKinds.misfit(kind, text)).isEqualTo(misfit);
  }

  @Test
  void whenATextIsAsLongAsItsKindAllows_thenOneMoreCharacterIsAMisfit() {
    assertThat(FieldKinds.misfit(FieldKind.IDENTIFIER, "a".repeat(128))).isEqualTo(-1);
    assertThat(FieldKinds.misfit(FieldKind.IDENTIFIER, "a".repeat(129))).isEqualTo(129);
    assertThat(FieldKinds.misfit(FieldKind.NUMBER, "1".repeat(64))).isEqualTo(-1);
    assertThat(FieldKinds.misfit(FieldKind.NUMBER, "1".repeat(65))).isEqualTo(65);
    assertThat(FieldKinds.misfit(FieldKind.EXPRESSION, "1".repeat(4096))).isEqualTo(-1);
    assertThat(FieldKinds.misfit(FieldKind.EXPRESSION, "1".repeat(4097))).isEqualTo(4097);
    assertThat(FieldKinds.misfit(FieldKind.PATH, "a\nb")).isEqualTo(2);
  }
}
