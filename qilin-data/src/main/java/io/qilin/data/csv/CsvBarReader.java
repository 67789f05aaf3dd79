package io.qilin.data.csv;

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
import io.qilin.data.internal.bars.BarTable;
import io.qilin.data.internal.bars.FileName;
import io.qilin.data.internal.bars.FindingLog;
import io.qilin.data.internal.bars.PanelAssembly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads daily bars from CSV: one file for all instruments, or a folder with a file for each; plain
 * or gzip, told apart by their first bytes.
 *
 * <p><b>Columns</b> come in any order and letter case. The instrument and the day are found by
 * their usual names ({@code instrument}, {@code symbol}, {@code code}, {@code ts_code};
 * {@code datetime}, {@code date}, {@code trade_date}), as are the fields of {@link Field}, also by
 * the names of Chinese vendors ({@code vol}, {@code preclose}, {@code 成交量}). Every other column of
 * numbers becomes a field of its own name; a column of text is left out, and a finding says so. A
 * folder's file without an instrument column is named after its instrument, for example
 * {@code SH600519.csv}.
 *
 * <p><b>Values.</b> A blank cell, {@code NaN}, {@code null}, {@code NA} or {@code None} is
 * {@code NaN} in the panel. Anything else that is no plain decimal number is refused. Prices are
 * taken in yuan, the previous close as a raw price whatever the others are (map an adjusted one to
 * a field of another name); volume becomes shares and turnover yuan, see
 * {@link Builder#volumeUnit}. Values that are numbers but not plausible, such as a negative price,
 * are loaded as they are: judging them is the task of the quality report.
 *
 * <p><b>Rows.</b> Order does not matter. A row that comes twice is merged; if the two differ, the
 * first is kept. An instrument's span runs from its first to its last row; days between on which it
 * has no row are {@code NaN}. The panel's days are those of the files. All this can be set
 * otherwise, and all that was mended is told in {@link Bars#findings}.
 *
 * <p><b>Errors</b> name the file, the line, the column and the value. A read gives all rows or
 * none. Files are streamed within {@link CsvLimits}; beyond the rows themselves a read holds less
 * than 1 MiB a file, and twice the panel while that is being built.
 *
 * <p>Immutable and safe to share; every {@link #read} opens the files again.
 */
public final class CsvBarReader {
  private static final Set<String> ENDINGS = Set.of(".csv", ".csv.gz");

  private final BarSettings settings;
  private final Charset charset;
  private final CsvLimits limits;

  private CsvBarReader(BarSettings settings, Charset charset, CsvLimits limits) {
    this.settings = settings;
    this.charset = charset;
    this.limits = limits;
  }

  /**
   * Starts a reader for A-share bars, see {@link Builder#aShareBars}.
   *
   * @param fileOrFolder a CSV file, or a folder of CSV files; sub-folders are not read
   */
  public static Builder builder(Path fileOrFolder) {
    return new Builder(fileOrFolder);
  }

  /**
   * Reads the bars that answer a query.
   *
   * <p>How prices are adjusted and what volume is counted in is judged from all rows of the files
   * read, also those that the query leaves out, so that the same bar always reads the same. Where
   * all of this is set, files of a folder that are named after instruments which the query leaves
   * out are not opened.
   *
   * @throws QilinException DATA_FORMAT with file, line and column; DATA_NOT_FOUND if there is no
   *     such file or no row answers; NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE for a row outside the
   *     calendar; LIMIT_EXCEEDED; IO
   */
  public Bars read(BarQuery query) {
    Objects.requireNonNull(query, "query");
    FindingLog log = new FindingLog();
    BarTable table = new BarTable(settings.profile());
    BarRows.TextColumns textColumns = new BarRows.TextColumns();
    boolean folder = Files.isDirectory(settings.path());
    for (Path file : folder ? filesOfFolder() : List.of(settings.path())) {
      FileName name =
          FileName.of(file, folder && settings.profile() == BarProfile.GENERIC, ENDINGS);
      if (!folder || settings.judges() || name.answers(query)) {
        readFile(file, name, table, textColumns);
      }
    }
    textColumns.report(log);
    return new PanelAssembly(settings, table, log).bars(query);
  }

  private void readFile(Path file, FileName name, BarTable table, BarRows.TextColumns textColumns) {
    Place place = Place.of(file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw place.error(ErrorCode.DATA_NOT_FOUND, "this is neither a file nor a folder");
    }
    int before = table.rows();
    table.beginFile(place);
    BarRows rows = new BarRows(settings, limits, table, textColumns, place, name);
    CsvText.parse(file, charset, limits, rows, rows::place);
    if (!rows.hasHeader()) {
      throw place.malformed("the file is empty; a header and at least one row are expected");
    }
    if (table.rows() == before) {
      throw place.malformed("the file has a header but no rows");
    }
    rows.end();
  }

  private List<Path> filesOfFolder() {
    Place place = Place.of(settings.path());
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(settings.path())) {
      for (Path entry : entries) {
        if (FileName.fits(entry, ENDINGS) && Files.isRegularFile(entry)) {
          files.add(entry);
        }
        if (files.size() > limits.files()) {
          throw place.tooLarge("the folder has more than " + limits.files() + " CSV files");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw GuardedInput.failure(place, e.getCause());
    } catch (UncheckedIOException e) {
      throw GuardedInput.failure(place, e.getCause());
    } catch (IOException e) {
      throw GuardedInput.failure(place, e);
    }
    if (files.isEmpty()) {
      throw place.error(
          ErrorCode.DATA_NOT_FOUND, "the folder has no file that ends in .csv or .csv.gz");
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return files;
  }

  /** What a {@link CsvBarReader} is to be told. Not thread-safe. */
  public static final class Builder {
    private final BarSettings.Builder bars;
    private Charset charset = StandardCharsets.UTF_8;
    private CsvLimits limits = CsvLimits.DEFAULT;

    private Builder(Path path) {
      this.bars = new BarSettings.Builder("csv", path);
    }

    /**
     * Takes the files for daily bars of A-shares; the default. Instruments have a form of {@link
     * Symbol#parse}, the columns open, high, low, close and volume must be there, and infinite
     * values are refused.
     */
    public Builder aShareBars() {
      bars.profile(BarProfile.A_SHARE_BARS);
      return this;
    }

    /**
     * Takes the files for any numbers of any instruments. Instruments have a form of {@link
     * Symbol#parseAny}, only the instrument and the day must be there, {@code inf} and {@code -inf}
     * are values, and volume and turnover are taken as they are.
     */
    public Builder generic() {
      bars.profile(BarProfile.GENERIC);
      return this;
    }

    /**
     * How the text is encoded: UTF-8, the default, with or without a byte-order mark; or GB18030,
     * of which GBK and GB2312 are parts.
     *
     * @throws QilinException INVALID_CONFIGURATION for another character set
     */
    public Builder charset(Charset encoding) {
      charset = CsvCharset.check(encoding);
      return this;
    }

    /**
     * How the prices are adjusted. Unless set, it is found out: without a {@code factor} column
     * prices are RAW; with {@code factor} and {@code raw_close} the rows tell; a {@code factor}
     * column alone tells nothing, and the read fails with a message that asks for this setting
     * (under {@link #generic} it is BACKWARD then).
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

    /** The header of the column that names the instrument, instead of the usual names. */
    public Builder instrumentColumn(String header) {
      bars.instrumentColumn(header);
      return this;
    }

    /** The header of the column that names the day, instead of the usual names. */
    public Builder dateColumn(String header) {
      bars.dateColumn(header);
      return this;
    }

    /**
     * Says what a column holds, whatever its name suggests.
     *
     * @throws QilinException INVALID_CONFIGURATION if the column or the field was mapped before
     */
    public Builder column(String header, Field field) {
      bars.column(header, field);
      return this;
    }

    /** Leaves columns out without a finding; a column that is not there does not matter. */
    public Builder ignore(String... headers) {
      bars.ignore(headers);
      return this;
    }

    /**
     * The trading days. The panel then has all of them from its first to its last row, also days on
     * which no instrument has one.
     */
    public Builder calendar(TradingCalendar tradingCalendar) {
      bars.calendar(tradingCalendar);
      return this;
    }

    /**
     * The trading days from a file with a date a line, as Qlib writes it; read at once.
     *
     * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT, IO
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
     * First and last day of each instrument from a file of {@code code TAB first TAB last}, as Qlib
     * writes it; read at once. Several lines of one instrument are taken as one span over all.
     *
     * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT, IO
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

    /** How large the files may be; {@link CsvLimits#DEFAULT} unless set. */
    public Builder limits(CsvLimits most) {
      limits = Objects.requireNonNull(most, "most");
      return this;
    }

    /** The reader. Nothing is opened yet. */
    public CsvBarReader build() {
      return new CsvBarReader(bars.build(limits.panelCells()), charset, limits);
    }

    /** What every reader of daily bars is told. */
    BarSettings.Builder bars() {
      return bars;
    }
  }
}
