package io.qilin.data.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Field;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.BarSettings;
import io.qilin.data.internal.bars.ColumnNames;
import io.qilin.data.internal.bars.ColumnPlan;
import io.qilin.data.internal.bars.FindingLog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a table hold what.
 *
 * @param date the column of days
 * @param instrument the column of instruments, if there is one
 * @param adjustment the column that tells how prices are adjusted, if there is one
 * @param fields the field that each of the other columns holds, by the column's name
 */
record BarColumns(
    TableField date,
    Optional<String> instrument,
    Optional<String> adjustment,
    Map<String, Field> fields) {
  /** The name of the column that tells how prices are adjusted. */
  static final String ADJUSTMENT = "adjustment";

  private static final Set<ColumnType> NUMBERS =
      EnumSet.of(ColumnType.FLOAT64, ColumnType.INT32, ColumnType.INT64, ColumnType.BOOLEAN);
  private static final Set<ColumnType> DAYS = EnumSet.of(
      ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.TEXT, ColumnType.INT32, ColumnType.INT64);

  /**
   * Decides by names and types; a column that is left out because of its type is noted.
   *
   * @param unread columns that the format does not read, with their types
   */
  static BarColumns of(
      TableSchema schema,
      Map<String, String> unread,
      BarSettings settings,
      Place place,
      boolean needsInstrument,
      FindingLog log) {
    List<String> names = new ArrayList<>(schema.names());
    names.addAll(unread.keySet());
    ColumnPlan plan = ColumnPlan.of(names, settings, place, needsInstrument);
    Optional<TableField> date = Optional.empty();
    Optional<String> instrument = Optional.empty();
    Optional<String> adjustment = Optional.empty();
    Map<String, Field> fields = new LinkedHashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      TableField column = schema.fields().get(i);
      boolean number = NUMBERS.contains(column.type());
      switch (plan.roles().get(i)) {
        case DATE -> {
          require(
              DAYS.contains(column.type()),
              column,
              place,
              "days, moments, texts or whole" + " numbers like 20240131");
          date = Optional.of(column);
        }
        case INSTRUMENT -> {
          require(column.type() == ColumnType.TEXT, column, place, "texts such as 600519.SH");
          instrument = Optional.of(column.name());
        }
        case NUMBER -> {
          require(number, column, place, "numbers");
          fields.put(column.name(), plan.fields().get(i));
        }
        case UNDECIDED -> {
          boolean text = column.type() == ColumnType.TEXT;
          if (number) {
            fields.put(column.name(), plan.fields().get(i));
          } else if (text && ColumnNames.key(column.name()).equals(ADJUSTMENT)) {
            adjustment = Optional.of(column.name());
          } else {
            leaveOut(column.name(), column.type(), place, log);
          }
        }
        case IGNORED -> {
          if (!settings.ignored().contains(ColumnNames.key(column.name()))) {
            leaveOut(column.name(), column.type(), place, log);
          }
        }
      }
    }
    for (int i = schema.fields().size(); i < names.size(); i++) {
      unread(names.get(i), unread.get(names.get(i)), plan.roles().get(i), settings, place, log);
    }
    return new BarColumns(date.orElseThrow(), instrument, adjustment, fields);
  }

  /** A column that nothing needs is left out; without one that something needs there are no bars. */
  private static void unread(
      String name,
      @Nullable String type,
      ColumnPlan.Role role,
      BarSettings settings,
      Place place,
      FindingLog log) {
    if (role != ColumnPlan.Role.UNDECIDED && role != ColumnPlan.Role.IGNORED) {
      throw place
          .column(name)
          .error(
              ErrorCode.UNSUPPORTED,
              "the column holds " + type + ", which is not read; convert it where the file is"
                  + " written, or ignore it if it is not needed");
    }
    if (!settings.ignored().contains(ColumnNames.key(name))) {
      leaveOut(name, type, place, log);
    }
  }

  private static void require(boolean fits, TableField column, Place place, String what) {
    if (!fits) {
      throw place
          .column(column.name())
          .malformed("the column holds " + column.type() + ", but " + what + " are needed");
    }
  }

  private static void leaveOut(String column, @Nullable Object type, Place place, FindingLog log) {
    log.note(
        "column-left-out",
        QualityDimension.VALIDITY,
        QualitySeverity.INFO,
        place.column(column) + " holds " + type + "; the column was left out");
  }

  /** The names of the columns that are read. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(date.name()));
    instrument.ifPresent(names::add);
    adjustment.ifPresent(names::add);
    names.addAll(fields.keySet());
    return names;
  }

  /** Whether all rows are needed to find out units or adjustment. */
  boolean judged(BarSettings settings) {
    boolean counted = fields.containsValue(Field.VOLUME) || fields.containsValue(Field.AMOUNT);
    boolean adjusted = settings.adjustment().isEmpty() && adjustment.isEmpty();
    return (counted && settings.judgesUnits()) || (adjusted && fields.containsValue(Field.FACTOR));
  }
}
