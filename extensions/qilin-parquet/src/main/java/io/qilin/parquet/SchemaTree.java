package io.qilin.parquet;

import io.qilin.data.table.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/** Finds the columns in a schema, which is a tree written down from its root. */
final class SchemaTree {
  private static final int DEPTH = 32;
  private static final long MILLIS = 1_000_000;
  private static final long MICROS = 1000;
  private static final int HALF = 2;

  private final List<SchemaElement> elements;
  private final int most;
  private final Place place;
  private final List<Leaf> leaves = new ArrayList<>();
  private int at = 1;

  private SchemaTree(List<SchemaElement> elements, int most, Place place) {
    this.elements = elements;
    this.most = most;
    this.place = place;
  }

  /**
   * The columns in order; those that are nested too, as unreadable ones.
   *
   * @param most how many there may be
   */
  static List<Leaf> leaves(List<SchemaElement> elements, int most, Place place) {
    if (elements.isEmpty() || elements.get(0).getNum_children() < 1) {
      throw place.malformed("its schema has no column");
    }
    SchemaTree tree = new SchemaTree(elements, most, place);
    for (int i = 0; i < elements.get(0).getNum_children(); i++) {
      tree.element(Optional.empty(), 1);
    }
    if (tree.at != elements.size()) {
      throw place.malformed("its schema has columns outside its root");
    }
    return List.copyOf(tree.leaves);
  }

  private void element(Optional<String> outer, int depth) {
    if (depth > DEPTH) {
      throw place.malformed("its schema is nested deeper than " + DEPTH);
    }
    if (at == elements.size()) {
      throw place.malformed("its schema is cut short");
    }
    SchemaElement element = elements.get(at++);
    String name = outer.orElse(element.getName());
    if (element.isSetType()) {
      if (leaves.size() == most) {
        throw place.tooLarge("it has more than " + most + " columns");
      }
      leaves.add(leaf(element, name, outer.isPresent()));
      return;
    }
    if (element.getNum_children() < 1) {
      throw place.column(name).malformed("it is neither a column nor a group of columns");
    }
    for (int i = 0; i < element.getNum_children(); i++) {
      element(Optional.of(name), depth + 1);
    }
  }

  private Leaf leaf(SchemaElement element, String name, boolean nested) {
    boolean repeated = element.getRepetition_type() == FieldRepetitionType.REPEATED;
    boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
    boolean fixed = element.getType() == Type.FIXED_LEN_BYTE_ARRAY;
    int width = fixed ? element.getType_length() : 0;
    if (width < 0 || (fixed && width == 0)) {
      throw place.column(name).malformed("its cells have a fixed length of " + width + " bytes");
    }
    Optional<Meaning> meaning = nested || repeated ? Optional.empty() : meaning(element);
    String described = nested ? "a group of columns" : repeated ? "a list" : described(element);
    return new Leaf(leaves.size(), name, element.getType(), width, optional, meaning, described);
  }

  private static String described(SchemaElement element) {
    if (element.isSetLogicalType()) {
      return element.getType() + " as " + element.getLogicalType().getSetField();
    }
    return element.getType()
        + (element.isSetConverted_type() ? " as " + element.getConverted_type() : "");
  }

  private static Optional<Meaning> meaning(SchemaElement element) {
    if (element.isSetLogicalType() && element.getLogicalType().isSet()) {
      return logical(element, element.getType(), element.getLogicalType());
    }
    return element.isSetConverted_type()
        ? converted(element, element.getType(), element.getConverted_type())
        : plain(element.getType());
  }

  private static Optional<Meaning> plain(Type type) {
    return switch (type) {
      case BOOLEAN -> Optional.of(Meaning.of(ColumnType.BOOLEAN));
      case INT32 -> Optional.of(Meaning.of(ColumnType.INT32));
      case INT64 -> Optional.of(Meaning.of(ColumnType.INT64));
      case INT96 -> Optional.of(Meaning.of(ColumnType.TIMESTAMP));
      case FLOAT, DOUBLE -> Optional.of(Meaning.of(ColumnType.FLOAT64));
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Optional.empty();
    };
  }

