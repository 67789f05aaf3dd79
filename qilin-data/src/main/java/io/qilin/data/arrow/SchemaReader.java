package io.qilin.data.arrow;

import io.qilin.data.table.TableLimits;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the schema of a file: {@code Schema.fbs} of Apache Arrow, versions V4 and V5. A column of a type that is not
 * read is kept, with the room that it takes in a batch, so that the others can be found.
 */
final class SchemaReader {
  private static final int DEPTH = 32;

  private final Where where;
  private final TableLimits limits;
  private final boolean v5;
  private int fields;
  private long nameBytes;

  private SchemaReader(Where where, TableLimits limits, boolean v5) {
    this.where = where;
    this.limits = limits;
    this.v5 = v5;
  }

  /** Reads a schema. Called within {@link FlatBuffer#read}. */
  static StoredSchema read(@Nullable Schema schema, int version, TableLimits limits, Where where) {
    if (version != MetadataVersion.V4 && version != MetadataVersion.V5) {
      throw where.unsupported("metadata version " + version + " is not read, only V4 and V5;"
          + " write the file again with a version of Arrow from 0.8 on");
    }
    SchemaReader reader = new SchemaReader(where, limits, version == MetadataVersion.V5);
    return reader.schema(FlatBuffer.present(where, "schema", schema));
  }

