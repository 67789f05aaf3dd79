package io.qilin.data.arrow;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.Field;

/** A file as Arrow's own reader sees it. */
public record ArrowRead(List<String> schema, List<List<List<Object>>> batches) {
  /** Reads all batches: by batch, column and row; closing the allocator fails if memory leaks. */
  public static ArrowRead of(Path file) throws IOException {
    List<String> schema = new ArrayList<>();
    List<List<List<Object>>> batches = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      for (Field field : reader.getVectorSchemaRoot().getSchema().getFields()) {
        schema.add(field.toString());
      }
      while (reader.loadNextBatch()) {
        List<List<Object>> columns = new ArrayList<>();
        for (FieldVector vector : reader.getVectorSchemaRoot().getFieldVectors()) {
          List<Object> cells = new ArrayList<>();
          for (int i = 0; i < vector.getValueCount(); i++) {
            Object cell = vector.getObject(i);
            cells.add(cell instanceof org.apache.arrow.vector.util.Text ? cell.toString() : cell);
          }
          vector.validateFull();
          columns.add(cells);
        }
        batches.add(columns);
      }
    }
    return new ArrowRead(schema, batches);
  }
}
