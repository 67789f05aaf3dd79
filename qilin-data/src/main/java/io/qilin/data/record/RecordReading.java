package io.qilin.data.record;

import io.qilin.api.record.Provenance;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * What holds for all records of a file.
 *
 * @param provenance the source of records that name none
 * @param units declared units by the path of the field
 */
record RecordReading(Provenance provenance, Map<String, RecordUnit> units) {
  RecordReading {
    units = Map.copyOf(units);
  }

  /** The same for the parts of an object. */
  RecordReading inside(String name) {
    if (units.isEmpty()) {
      return this;
    }
    Map<String, RecordUnit> inner = new HashMap<>();
    units.forEach((path, unit) -> {
      if (path.startsWith(name + ".")) {
        inner.put(path.substring(name.length() + 1), unit);
      }
    });
    return new RecordReading(provenance, inner);
  }

  /** A number in Qilin's unit: the product is exact and rounded once. */
  double converted(String name, double number, Tree.Leaf leaf, RecordPlace place) {
    RecordUnit unit = units.get(name);
    if (unit == null) {
      return number;
    }
    double value = new BigDecimal(leaf.text()).multiply(unit.factor()).doubleValue();
    if (Double.isInfinite(value)) {
      throw place.malformed(leaf.text() + " " + unit + " is too large");
    }
    return value;
  }
}
