package io.qilin.data.arrow;

import java.nio.ByteOrder;
import java.util.List;

/**
 * A table as the file describes it.
 *
 * @param fields its columns
 * @param order in which the bytes of numbers stand
 */
record StoredSchema(List<StoredField> fields, ByteOrder order) {
  StoredSchema {
    fields = List.copyOf(fields);
  }

  List<String> names() {
    return fields.stream().map(StoredField::name).toList();
  }
}
