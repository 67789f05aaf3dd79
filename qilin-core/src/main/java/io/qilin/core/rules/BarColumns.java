package io.qilin.core.rules;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import java.util.Optional;

/** The columns of a panel that decide how a share stood to its limits. */
record BarColumns(
    PanelColumn open,
    PanelColumn high,
    PanelColumn low,
    PanelColumn close,
    Optional<PanelColumn> volumes,
    Optional<PanelColumn> references) {
  static BarColumns of(Panel panel) {
    return new BarColumns(
        panel.column(Field.OPEN),
        panel.column(Field.HIGH),
        panel.column(Field.LOW),
        panel.column(Field.CLOSE),
        find(panel, Field.VOLUME),
        find(panel, Field.PRE_CLOSE));
  }

  private static Optional<PanelColumn> find(Panel panel, Field field) {
    return panel.has(field) ? Optional.of(panel.column(field)) : Optional.empty();
  }

  double volume(int instrument, int day) {
    return volumes.isPresent() ? volumes.get().value(instrument, day) : Double.NaN;
  }

  double reference(int instrument, int day) {
    return references.isPresent() ? references.get().value(instrument, day) : Double.NaN;
  }
}
