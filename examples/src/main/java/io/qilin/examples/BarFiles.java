package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which form a file or folder of daily bars has, by its name: CSV, a table of another format, or the folder of a Qlib
 * store.
 */
sealed interface BarFiles {
  /** The value of the case's function. */
  <R> R fold(Function<Path, R> csv, BiFunction<TableFormat, Path, R> table, Function<Path, R> qlib);

  /** CSV, plain or gzip. */
  record Csv(Path path) implements BarFiles {
    @Override
    public <R> R fold(
        Function<Path, R> csv, BiFunction<TableFormat, Path, R> table, Function<Path, R> qlib) {
      return csv.apply(path);
    }
  }

  /** A format that is found by the end of the name. */
  record Table(TableFormat format, Path path) implements BarFiles {
    @Override
    public <R> R fold(
        Function<Path, R> csv, BiFunction<TableFormat, Path, R> table, Function<Path, R> qlib) {
      return table.apply(format, path);
    }
  }

  /** A Qlib store. */
  record Qlib(Path path) implements BarFiles {
    @Override
    public <R> R fold(
        Function<Path, R> csv, BiFunction<TableFormat, Path, R> table, Function<Path, R> qlib) {
      return qlib.apply(path);
    }
  }

  /** What is to be read: a folder is looked into, a file that ends like no other format is CSV. */
  static BarFiles toRead(Path path) {
    if (!Files.isDirectory(path)) {
      return table(path, path).orElseGet(() -> new Csv(path));
    }
    if (Files.isDirectory(path.resolve("features"))) {
      return new Qlib(path);
    }
    List<Path> entries = entries(path);
    Optional<Path> csv = entries.stream().filter(BarFiles::isCsv).findFirst();
    Optional<Path> other =
        entries.stream().filter(entry -> table(entry, path).isPresent()).findFirst();
    if (csv.isPresent() && other.isPresent()) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "the folder " + shown(path) + " has files of two formats, " + shown(csv.get()) + " and "
              + shown(other.get()) + "; name a folder of one");
    }
    return other.flatMap(entry -> table(entry, path)).orElseGet(() -> new Csv(path));
  }

  /**
   * What is to be written: by the end of the name; a name without a dot is a Qlib store.
   *
   * @throws QilinException UNSUPPORTED for an end that is not known
   */
  static BarFiles toWrite(Path path) {
    if (isCsv(path)) {
      return new Csv(path);
    }
    boolean plain = String.valueOf(path.getFileName()).indexOf('.') < 0;
    return plain ? new Qlib(path) : new Table(TableFormats.discover().of(path), path);
  }

  private static Optional<BarFiles> table(Path named, Path path) {
    if (isCsv(named)) {
      return Optional.empty();
    }
    String name = String.valueOf(named.getFileName()).toLowerCase(Locale.ROOT);
    TableFormats formats = TableFormats.discover();
    boolean known = Stream.of(".arrow", ".arrows", ".feather", ".parquet").anyMatch(name::endsWith);
    return (known ? Optional.of(formats.of(named)) : formats.find(named))
        .map(format -> new Table(format, path));
  }

  private static boolean isCsv(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .limit(100_000)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "cannot look into the folder " + shown(folder), e);
    }
  }

  private static String shown(Path path) {
    return QilinException.quote(String.valueOf(path.getFileName()));
  }
}
