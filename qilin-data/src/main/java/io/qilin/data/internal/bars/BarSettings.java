package io.qilin.data.internal.bars;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.data.bars.AmountUnit;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.bars.OffCalendarRows;
import io.qilin.data.bars.VolumeUnit;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a reader of daily bars was told, whatever the format of its files.
 *
 * @param provider id of the provider, for the provenance
 * @param path the file or folder
 * @param profile what it is taken for
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
 * @param panelCells instruments × days × fields that the result may have
 */
public record BarSettings(
    String provider,
    Path path,
    BarProfile profile,
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
    long panelCells) {

  /** Whether something is to be found out from the rows. */
  public boolean judges() {
    return adjustment.isEmpty() || judgesUnits();
  }

  /** Whether units are to be found out from the rows. */
  public boolean judgesUnits() {
    return volumeUnit == VolumeUnit.AUTO || amountUnit == AmountUnit.AUTO;
  }

  /** Whether a column is mapped to the field. */
  boolean maps(Field field) {
    return mapping.containsValue(field);
  }

  /** The same settings, with prices adjusted so. */
  public BarSettings withAdjustment(Adjustment known) {
    return new BarSettings(
        provider,
        path,
        profile,
        Optional.of(known),
        volumeUnit,
        amountUnit,
        required,
        instrumentColumn,
        dateColumn,
        mapping,
        ignored,
        calendar,
        spans,
        offCalendar,
        panelCells);
  }

  /** Collects settings; the public builders of the readers say what each means. Not thread-safe. */
  public static final class Builder {
    private final String provider;
    private final Path path;
    private BarProfile profile = BarProfile.A_SHARE_BARS;
    private Optional<Adjustment> adjustment = Optional.empty();
    private Optional<VolumeUnit> volumeUnit = Optional.empty();
    private Optional<AmountUnit> amountUnit = Optional.empty();
    private Optional<List<Field>> required = Optional.empty();
    private Optional<String> instrumentColumn = Optional.empty();
    private Optional<String> dateColumn = Optional.empty();
    private final Map<String, Field> mapping = new TreeMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private Optional<List<LocalDate>> calendar = Optional.empty();
    private Map<Symbol, InstrumentSpan> spans = Map.of();
    private OffCalendarRows offCalendar = OffCalendarRows.REFUSE;

    /** Begins with A-share bars of which nothing more is known. */
    public Builder(String provider, Path path) {
      this.provider = provider;
      this.path = Objects.requireNonNull(path, "fileOrFolder");
    }

    /** What the files are taken for. */
    public void profile(BarProfile taken) {
      profile = taken;
    }

    /** How the prices are adjusted. */
    public void adjustment(Adjustment known) {
      adjustment = Optional.of(known);
    }

    /** What volume is counted in. */
    public void volumeUnit(VolumeUnit unit) {
      volumeUnit = Optional.of(unit);
    }

    /** What turnover is counted in. */
    public void amountUnit(AmountUnit unit) {
      amountUnit = Optional.of(unit);
    }

    /** The fields that every file must have. */
    public void require(Field... fields) {
      required = Optional.of(List.of(fields));
    }

    /** The name of the column of instruments. */
    public void instrumentColumn(String header) {
      instrumentColumn = Optional.of(ColumnNames.key(header));
    }

    /** The name of the column of days. */
    public void dateColumn(String header) {
      dateColumn = Optional.of(ColumnNames.key(header));
    }

    /**
     * What a column holds.
     *
     * @throws QilinException INVALID_CONFIGURATION if the column or the field was mapped before
     */
    public void column(String header, Field field) {
      Objects.requireNonNull(field, "field");
      if (mapping.containsValue(field) || mapping.containsKey(ColumnNames.key(header))) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            QilinException.quote(header) + " or the field " + field + " is mapped twice");
      }
      mapping.put(ColumnNames.key(header), field);
    }

    /** Columns to leave out. */
    public void ignore(String... headers) {
      for (String header : headers) {
        ignored.add(ColumnNames.key(header));
      }
    }

    /** The trading days. */
    public void calendar(TradingCalendar tradingCalendar) {
      calendar = Optional.of(tradingCalendar.days());
    }

    /** The trading days from a file. */
    public void calendarFile(Path file) {
      calendar = Optional.of(MarketLists.calendar(file));
    }

    /** First and last day of each instrument. */
    public void instruments(Map<Symbol, InstrumentSpan> known) {
      spans = Collections.unmodifiableMap(new TreeMap<>(known));
    }

    /** First and last day of each instrument from a file. */
    public void instrumentsFile(Path file) {
      instruments(MarketLists.instruments(file));
    }

    /** What becomes of rows outside the calendar or the span. */
    public void offCalendar(OffCalendarRows treatment) {
      offCalendar = Objects.requireNonNull(treatment, "treatment");
    }

    /** The settings. */
    public BarSettings build(long panelCells) {
      return new BarSettings(
          provider,
          path,
          profile,
          adjustment,
          volumeUnit.orElse(profile.volumeUnit()),
          amountUnit.orElse(profile.amountUnit()),
          required.orElse(profile.required()),
          instrumentColumn,
          dateColumn,
          Collections.unmodifiableMap(new TreeMap<>(mapping)),
          Collections.unmodifiableSet(new LinkedHashSet<>(ignored)),
          calendar,
          spans,
          offCalendar,
          panelCells);
    }
  }
}
