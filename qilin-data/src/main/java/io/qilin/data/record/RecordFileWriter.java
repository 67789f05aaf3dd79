package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.DataCapability;
import io.qilin.data.csv.CsvTableWriter;
import io.qilin.data.internal.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records so that {@link RecordFiles} reads back equal ones. Stateless. */
public final class RecordFileWriter {
  private RecordFileWriter() {}

  /**
   * Writes one file for each kind among the records, in their order. A file is there whole or not at all; one that was there
   * is replaced.
   *
   * @param folder made if it is not there
   * @throws QilinException UNSUPPORTED if a kind with lists in it is to be a table, before anything is written; IO
   */
  public static void write(
      Path folder, RecordFormat format, Collection<? extends MarketRecord> records) {
    Map<DataCapability, List<MarketRecord>> kinds = new EnumMap<>(DataCapability.class);
    for (MarketRecord record : records) {
      kinds
          .computeIfAbsent(DataCapability.of(record.getClass()), k -> new ArrayList<>())
          .add(record);
    }
    if (format == RecordFormat.CSV) {
      kinds.keySet().forEach(RecordFileWriter::columns);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, AtomicFile.name(folder) + ": the folder cannot be made", e);
    }
    kinds.forEach((kind, rows) -> {
      Path file = folder.resolve(RecordFolder.stem(kind) + format.ending());
      if (format == RecordFormat.CSV) {
        table(file, kind, rows);
      } else {
        lines(file, kind, rows);
      }
    });
  }

  private static RecordShape shape(DataCapability kind) {
    return RecordShapes.of(kind.recordType().orElseThrow());
  }

  private static List<String> columns(DataCapability kind) {
    return shape(kind)
        .columns()
        .orElseThrow(() -> new QilinException(
            ErrorCode.UNSUPPORTED,
            kind + " hold lists and are no rows of a table; write them as JSON lines"));
  }

  private static void lines(Path file, DataCapability kind, List<MarketRecord> rows) {
    RecordShape shape = shape(kind);
    try (AtomicFile target = AtomicFile.create(file);
        Writer out = new BufferedWriter(
            new OutputStreamWriter(target.stream(), StandardCharsets.UTF_8), 1 << 16)) {
      for (MarketRecord row : rows) {
        out.write(JsonLine.write(shape.write(row)));
        out.write('\n');
      }
      out.flush();
      target.publish();
    } catch (IOException e) {
      throw AtomicFile.failure(file, e);
    }
  }

  private static void table(Path file, DataCapability kind, List<MarketRecord> rows) {
    List<String> columns = columns(kind);
    RecordShape shape = shape(kind);
    try (CsvTableWriter out = CsvTableWriter.open(file, columns)) {
      for (MarketRecord row : rows) {
        Tree.Branch tree = shape.write(row);
        for (String column : columns) {
          cell(out, find(tree, column));
        }
        out.endRow();
      }
      out.commit();
    }
  }

  private static Tree find(Tree.Branch tree, String path) {
    int dot = path.indexOf('.');
    Tree part = tree.parts().get(dot < 0 ? path : path.substring(0, dot));
    return part instanceof Tree.Branch inner ? find(inner, path.substring(dot + 1)) : leaf(part);
  }

  private static Tree leaf(@Nullable Tree part) {
    return part == null ? new Tree.Leaf(Tree.Kind.CELL, "") : part;
  }

  private static void cell(CsvTableWriter out, Tree tree) {
    Tree.Leaf leaf = (Tree.Leaf) tree;
    boolean negative = leaf.kind() == Tree.Kind.NUMBER && leaf.text().startsWith("-");
    if (leaf.text().isEmpty()) {
      out.empty();
    } else if (negative) {
      // A spreadsheet need not be kept from reading a number.
      out.number(Double.parseDouble(leaf.text()));
    } else {
      out.text(leaf.text());
    }
  }
}
