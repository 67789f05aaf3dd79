package io.qilin.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> WORDS =
      List.of("demo", "factors", "quality", "recommend", "replay");

  @Test
  void whenALetterIsMissing_thenTheWordIsFound() {
    assertThat(NearestName.of("fators", WORDS)).contains("factors");
    assertThat(NearestName.of("recomend", WORDS)).contains("recommend");
    assertThat(NearestName.of("qualtiy", WORDS)).contains("quality");
  }

  @Test
  void whenANameIsNear_thenTheHintQuotesIt() {
    assertThat(NearestName.hint("Replai", WORDS)).isEqualTo("; did you mean 'replay'?");
    assertThat(NearestName.hint("xyzzyxyzzy", WORDS)).isEmpty();
  }

  @Test
  void whenNothingIsNear_thenNothingIsProposed() {
    assertThat(NearestName.of("xyzzyxyzzy", WORDS)).isEmpty();
    assertThat(NearestName.of("x".repeat(100_000), WORDS)).isEmpty();
  }
}
