package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;

/** What is written is read by another reader as it was meant, and anything can be offered to the own one. */
class JsonPropertyTest {
  @Property(tries = 300)
  void whenABodyIsWritten_thenAnotherReaderReadsTheSame(
      @ForAll String name, @ForAll String text, @ForAll byte[] bytes, @ForAll List<Long> numbers) {
    org.junit.jupiter.api.Assumptions.assumeTrue(isWhole(name) && isWhole(text));
    try (JsonBody body = new JsonBody()) {
      body.begin(name + "1", '{')
          .text(name, text)
          .end('}')
          .base64("b", bytes)
          .numbers("n", numbers);
      JsonNode read = FakeVault.MAPPER.readTree(body.bytes());

      assertThat(read.path(name + "1").path(name).asString()).isEqualTo(text);
      assertThat(Base64.getDecoder().decode(read.path("b").asString())).isEqualTo(bytes);
      assertThat(read.path("n")).hasSize(numbers.size());
      assertThat(Json.parse(body.bytes()).orElseThrow().at(name + "1").at(name).text())
          .contains(text);
    }
  }

  private static boolean isWhole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property(tries = 300)
  void whenAnyBytesAreRead_thenNothingIsThrown(@ForAll byte[] bytes) {
    assertThat(Json.parse(bytes)).isNotNull();
  }

  @Property(tries = 300)
  void whenAPathIsEncoded_thenItStaysBelowTheMount(@ForAll String path) {
    String encoded;
    try {
      encoded = VaultPath.encoded(path);
    } catch (io.qilin.api.error.QilinException refused) {
      return;
    }
    URI uri = URI.create("http://x/v1/secret/data/" + encoded);
    assertThat(uri.normalize().getRawPath()).startsWith("/v1/secret/data/");
    assertThat(uri.getRawQuery()).isNull();
    assertThat(uri.getRawFragment()).isNull();
  }
}
