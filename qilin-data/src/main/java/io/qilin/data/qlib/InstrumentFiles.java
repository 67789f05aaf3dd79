package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What lies in the folders of a store. Names come from the file system, never from a list in the store. */
final class InstrumentFiles {
  private InstrumentFiles() {}

  /**
   * The folders of the instruments, by their names in lower case. Where two differ in case only, the one in lower case
   * counts, which is the one that Qlib reads.
   */
  static SortedMap<String, Path> folders(Path root, QlibLimits limits) {
    Path features = root.resolve("features");
    SortedMap<String, Path> folders = new TreeMap<>();
    each(root, features, limits.instruments(), (name, path) -> {
      boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      if (folder || Files.isSymbolicLink(path)) {
        put(folders, name, path);
      }
    });
    return folders;
  }

  /** The files of an instrument, by the field that each holds. */
  static SortedMap<Field, Path> fields(Path root, Path folder, QlibLimits limits) {
    SortedMap<String, Path> files = new TreeMap<>();
    each(root, folder, limits.fields(), (name, path) -> put(files, name, path));
    SortedMap<Field, Path> fields = new TreeMap<>();
    files.forEach((name, path) -> field(name).ifPresent(field -> fields.put(field, path)));
    return fields;
  }

  /** The field whose file has that name; empty for what is no file of a day's field. */
  private static Optional<Field> field(String name) {
    if (!name.endsWith(BinFile.ENDING)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Field.of(name.substring(0, name.length() - BinFile.ENDING.length())));
    } catch (QilinException noName) {
      return Optional.empty();
    }
  }

  /** Whether nothing lies in a folder. */
  static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  private static void put(SortedMap<String, Path> all, String name, Path path) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (lower.equals(name)) {
      all.put(lower, path);
    } else {
      all.putIfAbsent(lower, path);
    }
  }

  private static void each(Path root, Path folder, int most, BiConsumer<String, Path> visitor) {
    requireFolder(root, folder);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      int count = 0;
      for (Path entry : entries) {
        if (++count > most) {
          throw StorePlaces.of(root, folder)
              .tooLarge("the folder has more than " + most + " entries");
        }
        visitor.accept(entry.getFileName().toString(), entry);
      }
    } catch (DirectoryIteratorException e) {
      throw StorePlaces.of(root, folder)
          .error(ErrorCode.IO, "the folder cannot be read", e.getCause());
    } catch (UncheckedIOException | IOException e) {
      throw StorePlaces.of(root, folder).error(ErrorCode.IO, "the folder cannot be read", e);
    }
  }

  /** Refuses what is no folder itself. One look at the file system: a store has thousands. */
  private static void requireFolder(Path root, Path folder) {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw absent(root, folder, e);
    }
    if (found.isSymbolicLink()) {
      throw StorePlaces.link(StorePlaces.of(root, folder));
    }
    if (!found.isDirectory()) {
      throw absent(root, folder, null);
    }
  }

  private static QilinException absent(Path root, Path folder, @Nullable IOException cause) {
    return StorePlaces.of(root, folder)
        .error(ErrorCode.DATA_NOT_FOUND, "there is no such folder; is this a Qlib store?", cause);
  }
}
