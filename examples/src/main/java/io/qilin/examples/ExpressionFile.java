package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads named expressions from a tab-separated file: UTF-8, a header with the columns {@code id} and {@code expression}
 * in any place, other columns ignored, empty lines skipped. At most {@value #MOST_BYTES} bytes.
 */
final class ExpressionFile {
  private static final long MOST_BYTES = 16L << 20;
  private static final char MARK = '\uFEFF';

  private final Path file;
  private final List<NamedExpression> expressions = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private ExpressionFile(Path file) {
    this.file = file;
  }

  /** An expression and the line it stands on. */
  record NamedExpression(String id, String text, String place) {}

  /**
   * All expressions of the file, in its order.
   *
   * @throws QilinException DATA_NOT_FOUND, LIMIT_EXCEEDED, IO; DATA_FORMAT with file and line
   */
  static List<NamedExpression> read(Path file) {
    ExpressionFile reading = new ExpressionFile(file);
    try {
      reading.check();
      reading.read();
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no file " + reading.name(), e);
    } catch (CharacterCodingException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, reading.name() + " is not UTF-8; save it as UTF-8", e);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, "cannot read " + reading.name() + ": " + e.getMessage(), e);
    }
    return List.copyOf(reading.expressions);
  }

  private void check() throws IOException {
    if (Files.isDirectory(file)) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, name() + " is a folder; a tab-separated file is wanted");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          name() + " has " + Files.size(file) + " bytes; at most " + MOST_BYTES + " are read");
    }
  }

  private void read() throws IOException {
    var decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    try (InputStream in = Files.newInputStream(file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, decoder))) {
      String header = lines.readLine();
      if (header == null) {
        throw wrong(1, "the file is empty; a header with the columns id and expression is wanted");
      }
      List<String> columns = Arrays.asList(withoutMark(header).split("\t", -1));
      int id = column(columns, "id");
      int expression = column(columns, "expression");
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          add(number, line.split("\t", -1), id, expression);
        }
      }
    }
    if (expressions.isEmpty()) {
      throw wrong(2, "there is no expression below the header");
    }
  }

  private int column(List<String> columns, String name) {
    int at = columns.indexOf(name);
    if (at < 0) {
      throw wrong(1, "the header lacks the column '" + name + "'; columns are separated by tabs");
    }
    return at;
  }

  private void add(int line, String[] cells, int idColumn, int expressionColumn) {
    if (cells.length <= Math.max(idColumn, expressionColumn)) {
      throw wrong(line, "the row has " + cells.length + " cells, too few for id and expression");
    }
    String id = cells[idColumn];
    String text = cells[expressionColumn];
    if (text.isBlank()) {
      throw wrong(line, "the expression of " + QilinException.quote(id) + " is empty");
    }
    if (id.equals("datetime") || id.equals("instrument")) {
      throw wrong(
          line, "the id '" + id + "' already heads a column of every table; choose another");
    }
    if (!ids.add(id)) {
      throw wrong(
          line, "the id " + QilinException.quote(id) + " stands on an earlier line as well");
    }
    try {
      new Factor(id, text);
    } catch (QilinException e) {
      throw wrong(
          line,
          "the id cannot head a column: 1 to 128 characters, no control characters, was "
              + QilinException.quote(id));
    }
    expressions.add(new NamedExpression(id, text, name() + ", line " + line));
  }

  private QilinException wrong(int line, String what) {
    return new QilinException(ErrorCode.DATA_FORMAT, name() + ", line " + line + ": " + what);
  }

  private String name() {
    return file.toString();
  }

  private static String withoutMark(String header) {
    return !header.isEmpty() && header.charAt(0) == MARK ? header.substring(1) : header;
  }
}
