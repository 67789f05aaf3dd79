package io.qilin.data.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Runs the parser over one file and turns all that it throws into typed errors. */
final class CsvText {
  private static final int PARSER_CHUNK = 8192;

  private CsvText() {}

  /**
   * Hands every record of a file to a handler.
   *
   * @param place where the handler is, for errors that the parser finds
   * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT, LIMIT_EXCEEDED, IO
   */
  static void parse(
      Path file,
      Charset charset,
      CsvLimits limits,
      CsvCallbackHandler<?> handler,
      Supplier<Place> place) {
    // A cell must fit the parser's buffer. No single line reaches its size, so that only a
    // quotation over many lines can exhaust it.
    int buffer = limits.lineChars() + 2 * PARSER_CHUNK;
    try (GuardedReader text = GuardedReader.open(file, charset, limits);
        CsvReader<?> reader = CsvReader.builder()
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.SKIP)
            .missingFieldStrategy(FieldMismatchStrategy.SKIP)
            .maxBufferSize(buffer)
            .build(handler, text)) {
      reader.forEach(record -> {});
    } catch (CsvParseException e) {
      throw typed(e, place.get());
    } catch (UncheckedIOException e) {
      throw GuardedInput.failure(Place.of(file), e.getCause());
    } catch (IOException e) {
      throw GuardedInput.failure(Place.of(file), e);
    }
  }

  private static QilinException typed(CsvParseException e, Place place) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof QilinException typed) {
        return typed;
      }
      if (cause instanceof IOException io) {
        return GuardedInput.failure(place.line(0).column(""), io);
      }
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("after closing quote")) {
      return place.malformed(
          "text follows a closing quotation mark; a quotation mark inside a cell is written twice");
    }
    return place.malformed(
        "a quotation mark opens a cell here and is never closed; close it or remove it");
  }
}
