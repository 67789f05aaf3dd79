package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GuardedServiceTest {
  @Test
  void whenCallsComeIn_thenOnlyWhatIsProvedPassesAndAllOfItIsRecorded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GuardedService.run(Runnable::run, new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "audit: INTENT read by li",
            "audit: SUCCEEDED read by li",
            "factors/alpha158 for li",
            "audit: DENIED submit by li",
            "AUTHORIZATION",
            "audit: DENIED submit by zhang",
            "STEP_UP_REQUIRED",
            "audit: DENIED read by li",
            "AUTHORIZATION",
            "audit: DENIED read by ?",
            "AUTHENTICATION");
  }
}
