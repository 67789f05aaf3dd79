package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeLlmServerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stream\":true} | true",
        "{ \"stream\" : true } | true",
        "{\"stream\":false} | false",
        "{\"stream_options\":{}} | false"
      })
  void whenAClientAsksForAStream_thenBlanksInItsJsonDoNotMatter(String body, boolean streamed) {
    assertThat(new FakeLlmServer.Question("/v1/chat/completions", Map.of(), body).streamed())
        .isEqualTo(streamed);
  }
}
