package io.qilin.security.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BodyHashTest {
  @Test
  void whenABodyIsHashed_thenItIsSha256() {
    assertThat(BodyHash.of("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(BodyHash.EMPTY)
        .isEqualTo(BodyHash.of(new byte[0]))
        .hasSameHashCodeAs(BodyHash.of(new byte[0]));
    assertThat(BodyHash.EMPTY)
        .isNotEqualTo(BodyHash.of(new byte[1]))
        .hasToString(BodyHash.EMPTY.hex());
  }

  @Test
  void whenABodyIsTooLong_thenReadingStops() {
    assertThat(BodyHash.of(new ByteArrayInputStream(new byte[9_000]), 9_000))
        .isEqualTo(BodyHash.of(new byte[9_000]));
    assertThatThrownBy(() -> BodyHash.of(new ByteArrayInputStream(new byte[9_001]), 9_000))
        .hasMessageContaining("QILIN-6003 the body is longer than 9000 bytes");
  }

  @Test
  void whenABodyCannotBeRead_thenTheErrorIsTyped() {
    InputStream broken = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("reset");
      }
    };

    assertThatThrownBy(() -> BodyHash.of(broken, 10))
        .hasMessageContaining("QILIN-5004")
        .hasCauseInstanceOf(IOException.class);
  }
}
