package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiiMaskingReaderTest {
  private static final String[] PIECES = {
    "手机13800138000，",
    "身份证110105191503257439 ",
    "6205 2268 5597 0183;",
    "a.b@example.com ",
    "10.1.2.3,",
    "fe80::1 ",
    "京A12345",
    "\n",
    "成交额16924351979.30元",
    "x",
    "1",
    "\u200b",
    "12 34 ",
    "{\"price\":1486.87}",
    "(+86)13800138000",
    "王明强"
  };

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      if (random.nextInt(4_000) == 0) {
        text.append("a1".repeat(random.nextInt(20_000)));
      }
      if (random.nextInt(4_000) == 0) {
        text.append("\u200b".repeat(random.nextInt(20_000)));
      }
    }
    return text.toString();
  }

  private static String read(Reader reader, Random random) throws IOException {
    StringBuilder all = new StringBuilder();
    char[] piece = new char[5_000];
    int count;
    while ((count = reader.read(piece, 0, 1 + random.nextInt(piece.length))) >= 0) {
      all.append(piece, 0, count);
    }
    return all.toString();
  }

  /** Hands over few characters at a time. */
  private static Reader trickling(String text, Random random) {
    return new Reader() {
      private final StringReader in = new StringReader(text);

      @Override
      public int read(char[] into, int offset, int length) throws IOException {
        return in.read(into, offset, Math.min(length, 1 + random.nextInt(700)));
      }

      @Override
      public void close() {
        in.close();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whenATextIsReadInPieces_thenItIsMaskedAsAWhole(long seed) throws IOException {
    Random random = new Random(seed);
    PiiRedactor redactor = PiiRedactor.builder(PiiPolicy.masking())
        .detector(PiiDetector.builder().names(java.util.Set.of("王明强")).build())
        .build();
    String text = text(random, 250_000);

    String read = read(new PiiMaskingReader(trickling(text, random), redactor), random);

    assertThat(read.equals(redactor.text(text))).isTrue();
    assertThat(read).contains("138****8000", "110***********7439", "王**").doesNotContain("王明强");
  }

  @Test
  void whenANumberLiesAcrossEveryPossibleCut_thenItIsMasked() throws IOException {
    int cut = (1 << 16) + 40_000;
    for (int at = cut - 60_000; at < cut; at += 2_999) {
      String text = " ".repeat(at) + "13800138000" + " ".repeat(60_000);

      String read =
          read(new PiiMaskingReader(new StringReader(text), PiiRedactor.masking()), new Random(at));

      assertThat(read).hasSameSizeAs(text).contains("138****8000");
    }
  }

  @Test
  void whenTheTextEnds_thenItStaysEnded() throws IOException {
    try (Reader reader =
        new PiiMaskingReader(new StringReader("13800138000"), PiiRedactor.masking())) {
      char[] into = new char[20];
      assertThat(reader.read(into, 0, 0)).isZero();
      assertThat(reader.read(into, 3, 17)).isEqualTo(11);
      assertThat(new String(into, 3, 11)).isEqualTo("138****8000");
      assertThat(reader.read(into, 0, 20)).isEqualTo(-1);
      assertThat(reader.read(into, 0, 20)).isEqualTo(-1);
    }
    try (Reader empty = new PiiMaskingReader(new StringReader(""), PiiRedactor.masking())) {
      assertThat(empty.read()).isEqualTo(-1);
    }
  }

  @Test
  void whenAProtectorFails_thenNothingMoreIsTold() throws IOException {
    PiiRedactor failing = PiiRedactor.builder(
            PiiPolicy.builder().type(PiiType.CN_MOBILE, PiiAction.HASH).build())
        .protector(PiiAction.HASH, (field, original) -> original)
        .build();
    try (Reader reader = new PiiMaskingReader(new StringReader("secret 13800138000"), failing)) {
      assertThatThrownBy(reader::read).isInstanceOf(QilinException.class);
      assertThatThrownBy(reader::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not told");
    }
  }

  @Test
  void whenTheReaderIsClosed_thenTheOneBelowIsToo() throws IOException {
    StringReader below = new StringReader("x");
    new PiiMaskingReader(below, PiiRedactor.masking()).close();

    assertThatThrownBy(below::read).isInstanceOf(IOException.class);
  }
}
