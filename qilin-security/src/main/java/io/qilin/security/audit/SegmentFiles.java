package io.qilin.security.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a log: {@code audit-} and the number of the first record in 19 digits, {@code .log}. */
final class SegmentFiles {
  private static final Pattern NAME = Pattern.compile("audit-([0-9]{19})\\.log");
  private static final String ZEROS = "0".repeat(19);

  private SegmentFiles() {}

  static Path file(Path folder, long first) {
    String digits = Long.toString(first);
    return folder.resolve("audit-" + ZEROS.substring(digits.length()) + digits + ".log");
  }

  /** The files by the number of their first record. */
  static SortedMap<Long, Path> list(Path folder) throws IOException {
    SortedMap<Long, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && name.group(1).compareTo(Long.toString(Long.MAX_VALUE)) <= 0) {
          files.put(Long.parseLong(name.group(1)), file);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  /** Makes the names in a folder last; where folders cannot be opened, their file system does so by itself. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Makes the names of a folder and of those above it last. One above that may not be read is left to whoever made it: a log
   * that makes folders can read them.
   */
  static void forcePath(Path folder) throws IOException {
    for (Path at = folder.toAbsolutePath().getParent(); at != null; at = at.getParent()) {
      if (Files.isReadable(at)) {
        forceFolder(at);
      }
    }
  }
}