  private StoredSchema schema(Schema schema) {
    int count = schema.fieldsLength();
    requireColumns(count);
    List<StoredField> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(field(FlatBuffer.present(where, "field " + i, schema.fields(i)), 0));
    }
    if (read.isEmpty()) {
      throw where.broken("the table has no column");
    }
    boolean big = schema.endianness() == Endianness.Big;
    if (!big && schema.endianness() != Endianness.Little) {
      throw where.broken("the order of bytes " + schema.endianness() + " is not known");
    }
    return new StoredSchema(read, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private void requireColumns(int more) {
    if (more < 0 || more > limits.columns() - fields) {
      throw where.tooLarge("more than " + limits.columns()
          + " columns, counting nested ones; raise TableLimits.columns if the file is trusted");
    }
  }

  private StoredField field(Field field, int depth) {
    if (depth > DEPTH) {
      throw where.tooLarge("types are nested more than " + DEPTH + " deep");
    }
    fields++;
    String name = FlatBuffer.text(where, field.nameAsByteBuffer(), limits.textBytes());
    nameBytes += name.length();
    if (nameBytes > limits.metadataBytes()) {
      throw where.tooLarge(
          "the names of columns have more than " + limits.metadataBytes() + " characters");
    }
    DictionaryEncoding encoding = field.dictionary();
    if (encoding != null) {
      CellType.Kind index = index(encoding.indexType());
      return new StoredField(
          name,
          cells(field),
          Type.name(type(field)),
          Optional.of(new StoredField.Codes(encoding.id(), index)),
          1,
          2,
          0);
    }
    return sized(field, name, depth);
  }

  private CellType.Kind index(@Nullable Int type) {
    return type == null
        ? CellType.Kind.INT32
        : integer(type)
            .orElseThrow(() -> where.broken(
                "the references to a dictionary are integers of " + type.bitWidth() + " bits"));
  }

  private StoredField sized(Field field, String name, int depth) {
    int count = field.childrenLength();
    requireColumns(count);
    int nodes = 1;
    int buffers = ownBuffers(field);
    int views = type(field) == Type.Utf8View || type(field) == Type.BinaryView ? 1 : 0;
    for (int i = 0; i < count; i++) {
      Field inner = FlatBuffer.present(where, "child " + i, field.children(i));
      StoredField child = field(inner, depth + 1);
      nodes += child.nodes();
      buffers += child.buffers();
      views += child.views();
    }
    Optional<CellType> cells = count == 0 ? cells(field) : Optional.empty();
    return new StoredField(
        name, cells, Type.name(type(field)), Optional.empty(), nodes, buffers, views);
  }

  private byte type(Field field) {
    byte type = field.typeType();
    if (type <= Type.NONE || type >= Type.names.length) {
      throw where.broken("the type " + type + " of a column is not known");
    }
    return type;
  }

  private int ownBuffers(Field field) {
    return switch (type(field)) {
      case Type.Null, Type.RunEndEncoded -> 0;
      case Type.Struct_, Type.FixedSizeList -> 1;
      case Type.Utf8, Type.Binary, Type.LargeUtf8, Type.LargeBinary -> 3;
      case Type.ListView, Type.LargeListView -> 3;
      case Type.Union -> {
        Union union = FlatBuffer.present(where, "union", (Union) field.type(new Union()));
        yield (v5 ? 1 : 2) + (union.mode() == UnionMode.Dense ? 1 : 0);
      }
      default -> 2;
    };
  }

  private Optional<CellType> cells(Field field) {
    return switch (type(field)) {
      case Type.Null -> Optional.of(CellType.of(CellType.Kind.NULL));
      case Type.Bool -> Optional.of(CellType.of(CellType.Kind.BOOL));
      case Type.Utf8 -> Optional.of(CellType.of(CellType.Kind.UTF8));
      case Type.LargeUtf8 -> Optional.of(CellType.of(CellType.Kind.LARGE_UTF8));
      case Type.Utf8View -> Optional.of(CellType.of(CellType.Kind.UTF8_VIEW));
      case Type.Binary -> Optional.of(CellType.of(CellType.Kind.BINARY));
      case Type.LargeBinary -> Optional.of(CellType.of(CellType.Kind.LARGE_BINARY));
      case Type.BinaryView -> Optional.of(CellType.of(CellType.Kind.BINARY_VIEW));
      case Type.Decimal -> Optional.of(decimal(field));
      case Type.Int ->
        integer(FlatBuffer.present(where, "integer type", (Int) field.type(new Int())))
            .map(CellType::of);
      case Type.FloatingPoint -> Optional.of(CellType.of(floating(field)));
      case Type.Date -> Optional.of(CellType.of(date(field)));
      case Type.Time -> Optional.of(time(field));
      case Type.Timestamp -> Optional.of(timestamp(field));
      default -> Optional.empty();
    };
  }

  /** Empty for other widths: the format has none, but Polars writes 128 bits. */
  private static Optional<CellType.Kind> integer(Int type) {
    boolean signed = type.isSigned();
    return switch (type.bitWidth()) {
      case 8 -> Optional.of(signed ? CellType.Kind.INT8 : CellType.Kind.UINT8);
      case 16 -> Optional.of(signed ? CellType.Kind.INT16 : CellType.Kind.UINT16);
      case 32 -> Optional.of(signed ? CellType.Kind.INT32 : CellType.Kind.UINT32);
      case 64 -> Optional.of(signed ? CellType.Kind.INT64 : CellType.Kind.UINT64);
      default -> Optional.empty();
    };
  }

  private CellType.Kind floating(Field field) {
    FloatingPoint type = FlatBuffer.present(
        where, "floating-point type", (FloatingPoint) field.type(new FloatingPoint()));
    return switch (type.precision()) {
      case Precision.HALF -> CellType.Kind.FLOAT16;
      case Precision.SINGLE -> CellType.Kind.FLOAT32;
      case Precision.DOUBLE -> CellType.Kind.FLOAT64;
      default -> throw where.broken("the precision " + type.precision() + " is not known");
    };
  }

  private CellType decimal(Field field) {
    Decimal type = FlatBuffer.present(where, "decimal type", (Decimal) field.type(new Decimal()));
    CellType.Kind kind = switch (type.bitWidth()) {
      case 32 -> CellType.Kind.DECIMAL32;
      case 64 -> CellType.Kind.DECIMAL64;
      case 128 -> CellType.Kind.DECIMAL128;
      case 256 -> CellType.Kind.DECIMAL256;
      default -> throw where.broken("there are no decimals of " + type.bitWidth() + " bits");
    };
    int most = DecimalDecoder.mostDigits(kind);
    if (type.precision() < 1 || type.precision() > most || Math.abs((long) type.scale()) > most) {
      throw where.broken("a decimal of " + type.bitWidth() + " bits has " + type.precision()
          + " digits, " + type.scale() + " of them behind the point; there are at most " + most);
    }
    return new CellType(kind, 1, false, new CellType.Digits(type.precision(), type.scale()));
  }

  private CellType.Kind date(Field field) {
    Date type = FlatBuffer.present(where, "date type", (Date) field.type(new Date()));
    return switch (type.unit()) {
      case DateUnit.DAY -> CellType.Kind.DAYS;
      case DateUnit.MILLISECOND -> CellType.Kind.DATE_MILLIS;
      default -> throw where.broken("the unit of dates " + type.unit() + " is not known");
    };
  }

  private CellType time(Field field) {
    Time type = FlatBuffer.present(where, "time type", (Time) field.type(new Time()));
    boolean wide = type.unit() == TimeUnit.MICROSECOND || type.unit() == TimeUnit.NANOSECOND;
    if (type.bitWidth() != (wide ? 64 : 32)) {
      throw where.broken("a time of unit " + type.unit() + " has " + type.bitWidth() + " bits");
    }
    return new CellType(
        wide ? CellType.Kind.TIME64 : CellType.Kind.TIME32,
        nanos(type.unit()),
        false,
        CellType.Digits.NONE);
  }

  private CellType timestamp(Field field) {
    Timestamp type =
        FlatBuffer.present(where, "timestamp type", (Timestamp) field.type(new Timestamp()));
    String zone = type.timezone();
    boolean local = zone == null || zone.isEmpty();
    return new CellType(CellType.Kind.TIMESTAMP, nanos(type.unit()), local, CellType.Digits.NONE);
  }

  private long nanos(short unit) {
    return switch (unit) {
      case TimeUnit.SECOND -> 1_000_000_000;
      case TimeUnit.MILLISECOND -> 1_000_000;
      case TimeUnit.MICROSECOND -> 1_000;
      case TimeUnit.NANOSECOND -> 1;
      default -> throw where.broken("the unit of time " + unit + " is not known");
    };
  }
}
