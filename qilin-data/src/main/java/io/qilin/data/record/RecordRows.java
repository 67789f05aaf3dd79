package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.data.csv.CsvLimits;
import io.qilin.data.csv.CsvTextTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the records of one file. */
final class RecordRows {
  /** Takes the records. */
  interface Taker {
    /**
     * Takes a record.
     *
     * @param chars how long its text is in the file
     */
    void take(MarketRecord record, RecordPlace place, long chars);
  }

  private final Class<? extends MarketRecord> type;
  private final RecordShape shape;
  private final RecordReading reading;
  private final RecordLimits limits;

  RecordRows(Class<? extends MarketRecord> type, RecordReading reading, RecordLimits limits) {
    this.type = type;
    this.shape = RecordShapes.of(type);
    this.reading = reading;
    this.limits = limits;
  }

  /** Who says what the file says, unless a record names its own source. */
  Provenance provenance() {
    return reading.provenance();
  }

  /** Hands on every record of a file with one JSON object a line. */
  void ofLines(Path file, Taker taker) {
    TextLines.read(
        file,
        limits,
        (line, place) ->
            taker.take(record(JsonLine.read(line, place), place), place, line.length()));
  }

  /** Hands on every record of a table. */
  void ofTable(Path file, Taker taker) {
    RecordPlace place = RecordPlace.of(file);
    List<String> columns = shape
        .columns()
        .orElseThrow(() -> place.malformed(
            "these records hold lists and are no rows of a table;" + " write them as JSON lines"));
    requireLineEnd(file, place);
    CsvLimits most = CsvLimits.DEFAULT.withRows(limits.rows()).withFileBytes(limits.fileBytes());
    CsvTextTable.scan(file, most, header -> {
      checkHeader(header, columns, place.line(1));
      return (cells, line) -> {
        RecordPlace here = place.line(line);
        long chars = 0;
        for (String cell : cells) {
          chars += cell.length();
        }
        taker.take(record(tree(header, cells), here), here, chars);
      };
    });
  }

  private MarketRecord record(Tree tree, RecordPlace place) {
    return type.cast(shape.read(tree, reading, place));
  }

  /** A plain table that does not end with a line end may have lost the rest of its last cell. */
  private static void requireLineEnd(Path file, RecordPlace place) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer two = ByteBuffer.allocate(2);
      channel.read(two, 0);
      boolean gzip = two.get(0) == 0x1f && two.get(1) == (byte) 0x8b;
      ByteBuffer last = ByteBuffer.allocate(1);
      if (!gzip && channel.size() > 0) {
        channel.read(last, channel.size() - 1);
        if (last.get(0) != '\n' && last.get(0) != '\r') {
          throw place.malformed("the last row does not end with a line end, so that it may be cut"
              + " short; fetch the file again, or add the line end if it is whole");
        }
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, place + ": the file cannot be read", e);
    }
  }

  private static void checkHeader(List<String> header, List<String> columns, RecordPlace place) {
    for (String name : header) {
      if (!columns.contains(name)) {
        throw place.malformed("there is no column " + QilinException.quote(name)
            + NearestName.hint(name, columns) + "; the columns are " + columns);
      }
    }
    if (new HashSet<>(header).size() < header.size()) {
      throw place.malformed("a column stands twice in the header " + header);
    }
  }

  /** The row as a tree: {@code superLarge.buy} is the part {@code buy} of {@code superLarge}. */
  private static Tree tree(List<String> header, List<String> cells) {
    Map<String, Tree> root = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        put(root, header.get(i), new Tree.Leaf(Tree.Kind.CELL, cells.get(i)));
      }
    }
    return new Tree.Branch(root);
  }

  private static void put(Map<String, Tree> parts, String path, Tree.Leaf leaf) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      parts.put(path, leaf);
      return;
    }
    Tree inner =
        parts.computeIfAbsent(path.substring(0, dot), name -> new Tree.Branch(new HashMap<>()));
    if (inner instanceof Tree.Branch branch) {
      put(branch.parts(), path.substring(dot + 1), leaf);
    }
  }
}