  private static boolean bytes(Type type) {
    return type == Type.BYTE_ARRAY || type == Type.FIXED_LEN_BYTE_ARRAY;
  }

  private static Optional<Meaning> logical(SchemaElement element, Type type, LogicalType logical) {
    if (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()) {
      return when(bytes(type), Meaning.of(ColumnType.TEXT));
    }
    if (logical.isSetDATE()) {
      return when(type == Type.INT32, Meaning.of(ColumnType.DATE));
    }
    if (logical.isSetTIMESTAMP()) {
      long scale = scale(logical.getTIMESTAMP().getUnit());
      boolean local = !logical.getTIMESTAMP().isIsAdjustedToUTC();
      return when(type == Type.INT64 && scale > 0, Meaning.timestamp(scale, local));
    }
    if (logical.isSetTIME()) {
      long scale = scale(logical.getTIME().getUnit());
      Type stored = scale == MILLIS ? Type.INT32 : Type.INT64;
      return when(type == stored && scale > 0, Meaning.time(scale));
    }
    if (logical.isSetINTEGER()) {
      return integer(
          type, logical.getINTEGER().getBitWidth(), logical.getINTEGER().isIsSigned());
    }
    if (logical.isSetDECIMAL()) {
      return decimal(element, logical.getDECIMAL().getScale());
    }
    if (logical.isSetFLOAT16()) {
      boolean half = type == Type.FIXED_LEN_BYTE_ARRAY && element.getType_length() == HALF;
      return when(half, Meaning.of(ColumnType.FLOAT64));
    }
    // What writers make of a column without any value, of which nobody knows the type.
    return when(logical.isSetUNKNOWN() && type == Type.INT32, Meaning.of(ColumnType.TEXT));
  }

  private static Optional<Meaning> decimal(SchemaElement element, int digits) {
    boolean stored = element.getType() == Type.INT32
        || element.getType() == Type.INT64
        || element.getType() == Type.BYTE_ARRAY
        || (element.getType() == Type.FIXED_LEN_BYTE_ARRAY
            && element.getType_length() <= ByteNumberCells.MOST_BYTES);
    return stored ? Meaning.decimal(digits) : Optional.empty();
  }

  private static long scale(TimeUnit unit) {
    if (unit.isSetNANOS()) {
      return 1;
    }
    return unit.isSetMICROS() ? MICROS : unit.isSetMILLIS() ? MILLIS : 0;
  }

  private static Optional<Meaning> integer(Type type, int bits, boolean signed) {
    if (bits == 64) {
      return when(
          type == Type.INT64,
          signed ? Meaning.of(ColumnType.INT64) : Meaning.unsigned(ColumnType.INT64));
    }
    boolean wide = bits == 32 && !signed;
    return when(
        type == Type.INT32,
        wide ? Meaning.unsigned(ColumnType.INT64) : Meaning.of(ColumnType.INT32));
  }

  private static Optional<Meaning> converted(
      SchemaElement element, Type type, ConvertedType converted) {
    return switch (converted) {
      case UTF8, ENUM, JSON -> when(bytes(type), Meaning.of(ColumnType.TEXT));
      case DATE -> when(type == Type.INT32, Meaning.of(ColumnType.DATE));
      case TIMESTAMP_MILLIS -> when(type == Type.INT64, Meaning.timestamp(MILLIS, false));
      case TIMESTAMP_MICROS -> when(type == Type.INT64, Meaning.timestamp(MICROS, false));
      case TIME_MILLIS -> when(type == Type.INT32, Meaning.time(MILLIS));
      case TIME_MICROS -> when(type == Type.INT64, Meaning.time(MICROS));
      case INT_8, INT_16, INT_32 -> integer(type, 32, true);
      case UINT_8, UINT_16 -> integer(type, 16, false);
      case UINT_32 -> integer(type, 32, false);
      case INT_64 -> integer(type, 64, true);
      case UINT_64 -> integer(type, 64, false);
      case DECIMAL -> decimal(element, element.getScale());
      default -> Optional.empty();
    };
  }

  private static Optional<Meaning> when(boolean fits, Meaning meaning) {
    return fits ? Optional.of(meaning) : Optional.empty();
  }
}
