package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.bars.OffCalendarRows;
import io.qilin.data.csv.CsvBarReader;
import io.qilin.data.qlib.QlibStore;
import io.qilin.data.qlib.QlibVolume;
import io.qilin.data.table.TableBars;
import io.qilin.data.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the daily bars are. */
final class BarsOptions {
  @Option(
      names = "--bars",
      required = true,
      paramLabel = "FILE_OR_DIR",
      description =
          "Daily bars: a CSV file, plain or .gz, an Arrow or Parquet file, a folder of such"
              + " files, or the folder of a Qlib store.")
  private Path bars = Path.of("");

  @Option(
      names = "--calendar",
      paramLabel = "FILE",
      description = "The trading days, one a line; those of the bars unless given.")
  private Optional<Path> calendar = Optional.empty();

  @Option(
      names = "--instruments",
      paramLabel = "FILE",
      description =
          "Code, first and last day of each instrument, separated by tabs; those of the bars unless given.")
  private Optional<Path> instruments = Optional.empty();

  @Option(
      names = "--qlib-volume",
      paramLabel = "shares|adjusted",
      description = "What the volume of a Qlib store is counted in; as the store says, or shares.")
  private Optional<QlibVolume> qlibVolume = Optional.empty();

  /** For the command line, which fills the fields. */
  BarsOptions() {}

  /** The bars of a file or folder, and nothing else. */
  static BarsOptions of(Path bars, Optional<QlibVolume> qlibVolume) {
    BarsOptions options = new BarsOptions();
    options.bars = bars;
    options.qlibVolume = qlibVolume;
    return options;
  }

  /** How to take the rows. */
  private enum Kind {
    ANYTHING,
    SHARES,
    SHARES_TO_JUDGE
  }

  /** Any fields of any instruments. */
  Bars readAnything() {
    return read(Kind.ANYTHING);
  }

  /** Daily bars of A-shares. */
  Bars readShares() {
    return read(Kind.SHARES);
  }

  /** As {@link #readShares}, with rows outside the calendar as findings instead of errors. */
  Bars readSharesToJudge() {
    return read(Kind.SHARES_TO_JUDGE);
  }

  /** Whether the file is one of those that are read. */
  boolean reads(Path file) {
    return Stream.concat(Stream.of(bars), Stream.concat(calendar.stream(), instruments.stream()))
        .anyMatch(input -> same(input, file));
  }

  /** Whether both paths lead to one existing file. */
  static boolean same(Path one, Path other) {
    try {
      return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, "cannot look at " + QilinException.quote(other.toString()), e);
    }
  }

  /** What was read, for a message. */
  Path path() {
    return bars;
  }

  private Bars read(Kind kind) {
    return BarFiles.toRead(bars)
        .fold(path -> csv(path, kind), (format, path) -> table(format, path, kind), this::qlib);
  }

  private Bars csv(Path path, Kind kind) {
    CsvBarReader.Builder reader = CsvBarReader.builder(path);
    switch (kind) {
      case ANYTHING -> reader.generic();
      case SHARES -> reader.aShareBars();
      case SHARES_TO_JUDGE -> reader.aShareBars().offCalendar(OffCalendarRows.REPORT);
    }
    calendar.ifPresent(reader::calendarFile);
    instruments.ifPresent(reader::instrumentsFile);
    return reader.build().read(BarQuery.ALL);
  }

  private Bars table(TableFormat format, Path path, Kind kind) {
    TableBars.Builder reader = TableBars.builder(format, path);
    switch (kind) {
      case ANYTHING -> reader.generic();
      case SHARES -> reader.aShareBars();
      case SHARES_TO_JUDGE -> reader.aShareBars().offCalendar(OffCalendarRows.REPORT);
    }
    calendar.ifPresent(reader::calendarFile);
    instruments.ifPresent(reader::instrumentsFile);
    return reader.build().read(BarQuery.ALL);
  }

  private Bars qlib(Path path) {
    if (calendar.isPresent() || instruments.isPresent()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a Qlib store has its own calendar and instruments; leave out --calendar and --instruments");
    }
    QlibStore.Builder store = QlibStore.builder(path);
    qlibVolume.ifPresent(store::volume);
    return store.build().read(BarQuery.ALL);
  }
}
