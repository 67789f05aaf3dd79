package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Which file of a folder holds which kind of record. */
final class RecordFolder {
  private static final int MOST_FILES = 10_000;
  private static final List<String> ENDINGS = List.of(".jsonl", ".csv", ".csv.gz");

  private RecordFolder() {}

  /** The name of the kind's file without its ending: {@code money-flows} for MONEY_FLOWS. */
  static String stem(DataCapability kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The stems of all kinds. */
  static List<String> stems() {
    return Arrays.stream(DataCapability.values())
        .filter(kind -> kind.recordType().isPresent())
        .map(RecordFolder::stem)
        .toList();
  }

  /**
   * The files of a folder. Files of other endings, and those whose names begin with a dot, are passed over.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such folder; DATA_FORMAT for a name that is no kind;
   *     DATA_CONFLICT for two files of one kind; LIMIT_EXCEEDED; IO
   */
  static Map<DataCapability, Path> files(Path folder) {
    String name = AtomicFile.name(folder);
    if (!Files.isDirectory(folder)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          name + ": there is no such folder; records lie in a folder with one file a kind");
    }
    Map<DataCapability, Path> files = new EnumMap<>(DataCapability.class);
    for (Path file : new TreeSet<>(listed(folder, name))) {
      String full = String.valueOf(file.getFileName());
      ENDINGS.stream().filter(full::endsWith).findFirst().ifPresent(ending -> {
        DataCapability kind = kind(full.substring(0, full.length() - ending.length()), file);
        Path other = files.put(kind, file);
        if (other != null) {
          throw new QilinException(
              ErrorCode.DATA_CONFLICT,
              AtomicFile.name(other) + " and " + AtomicFile.name(file)
                  + " hold the same kind of record; keep one of them");
        }
      });
    }
    return files;
  }

  private static List<Path> listed(Path folder, String name) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(
        folder, file -> !String.valueOf(file.getFileName()).startsWith("."))) {
      for (Path file : entries) {
        if (files.size() == MOST_FILES) {
          throw new QilinException(
              ErrorCode.LIMIT_EXCEEDED, name + ": there are more than " + MOST_FILES + " files");
        }
        files.add(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new QilinException(ErrorCode.IO, name + ": the folder cannot be read", e);
    }
    return files;
  }

  private static DataCapability kind(String stem, Path file) {
    return Arrays.stream(DataCapability.values())
        .filter(kind -> kind.recordType().isPresent() && stem(kind).equals(stem))
        .findFirst()
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_FORMAT,
            AtomicFile.name(file) + ": a file is named after the kind of its records"
                + NearestName.hint(stem, stems()) + "; the kinds are " + stems()));
  }
}
