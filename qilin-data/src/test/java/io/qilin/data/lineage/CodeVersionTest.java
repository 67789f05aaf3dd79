package io.qilin.data.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorPlan;
import org.junit.jupiter.api.Test;

class CodeVersionTest {
  @Test
  void whenAClassOfQilinIsInNoJar_thenItsVersionIsThatOfTheBuild() {
    CodeVersion version = CodeVersion.of(FactorPlan.class);

    assertThat(version.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.]+)?");
    assertThat(CodeVersion.of(Panel.class)).isEqualTo(version);
    assertThat(CodeVersion.of(LineageRecorder.class)).isEqualTo(version);
    assertThat(version.toString()).doesNotContain("$");
  }

  @Test
  void whenNothingIsStated_thenTheVersionIsUnknown() {
    assertThat(CodeVersion.of(String.class)).isEqualTo(CodeVersion.of("unknown"));
  }
}
