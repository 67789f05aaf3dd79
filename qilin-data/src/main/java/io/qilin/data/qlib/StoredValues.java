package io.qilin.data.qlib;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import java.util.List;

/** The values of a panel as a store holds them, float32, and how many of them were rounded. For use by one thread. */
final class StoredValues {
  private final Panel panel;
  private final QlibVolume volume;
  private final List<Field> fields;
  private final List<PanelColumn> columns;
  private long values;
  private long rounded;

  StoredValues(Panel panel, QlibVolume volume) {
    this.panel = panel;
    this.volume = volume;
    this.fields = List.copyOf(panel.fields());
    this.columns = fields.stream().map(panel::column).toList();
  }

  /** The fields, whose places {@link #value} takes. */
  List<Field> fields() {
    return fields;
  }

  /**
   * A value, the nearest to that of the panel.
   *
   * @param field place of the field
   * @throws QilinException INVALID_ARGUMENT if it is too large for a float32; DATA_NOT_FOUND without the factor that
   *     adjusted volume needs
   */
  float value(int field, int instrument, int day) {
    double value = columns.get(field).value(instrument, day);
    if (volume == QlibVolume.ADJUSTED && fields.get(field).equals(Field.VOLUME)) {
      value /= panel.value(Field.FACTOR, instrument, day);
    }
    float near = (float) value;
    if (Float.isInfinite(near) && !Double.isInfinite(value)) {
      throw QilinException.invalid(
          fields.get(field) + " of " + panel.symbols().get(instrument) + " on "
              + panel.days().get(day) + " is " + value + ", too large for the float32 of a store");
    }
    values += Double.isNaN(value) ? 0 : 1;
    rounded += Double.isNaN(value) || near == value ? 0 : 1;
    return near;
  }

  /** Known values that were asked for. */
  long values() {
    return values;
  }

  /** How many of them no float32 equals. */
  long rounded() {
    return rounded;
  }
}
