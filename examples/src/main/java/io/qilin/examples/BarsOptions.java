package io.qilin.examples;

import io.qilin.data.bars.OffCalendarRows;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.csv.CsvBarReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the daily bars are. */
final class BarsOptions {
  private static final List<String> LATER = List.of(".arrow", ".arrows", ".feather", ".parquet");

  @Option(
      names = "--bars",
      required = true,
      paramLabel = "FILE_OR_DIR",
      description =
          "Daily bars: a CSV file, plain or .gz, or a folder with one for each instrument.")
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

  /** Any fields of any instruments. */
  Bars readAnything() {
    return read(reader().generic());
  }

  /** Daily bars of A-shares. */
  Bars readShares() {
    return read(reader().aShareBars());
  }

  /** As {@link #readShares}, with rows outside the calendar as findings instead of errors. */
  Bars readSharesToJudge() {
    return read(reader().aShareBars().offCalendar(OffCalendarRows.REPORT));
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

  private CsvBarReader.Builder reader() {
    String name = bars.toString().toLowerCase(Locale.ROOT);
    boolean later =
        LATER.stream().anyMatch(name::endsWith) || Files.isDirectory(bars.resolve("features"));
    if (later) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "reading " + QilinException.quote(bars.toString())
              + " needs a format that a later version brings; this one reads CSV, plain or .gz");
    }
    return CsvBarReader.builder(bars);
  }

  private Bars read(CsvBarReader.Builder reader) {
    calendar.ifPresent(reader::calendarFile);
    instruments.ifPresent(reader::instrumentsFile);
    return reader.build().read(BarQuery.ALL);
  }
}
