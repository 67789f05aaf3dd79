package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.DocFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OperatorPageTest {
  @Test
  void whenThePageIsRead_thenItIsWhatTheCodeSays() throws IOException {
    DocFile.check("operators.md", OperatorPage.text(), OperatorPageTest.class);
  }

  @Test
  void whenTheJavadocIsRead_thenEveryOperatorIsExplained() throws IOException {
    assertThat(OperatorSource.meanings()).containsOnlyKeys(Operator.values());
    assertThat(OperatorSource.meanings().get(Operator.GT))
        .isEqualTo("Whether a > b; false with `NaN`");
  }
}
