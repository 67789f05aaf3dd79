package io.qilin.restsource;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads the rows of an answer, strictly and within limits. Safe to share. */
final class AnswerReader {
  private static final int CELL_CHARS = 1 << 20;

  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(32)
              .maxStringLength(CELL_CHARS)
              .maxNumberLength(100)
              .maxNameLength(256)
              .build())
          .build())
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final String where;
  private final Set<String> nulls;
  private final RestLimits limits;

  AnswerReader(String where, Set<String> nulls, RestLimits limits) {
    this.where = where;
    this.nulls = nulls;
    this.limits = limits;
  }

  /**
   * The document of a JSON answer.
   *
   * @throws QilinException DATA_FORMAT with line and column; LIMIT_EXCEEDED
   */
  JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      if (read instanceof MissingNode) {
        throw malformed("the answer is empty; JSON is expected");
      }
      return read;
    } catch (StreamConstraintsException e) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, where + place(e) + ": " + e.getOriginalMessage(), e);
    } catch (JacksonException e) {
      String begin = QilinException.quote(text.strip().lines().findFirst().orElse(""));
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          where + place(e) + ": the answer is not JSON; it begins with " + begin,
          e);
    }
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : ", line " + e.getLocation().getLineNr() + ", column "
            + e.getLocation().getColumnNr();
  }

  /** The rows of a JSON answer. */
  RestTable rows(JsonNode document, AnswerFormat format) {
    JsonNode rows = document.at(format.rows());
    if (rows.isMissingNode() || rows.isNull()) {
      throw malformed("there is nothing at '" + format.rows() + "', where the rows should be");
    }
    if (!rows.isArray()) {
      throw malformed("the rows at '" + format.rows() + "' are no array");
    }
    limitRows(rows.size());
    return format.fields().isPresent()
        ? arrays(rows, document.at(format.fields().get()))
        : objects(rows);
  }

  private RestTable arrays(JsonNode rows, JsonNode fields) {
    if (!fields.isArray()) {
      throw malformed("the names of the columns are no array");
    }
    List<String> names = new ArrayList<>();
    for (JsonNode field : fields) {
      if (!field.isString()) {
        throw malformed("a name of a column is no text");
      }
      names.add(field.stringValue());
    }
    limitColumns(names.size());
    RestTable table = new RestTable(names, where);
    for (JsonNode row : rows) {
      if (!row.isArray() || row.size() != names.size()) {
        throw malformed("row " + (table.size() + 1) + " is no array of " + names.size()
            + " cells, as many as there are names");
      }
      @Nullable String[] cells = new @Nullable String[names.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cell(row.get(i), names.get(i), table.size() + 1);
      }
      table.add(cells);
    }
    return table;
  }

  private RestTable objects(JsonNode rows) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      if (!row.isObject()) {
        throw malformed("the rows are objects; one is none");
      }
      row.propertyNames().forEach(name -> places.putIfAbsent(name, places.size()));
      limitColumns(places.size());
    }
    RestTable table = new RestTable(List.copyOf(places.keySet()), where);
    for (JsonNode row : rows) {
      @Nullable String[] cells = new @Nullable String[places.size()];
      for (Map.Entry<String, JsonNode> part : row.properties()) {
        cells[table.find(part.getKey())] = cell(part.getValue(), part.getKey(), table.size() + 1);
      }
      table.add(cells);
    }
    return table;
  }

  private @Nullable String cell(JsonNode value, String column, int row) {
    if (value.isNull()) {
      return null;
    }
    if (!value.isValueNode()) {
      throw malformed("row " + row + ", column " + QilinException.quote(column)
          + ": a cell is a single value, was an array or object");
    }
    return known(value.asString());
  }

  private @Nullable String known(String text) {
    return nulls.contains(text) ? null : text;
  }

  /** The rows of an answer in CSV with a header. */
  RestTable csv(String text, char separator) {
    String rest = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (CsvReader<CsvRecord> records = CsvReader.builder()
        .fieldSeparator(separator)
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(2 * CELL_CHARS)
        .ofCsvRecord(rest)) {
      Optional<RestTable> table = Optional.empty();
      for (CsvRecord record : records) {
        if (table.isEmpty()) {
          limitColumns(record.getFieldCount());
          table = Optional.of(new RestTable(record.getFields(), where));
        } else {
          add(table.get(), record);
        }
      }
      return table.orElseThrow(
          () -> malformed("the answer is empty; a header of columns is expected"));
    } catch (CsvParseException | UncheckedIOException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          where + ": the answer is not CSV: "
              + QilinException.quote(String.valueOf(e.getMessage())),
          e);
    } catch (java.io.IOException e) {
      throw new QilinException(ErrorCode.IO, where + ": a text in memory cannot be read", e);
    }
  }

  private void add(RestTable table, CsvRecord record) {
    if (record.getFieldCount() != table.width()) {
      throw malformed("line " + record.getStartingLineNumber() + " has " + record.getFieldCount()
          + " cells, but the header has " + table.width());
    }
    limitRows(table.size() + 1);
    @Nullable String[] cells = new @Nullable String[table.width()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = known(record.getField(i).strip());
    }
    table.add(cells);
  }

  private void limitRows(int rows) {
    if (rows > limits.rows()) {
      throw tooMuch("more than " + limits.rows() + " rows");
    }
  }

  private void limitColumns(int columns) {
    if (columns > limits.columns()) {
      throw tooMuch("more than " + limits.columns() + " columns");
    }
  }

  private QilinException tooMuch(String what) {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        where + ": the answer has " + what + "; ask for less, or raise the limit");
  }

  private QilinException malformed(String what) {
    return new QilinException(ErrorCode.DATA_FORMAT, where + ": " + what);
  }
}
