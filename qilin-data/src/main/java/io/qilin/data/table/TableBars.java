package io.qilin.data.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.AmountUnit;
import io.qilin.data.bars.InstrumentSpan;
import io.qilin.data.bars.OffCalendarRows;
import io.qilin.data.bars.VolumeUnit;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.BarProfile;
import io.qilin.data.internal.bars.BarSettings;
import io.qilin.data.internal.bars.FileName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads daily bars from files of any {@link TableFormat}, Arrow and Parquet for example: one file for all instruments, or
 * a folder of files with the same columns.
 *
 * <p><b>Columns</b> are found by their names as in CSV, see {@code CsvBarReader}: the instrument is a column of texts; the
 * day one of days, of moments at midnight in Shanghai or UTC, of texts, or of whole numbers like 20240131; fields are
 * columns of numbers, of which 64-bit whole numbers must be exact in a {@code double}, and of truth values, which become 1
 * and 0. A column of another type, also of
 * one that the format does not read, is left out, and a finding says so. A text column {@code adjustment}, which {@link
 * TableBarsWriter} writes, tells how the prices are adjusted.
 *
 * <p><b>Rows</b> are judged, sorted and merged as in CSV, with the same findings. A folder's file whose columns differ from
 * those of the first in name or type is refused;
 * numbers of any width are one type.
 *
 * <p><b>Push-down.</b> Only the columns that are needed are read. Days and instruments of a query are handed to the format,
 * unless units or adjustment are to be found out from all rows, so that the same bar always reads the same.
 *
 * <p><b>Errors</b> name the file, the row (from 1, of the rows that the format handed over) and the column. A read gives
 * all rows or none. Beyond the rows and one batch it holds nothing, and twice the panel while that is being built.
 *
 * <p>Immutable and safe to share; every {@link #read} opens the files again.
 */
public final class TableBars {
  private static final int MOST_FILES = 50_000;
  private static final long MOST_CELLS = 1L << 29;

  private final TableFormat format;
  private final BarSettings settings;
  private final TableLimits limits;

  private TableBars(TableFormat format, BarSettings settings, TableLimits limits) {
    this.format = format;
    this.settings = settings;
    this.limits = limits;
  }

  /**
   * Starts a reader for A-share bars, see {@link Builder#aShareBars}.
   *
   * @param fileOrFolder a file, or a folder of files whose names end as the format's do; sub-folders are not read
   */
  public static Builder builder(TableFormat format, Path fileOrFolder) {
    return new Builder(format, fileOrFolder);
  }

  /**
   * Reads the bars that answer a query.
   *
   * @throws QilinException DATA_FORMAT with file, row and column; DATA_NOT_FOUND if there is no such file or no row answers;
   *     NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE for a row outside the calendar; LIMIT_EXCEEDED; UNSUPPORTED; IO
   */
  public Bars read(BarQuery query) {
    Objects.requireNonNull(query, "query");
    boolean folder = Files.isDirectory(settings.path());
    TableRead read = new TableRead(format, settings, limits, query);
    for (Path file : folder ? filesOfFolder() : List.of(settings.path())) {
      boolean anyName = folder && settings.profile() == BarProfile.GENERIC;
      read.file(file, FileName.of(file, anyName, format.suffixes()));
    }
    return read.bars();
  }

  private List<Path> filesOfFolder() {
    Place place = Place.of(settings.path());
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(settings.path())) {
      for (Path entry : entries) {
        if (FileName.fits(entry, format.suffixes()) && Files.isRegularFile(entry)) {
          files.add(entry);
        }
        if (files.size() > MOST_FILES) {
          throw place.tooLarge("the folder has more than " + MOST_FILES + " files");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw place.error(ErrorCode.IO, "the folder cannot be read", e.getCause());
    } catch (IOException e) {
      throw place.error(ErrorCode.IO, "the folder cannot be read", e);
    }
    if (files.isEmpty()) {
      throw place.error(
          ErrorCode.DATA_NOT_FOUND,
          "the folder has no file that ends in "
              + String.join(" or ", format.suffixes().stream().sorted().toList()));
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return files;
  }

  /** What a {@link TableBars} is to be told. Not thread-safe. */
  public static final class Builder {
    private final TableFormat format;
    private final BarSettings.Builder bars;
    private TableLimits limits = TableLimits.DEFAULT;

    private Builder(TableFormat format, Path path) {
      this.format = Objects.requireNonNull(format, "format");
      this.bars = new BarSettings.Builder(format.id(), path);
    }

    /**
     * Takes the files for daily bars of A-shares; the default. Instruments have a form of {@link Symbol#parse}, the columns
     * open, high, low, close and volume must be there, and infinite values are refused.
     */
    public Builder aShareBars() {
      bars.profile(BarProfile.A_SHARE_BARS);
      return this;
    }

    /**
     * Takes the files for any numbers of any instruments. Instruments have a form of {@link Symbol#parseAny}, only the
     * instrument and the day must be there, infinite values are values, and volume and turnover are taken as they are.
     */
    public Builder generic() {
      bars.profile(BarProfile.GENERIC);
      return this;
    }

    /**
     * How the prices are adjusted. Unless set, a text column {@code adjustment} tells, or it is found out from the columns
     * close, raw_close and factor.
     */
    public Builder adjustment(Adjustment known) {
      bars.adjustment(known);
      return this;
    }

    /** What volume is counted in; {@link VolumeUnit#AUTO} unless set. */
    public Builder volumeUnit(VolumeUnit unit) {
      bars.volumeUnit(unit);
      return this;
    }

    /** What turnover is counted in; {@link AmountUnit#AUTO} unless set. */
    public Builder amountUnit(AmountUnit unit) {
      bars.amountUnit(unit);
      return this;
    }

    /** The fields that every file must have, instead of those of the profile. */
    public Builder require(Field... fields) {
      bars.require(fields);
      return this;
    }

    /** The name of the column of instruments, instead of the usual names. */
    public Builder instrumentColumn(String name) {
      bars.instrumentColumn(name);
      return this;
    }

    /** The name of the column of days, instead of the usual names. */
    public Builder dateColumn(String name) {
      bars.dateColumn(name);
      return this;
    }

    /**
     * Says what a column holds, whatever its name suggests.
     *
     * @throws QilinException INVALID_CONFIGURATION if the column or the field was mapped before
     */
    public Builder column(String name, Field field) {
      bars.column(name, field);
      return this;
    }

    /** Leaves columns out without a finding; a column that is not there does not matter. */
    public Builder ignore(String... names) {
      bars.ignore(names);
      return this;
    }

    /** The trading days; the panel then has all of them from its first to its last row. */
    public Builder calendar(TradingCalendar tradingCalendar) {
      bars.calendar(tradingCalendar);
      return this;
    }

    /**
     * The trading days from a text file with a date a line; read at once.
     *
     * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT, LIMIT_EXCEEDED, IO
     */
    public Builder calendarFile(Path file) {
      bars.calendarFile(file);
      return this;
    }

    /** First and last day of each instrument; rows of others are outside. */
    public Builder instruments(Map<Symbol, InstrumentSpan> known) {
      bars.instruments(known);
      return this;
    }

    /**
     * First and last day of each instrument from a text file of {@code code TAB first TAB last}; read at once.
     *
     * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT, LIMIT_EXCEEDED, IO
     */
    public Builder instrumentsFile(Path file) {
      bars.instrumentsFile(file);
      return this;
    }

    /** What becomes of rows outside the calendar or the span; refused unless set. */
    public Builder offCalendar(OffCalendarRows treatment) {
      bars.offCalendar(treatment);
      return this;
    }

    /** How large the files may be; {@link TableLimits#DEFAULT} unless set. */
    public Builder limits(TableLimits most) {
      limits = Objects.requireNonNull(most, "most");
      return this;
    }

    /** The reader. Nothing is opened yet. */
    public TableBars build() {
      return new TableBars(format, bars.build(MOST_CELLS), limits);
    }

    /** What every reader of daily bars is told. */
    BarSettings.Builder bars() {
      return bars;
    }
  }
}
