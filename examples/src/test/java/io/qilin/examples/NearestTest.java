package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> WORDS =
      List.of("demo", "factors", "quality", "recommend", "replay");

  @Test
  void whenALetterIsMissing_thenTheWordIsFound() {
    assertThat(Nearest.to("fators", WORDS)).contains("factors");
    assertThat(Nearest.to("recomend", WORDS)).contains("recommend");
    assertThat(Nearest.to("qualtiy", WORDS)).contains("quality");
  }

  @Test
  void whenNothingIsNear_thenNothingIsProposed() {
    assertThat(Nearest.to("xyzzyxyzzy", WORDS)).isEmpty();
    assertThat(Nearest.to("x".repeat(100_000), WORDS)).isEmpty();
  }
}
