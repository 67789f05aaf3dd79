package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.MissingData;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which columns of the bars are read: instrument, day, then the fields that the factors read and the bars have. Immutable. */
final class BarColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many columns come before the fields. */
  static final int KEYS = 2;

  /** How many columns an error lists. */
  private static final int MOST_NAMED = 20;

  /** What a day is written as. */
  enum DayForm {
    /** Days since 1970. */
    DATE,
    /** Microseconds since 1970 in UTC. */
    MOMENT,
    /** Microseconds since 1970 of a clock without a zone. */
    CLOCK
  }

  private final int[] places;
  private final String[] headers;
  private final String[] fields;
  private final boolean[] whole;
  private final DayForm dayForm;

  private BarColumns(StructType schema, List<Integer> places, List<Field> fields) {
    List<StructField> columns = places.stream().map(schema::apply).toList();
    this.places = places.stream().mapToInt(place -> place).toArray();
    this.headers = columns.stream().map(StructField::name).toArray(String[]::new);
    this.fields = fields.stream().map(Field::name).toArray(String[]::new);
    this.whole = new boolean[fields.size()];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = columns.get(KEYS + i).dataType().equals(DataTypes.LongType);
    }
    DataType day = columns.get(1).dataType();
    this.dayForm = day.equals(DataTypes.DateType)
        ? DayForm.DATE
        : day.equals(DataTypes.TimestampType) ? DayForm.MOMENT : DayForm.CLOCK;
  }

  /**
   * Finds the columns.
   *
   * @throws QilinException DATA_NOT_FOUND for one that is not there; DATA_FORMAT for one of a type that is not read;
   *     INVALID_ARGUMENT for a name that could be several
   */
  static BarColumns of(StructType schema, FactorPlan plan, SparkFactorSettings settings) {
    int instrumentPlace = required(schema, settings.instrumentColumn(), "the instruments");
    StructField instrument = schema.apply(instrumentPlace);
    if (!(instrument.dataType() instanceof StringType)) {
      throw unread(instrument, "an instrument is a STRING");
    }
    int dayPlace = required(schema, settings.dayColumn(), "the days");
    StructField day = schema.apply(dayPlace);
    DataType dayType = day.dataType();
    if (!dayType.equals(DataTypes.DateType)
        && !dayType.equals(DataTypes.TimestampType)
        && !dayType.equals(DataTypes.TimestampNTZType)) {
      throw unread(day, "a day is a DATE, or a TIMESTAMP at midnight; convert it, by to_date say");
    }
    List<Integer> places = new ArrayList<>(List.of(instrumentPlace, dayPlace));
    List<Field> fields = new ArrayList<>();
    for (Field field : plan.fields()) {
      Optional<Integer> column = Optional.ofNullable(settings.fieldColumns().get(field))
          .map(name -> required(schema, name, field.toString()))
          .or(() -> find(schema, field.name()));
      if (column.isPresent()) {
        requireNumber(schema.apply(column.get()));
        places.add(column.get());
        fields.add(field);
      } else if (settings.missing() == MissingData.REFUSE) {
        throw lacking(schema, plan, field);
      }
    }
    return new BarColumns(schema, places, fields);
  }

  private static int required(StructType schema, String name, String use) {
    return find(schema, name)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "the bars have no column " + QilinException.quote(name) + " for " + use + "; "
                + nearest(schema, name)));
  }

  /** The column of exactly that name, or else the only one that has it in another case. */
  private static Optional<Integer> find(StructType schema, String name) {
    List<String> names = List.of(schema.fieldNames());
    List<Integer> alike = IntStream.range(0, names.size())
        .filter(place -> names.get(place).equalsIgnoreCase(name))
        .boxed()
        .toList();
    List<Integer> same =
        alike.stream().filter(place -> names.get(place).equals(name)).toList();
    List<Integer> found = same.isEmpty() ? alike : same;
    if (found.size() > 1) {
      throw QilinException.invalid("the bars have " + found.size() + " columns named "
          + QilinException.quote(name) + "; rename or drop all but one");
    }
    return found.stream().findFirst();
  }

  private static void requireNumber(StructField column) {
    DataType type = column.dataType();
    boolean read = type instanceof DecimalType
        || List.of(
                DataTypes.DoubleType,
                DataTypes.FloatType,
                DataTypes.LongType,
                DataTypes.IntegerType,
                DataTypes.ShortType,
                DataTypes.ByteType,
                DataTypes.BooleanType)
            .contains(type);
    if (!read) {
      throw unread(column, "a field is a number or a BOOLEAN");
    }
  }

  private static QilinException unread(StructField column, String instead) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "column " + QilinException.quote(column.name()) + " of the bars is of the type "
            + column.dataType().sql() + "; " + instead);
  }

  private static QilinException lacking(StructType schema, FactorPlan plan, Field field) {
    String factor = "a factor";
    for (int i = plan.names().size() - 1; i >= 0; i--) {
      if (plan.expressions().get(i).fields().contains(field)) {
        factor = "factor " + QilinException.quote(plan.names().get(i));
      }
    }
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        factor + " reads " + field + ", for which the bars have no column; "
            + nearest(schema, field.name()));
  }

  private static String nearest(StructType schema, String name) {
    return NearestName.of(name, List.of(schema.fieldNames()))
        .map(near -> "did you mean " + QilinException.quote(near) + "?")
        .orElse("they have "
            + Arrays.stream(schema.fieldNames())
                .limit(MOST_NAMED)
                .map(QilinException::quote)
                .collect(Collectors.joining(", "))
            + (schema.size() > MOST_NAMED ? ", …" : ""));
  }

  /** What is read of the bars: instrument and day as they are, whole numbers of 64 bits, all other fields as DOUBLE. */
  Dataset<Row> of(Dataset<Row> bars) {
    Column[] columns = new Column[places.length];
    for (int i = 0; i < columns.length; i++) {
      Column column = Sparks.column(places[i]);
      boolean number = i >= KEYS && !whole[i - KEYS];
      columns[i] = number ? column.cast(DataTypes.DoubleType) : column;
    }
    return Sparks.byPlace(bars).select(columns);
  }

  /** The fields that are read, by name. */
  List<Field> fields() {
    return Arrays.stream(fields).map(Field::of).toList();
  }

  int fieldCount() {
    return fields.length;
  }

  /** The name of a selected column. */
  String header(int column) {
    return headers[column];
  }

  /** Whether a field comes as whole numbers of 64 bits. */
  boolean isWhole(int field) {
    return whole[field];
  }

  DayForm dayForm() {
    return dayForm;
  }
}
