package io.qilin.data.csv;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a {@link CsvBarReader} was told.
 *
 * @param path the file or folder
 * @param profile what it is taken for
 * @param charset how its text is encoded
 * @param adjustment how its prices are adjusted, empty to find out
 * @param volumeUnit what volume is counted in
 * @param amountUnit what turnover is counted in
 * @param required the fields that every file must have
 * @param instrumentColumn key of the instrument column, empty to find it
 * @param dateColumn key of the date column, empty to find it
 * @param mapping field of a column, by the column's key
 * @param ignored keys of columns to leave out
 * @param calendar the trading days, empty for those of the files
 * @param spans first and last day of each instrument, empty for those of the files
 * @param offCalendar what becomes of rows outside of them
 * @param limits how large the files may be
 */
record CsvSettings(
    Path path,
    CsvProfile profile,
    Charset charset,
    Optional<Adjustment> adjustment,
    VolumeUnit volumeUnit,
    AmountUnit amountUnit,
    List<Field> required,
    Optional<String> instrumentColumn,
    Optional<String> dateColumn,
    Map<String, Field> mapping,
    Set<String> ignored,
    Optional<List<LocalDate>> calendar,
    Map<Symbol, InstrumentSpan> spans,
    OffCalendarRows offCalendar,
    CsvLimits limits) {

  /** Whether something is to be found out from the rows. */
  boolean judges() {
    return adjustment.isEmpty() || volumeUnit == VolumeUnit.AUTO || amountUnit == AmountUnit.AUTO;
  }

  /** Whether a column is mapped to the field. */
  boolean maps(Field field) {
    return mapping.containsValue(field);
  }
}
