package io.qilin.data.arrow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.Text;

/** A file or stream as Arrow's own reader sees it. */
public record ArrowRead(List<String> schema, List<List<List<Object>>> batches) {
  /** Reads all batches: by batch, column and row; closing the allocator fails if memory leaks. */
  public static ArrowRead of(Path file) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      return of(reader);
    }
  }

  /** The same of a stream. */
  public static ArrowRead ofStream(Path file) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        InputStream in = Files.newInputStream(file);
        ArrowStreamReader reader = new ArrowStreamReader(in, allocator)) {
      return of(reader);
    }
  }

  private static ArrowRead of(ArrowReader reader) throws IOException {
    List<String> schema = new ArrayList<>();
    List<List<List<Object>>> batches = new ArrayList<>();
    for (Field field : reader.getVectorSchemaRoot().getSchema().getFields()) {
      schema.add(field.toString());
    }
    while (reader.loadNextBatch()) {
      List<List<Object>> columns = new ArrayList<>();
      for (FieldVector vector : reader.getVectorSchemaRoot().getFieldVectors()) {
        vector.validateFull();
        if (vector.getField().getDictionary() == null) {
          columns.add(cells(vector));
          continue;
        }
        long id = vector.getField().getDictionary().getId();
        try (ValueVector words = DictionaryEncoder.decode(vector, reader.lookup(id))) {
          columns.add(cells(words));
        }
      }
      batches.add(columns);
    }
    return new ArrowRead(schema, batches);
  }

  private static List<Object> cells(ValueVector vector) {
    List<Object> cells = new ArrayList<>();
    for (int i = 0; i < vector.getValueCount(); i++) {
      Object cell = vector.getObject(i);
      cells.add(cell instanceof Text ? cell.toString() : cell);
    }
    return cells;
  }
}
