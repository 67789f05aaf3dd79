package io.qilin.ops.logging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The files of one log: the current one and the full ones by number. Not thread-safe. */
final class LogFolder {
  private final Path folder;
  private final String name;
  private final long totalBytes;
  private final long fileBytes;

  LogFolder(Path folder, String name, long totalBytes, long fileBytes) {
    this.folder = folder;
    this.name = name;
    this.totalBytes = totalBytes;
    this.fileBytes = fileBytes;
  }

  Path current() {
    return folder.resolve(name + ".log");
  }

  /** Deletes the oldest files until a full current one keeps the cap; makes the folder where it is not there. */
  void makeRoom() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    if (Files.exists(current())) {
      if (!Files.isRegularFile(current())) {
        // To open a pipe waits for who reads from it, and no interrupt ends that.
        throw new FileSystemException(current().toString(), null, "is no regular file");
      }
      if (Files.size(current()) > fileBytes) {
        rename(full());
      }
    }
    Map<Long, Path> full = full();
    long sum = 0;
    for (Path file : full.values()) {
      sum += Files.size(file);
    }
    for (Path file : full.values()) {
      if (sum + fileBytes <= totalBytes) {
        return;
      }
      long size = Files.size(file);
      Files.delete(file);
      sum -= size;
    }
  }

  /** Gives the current file a number. The next one is made with {@link #makeRoom} before it. */
  void roll() throws IOException {
    rename(full());
  }

  private void rename(NavigableMap<Long, Path> full) throws IOException {
    long number = full.isEmpty() ? 1 : full.lastKey() + 1;
    Files.move(current(), folder.resolve(String.format(Locale.ROOT, "%s-%06d.log", name, number)));
  }

  /** The full files, oldest first. */
  private NavigableMap<Long, Path> full() throws IOException {
    NavigableMap<Long, Path> full = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        long number = number(entry);
        if (number >= 0) {
          full.put(number, entry);
        }
      }
    }
    return full;
  }

  /** The number of a full file of this log, or -1 for any other. */
  private long number(Path entry) {
    Path last = entry.getFileName();
    String file = last == null ? "" : last.toString();
    String head = name + "-";
    String digits = file.startsWith(head) && file.endsWith(".log")
        ? file.substring(head.length(), Math.max(head.length(), file.length() - 4))
        : "";
    return digits.matches("[0-9]{6,18}") ? Long.parseLong(digits) : -1;
  }

  /** Whether the last byte of the current file ends a line; it does not after a crash in the middle of one. */
  boolean endsWithLine() throws IOException {
    try (FileChannel channel = FileChannel.open(current(), StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
    }
  }
}
