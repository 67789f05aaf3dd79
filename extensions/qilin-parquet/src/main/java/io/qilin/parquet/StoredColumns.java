package io.qilin.parquet;

import io.qilin.data.table.ColumnType;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/** How the columns of a table are stored. */
final class StoredColumns {
  private StoredColumns() {}

  /** How the cells of a type are stored. */
  static Type type(ColumnType type) {
    return switch (type) {
      case FLOAT64 -> Type.DOUBLE;
      case INT32, DATE -> Type.INT32;
      case INT64, TIMESTAMP, TIME -> Type.INT64;
      case TEXT -> Type.BYTE_ARRAY;
      case BOOLEAN -> Type.BOOLEAN;
    };
  }

  /** The schema of a file. */
  static List<SchemaElement> schema(TableSchema schema) {
    List<SchemaElement> elements = new ArrayList<>();
    SchemaElement root = new SchemaElement("schema");
    root.setNum_children(schema.fields().size());
    elements.add(root);
    for (TableField field : schema.fields()) {
      SchemaElement element = new SchemaElement(field.name());
      element.setType(type(field.type()));
      element.setRepetition_type(FieldRepetitionType.OPTIONAL);
      annotate(element, field.type());
      elements.add(element);
    }
    return elements;
  }

  private static void annotate(SchemaElement element, ColumnType type) {
    switch (type) {
      case DATE -> {
        element.setConverted_type(ConvertedType.DATE);
        element.setLogicalType(LogicalType.DATE(new DateType()));
      }
      case TEXT -> {
        element.setConverted_type(ConvertedType.UTF8);
        element.setLogicalType(LogicalType.STRING(new StringType()));
      }
      case TIMESTAMP ->
        element.setLogicalType(
            LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.NANOS(new NanoSeconds()))));
      case TIME ->
        element.setLogicalType(
            LogicalType.TIME(new TimeType(false, TimeUnit.NANOS(new NanoSeconds()))));
      case FLOAT64, INT32, INT64, BOOLEAN -> {}
    }
  }
}
