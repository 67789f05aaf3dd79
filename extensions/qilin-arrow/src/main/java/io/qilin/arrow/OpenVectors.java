package io.qilin.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Vectors that are being filled: closed all together unless they are kept. */
final class OpenVectors implements AutoCloseable {
  private final BufferAllocator allocator;
  private final List<FieldVector> vectors = new ArrayList<>();
  private boolean kept;

  OpenVectors(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  <T extends FieldVector> T add(T vector) {
    vectors.add(vector);
    return vector;
  }

  VectorSchemaRoot root(int rows) {
    vectors.forEach(vector -> vector.setValueCount(rows));
    return new VectorSchemaRoot(
        vectors.stream().map(FieldVector::getField).toList(), vectors, rows);
  }

  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (!kept) {
      vectors.forEach(FieldVector::close);
    }
  }
}
