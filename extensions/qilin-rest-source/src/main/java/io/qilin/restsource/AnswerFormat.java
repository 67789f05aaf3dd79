package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the rows stand in an answer.
 *
 * @param csv whether it is CSV with a header; JSON otherwise
 * @param charset in which it is written
 * @param rows JSON pointer to the array of rows; empty for the whole answer
 * @param fields JSON pointer to the names of the columns, if rows are arrays; without it rows are objects
 * @param separator between the cells of CSV
 */
public record AnswerFormat(
    boolean csv, Charset charset, String rows, Optional<String> fields, char separator) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a pointer that does not begin with a slash
   */
  public AnswerFormat {
    Objects.requireNonNull(charset, "charset");
    pointer(rows);
    fields.ifPresent(AnswerFormat::pointer);
  }

  /** Checks a JSON pointer. */
  static String pointer(String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw QilinException.invalid("a JSON pointer begins with a slash, was "
          + QilinException.quote(text) + "; write for example /data/items");
    }
    return text;
  }
}
