package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/** The two encodings that files of market data come in. */
final class CsvCharset {
  private static final String BOTH = "the charset is UTF-8 or GB18030, was ";

  private CsvCharset() {}

  /**
   * The charset of that name; GBK and GB2312 are read as GB18030, which contains them.
   *
   * @throws QilinException INVALID_CONFIGURATION if it is another
   */
  static Charset of(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UTF-8", "UTF8" -> StandardCharsets.UTF_8;
      case "GB18030", "GBK", "GB2312" -> gb18030(name);
      default -> throw refused(name, null);
    };
  }

  /**
   * As {@link #of(String)}.
   *
   * @throws QilinException INVALID_CONFIGURATION if it is another
   */
  static Charset check(Charset charset) {
    return of(charset.name());
  }

  private static Charset gb18030(String name) {
    try {
      return Charset.forName("GB18030");
    } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
      throw refused(name + ", which this Java runtime lacks", e);
    }
  }

  private static QilinException refused(
      String name, @org.jspecify.annotations.Nullable RuntimeException cause) {
    return new QilinException(
        ErrorCode.INVALID_CONFIGURATION, BOTH + QilinException.quote(name), cause);
  }
}
