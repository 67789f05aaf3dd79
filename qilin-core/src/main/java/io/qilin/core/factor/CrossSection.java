package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One day of all instruments of a {@link FactorStream}, to be filled and pushed, again and again. What is not set is
 * {@code NaN}, not known, as for a suspended share. Not thread-safe.
 */
public final class CrossSection {
  private final SortedMap<Field, double[]> values;
  private final int size;

  CrossSection(Iterable<Field> fields, int instruments) {
    size = instruments;
    SortedMap<Field, double[]> rows = new TreeMap<>();
    for (Field field : fields) {
      double[] row = new double[instruments];
      Arrays.fill(row, Double.NaN);
      rows.put(field, row);
    }
    values = rows;
  }

  /** How many instruments it has. */
  public int size() {
    return size;
  }

  /** The fields that the stream reads. */
  public Set<Field> fields() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /**
   * Sets one value.
   *
   * @param instrument index in {@link FactorStream#symbols}
   * @throws QilinException DATA_NOT_FOUND for a field that no factor of the stream reads
   */
  public CrossSection set(Field field, int instrument, double value) {
    values(field)[instrument] = value;
    return this;
  }

  /**
   * The values of a field, one an instrument, to be written.
   *
   * @throws QilinException DATA_NOT_FOUND for a field that no factor of the stream reads
   */
  public double[] values(Field field) {
    double[] row = values.get(field);
    if (row == null) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "no factor of the stream reads " + field + "; they read " + values.keySet());
    }
    return row;
  }

  /** Makes everything {@code NaN}. */
  public void clear() {
    for (Map.Entry<Field, double[]> entry : values.entrySet()) {
      Arrays.fill(entry.getValue(), Double.NaN);
    }
  }
}
