package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.TableBatch;
import java.util.ArrayList;
import java.util.List;

/** The rows of a row group that is being gathered: parts of the batches, which are not copied. */
final class GroupRows {
  private final List<Part> parts = new ArrayList<>();
  private int rows;

  /** The rows {@code [from, to)} of a batch. */
  record Part(TableBatch batch, int from, int to) {}

  void add(TableBatch batch, int from, int to) {
    parts.add(new Part(batch, from, to));
    rows += to - from;
  }

  int rows() {
    return rows;
  }

  void clear() {
    parts.clear();
    rows = 0;
  }

  /** Visits the parts of one column that lie in {@code [from, to)} of the group, in order. */
  void visit(int column, int from, int to, Visitor visitor) {
    int begin = 0;
    for (Part part : parts) {
      int size = part.to() - part.from();
      int first = Math.max(from - begin, 0);
      int last = Math.min(to - begin, size);
      if (first < last) {
        visitor.visit(part.batch().columns().get(column), part.from() + first, part.from() + last);
      }
      begin += size;
    }
  }

  /** Is shown the rows {@code [from, to)} of a column. */
  interface Visitor {
    void visit(Column column, int from, int to);
  }
}
