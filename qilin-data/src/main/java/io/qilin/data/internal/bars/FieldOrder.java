package io.qilin.data.internal.bars;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The order in which the fields of a panel are written. */
public final class FieldOrder {
  private static final List<Field> USUAL = List.of(
      Field.OPEN,
      Field.HIGH,
      Field.LOW,
      Field.CLOSE,
      Field.VOLUME,
      Field.AMOUNT,
      Field.VWAP,
      Field.FACTOR,
      Field.PRE_CLOSE);

  private FieldOrder() {}

  /** The usual fields as every vendor orders them, then the others by name. */
  public static List<Field> of(Panel panel) {
    List<Field> fields = new ArrayList<>(USUAL);
    fields.retainAll(panel.fields());
    TreeSet<Field> others = new TreeSet<>(panel.fields());
    others.removeAll(USUAL);
    fields.addAll(others);
    return fields;
  }
}
