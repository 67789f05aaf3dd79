package io.qilin.data.arrow;

import java.io.IOException;
import java.util.List;

/**
 * A column as Arrow lays it out: what its buffers are is known before any of them is written.
 *
 * @param nulls how many cells are null
 * @param buffers validity (empty if nothing is null), then for texts offsets, then values
 */
record EncodedColumn(int nulls, List<Part> buffers) {
  EncodedColumn {
    buffers = List.copyOf(buffers);
  }

  /**
   * A buffer.
   *
   * @param length in bytes, without what fills it up to the alignment
   * @param content writes exactly so many
   */
  record Part(long length, Content content) {
    static final Part NONE = new Part(0, out -> {});
  }

  /** Writes a buffer. */
  interface Content {
    void writeTo(ChunkOutput out) throws IOException;
  }
}
