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
import java.util.Iterator;
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
    try (Cursor records = open(file, charset, limits, handler, place)) {
      while (records.advance()) {
        // The handler has the record.
      }
    }
  }

  /**
   * Opens a file whose records a handler is to get one by one.
   *
   * @param place where the handler is, for errors that the parser finds
   * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT, LIMIT_EXCEEDED, IO
   */
  static Cursor open(
      Path file,
      Charset charset,
      CsvLimits limits,
      CsvCallbackHandler<?> handler,
      Supplier<Place> place) {
    GuardedReader text = GuardedReader.open(file, charset, limits, false);
    return open(text, Place.of(file), limits, handler, place);
  }

  /**
   * Opens a text whose records a handler is to get one by one.
   *
   * @param file where the text comes from, for errors that reading it finds
   * @param place where the handler is, for errors that the parser finds
   */
  static Cursor open(
      GuardedReader text,
      Place file,
      CsvLimits limits,
      CsvCallbackHandler<?> handler,
      Supplier<Place> place) {
    // A cell must fit the parser's buffer. No single line reaches its size, so that only a
    // quotation over many lines can exhaust it.
    int buffer = limits.lineChars() + 2 * PARSER_CHUNK;
    CsvReader<?> reader = CsvReader.builder()
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.SKIP)
        .missingFieldStrategy(FieldMismatchStrategy.SKIP)
        .maxBufferSize(buffer)
        .build(handler, text);
    return new Cursor(reader, reader.iterator(), file, place);
  }

  /** The records of a file that are still to come. */
  static final class Cursor implements AutoCloseable {
    private final CsvReader<?> reader;
    private final Iterator<?> records;
    private final Place file;
    private final Supplier<Place> place;

    private Cursor(CsvReader<?> reader, Iterator<?> records, Place file, Supplier<Place> place) {
      this.reader = reader;
      this.records = records;
      this.file = file;
      this.place = place;
    }

    /** Hands the next record to the handler, if there is one. */
    boolean advance() {
      try {
        boolean there = records.hasNext();
        if (there) {
          records.next();
        }
        return there;
      } catch (CsvParseException e) {
        throw typed(e, place.get());
      } catch (UncheckedIOException e) {
        throw GuardedInput.failure(file, e.getCause());
      }
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw GuardedInput.failure(file, e);
      }
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
      if (cause instanceof Error broken) {
        // Memory that ran out is not the file's fault.
        throw broken;
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
