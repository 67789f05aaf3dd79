package io.qilin.agents.internal;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of lines that only grows: each line is its CRC-32C in 8 hex digits, a space, a text, and a
 * line feed. A line that was appended survives {@code kill -9} and a loss of power; one that was cut
 * off by them is dropped on opening. A wrong line before the last one is damage, and refused. The
 * file is locked while it is open, so that no two write over each other.
 * Thread-safe: one lock.
 */
public final class LineLog implements AutoCloseable {
  private static final int SUM_DIGITS = 8;

  private final Path path;
  private final long mostBytes;
  private RandomAccessFile file;

  private LineLog(Path path, long mostBytes, RandomAccessFile file) {
    this.path = path;
    this.mostBytes = mostBytes;
    this.file = file;
  }

  /**
   * Opens a file, which is made if it is not there.
   *
   * @param mostBytes its largest size
   * @param lines gets the lines that are there
   * @throws QilinException IO; DATA_FORMAT for a damaged file; LIMIT_EXCEEDED for one that is too large
   */
  public static LineLog open(Path path, long mostBytes, List<String> lines) {
    try {
      boolean fresh = !Files.exists(path);
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      try {
        lock(path, file);
        if (file.length() > mostBytes) {
          throw new QilinException(
              ErrorCode.LIMIT_EXCEEDED,
              path + " has " + file.length() + " bytes, at most " + mostBytes + " are read");
        }
        byte[] all = new byte[(int) file.length()];
        file.readFully(all);
        long end = read(path, all, lines);
        file.setLength(end);
        file.seek(end);
        if (fresh) {
          syncFolder(path);
        }
        return new LineLog(path, mostBytes, file);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw io(path, "opened", e);
    }
  }

  private static void lock(Path path, RandomAccessFile file) throws IOException {
    boolean free;
    try {
      free = file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Open in this process already.
      free = false;
    }
    if (!free) {
      throw new QilinException(
          ErrorCode.IO,
          path + " is in use, by another process or a memory or checkpoints of this one that were"
              + " not closed; close it, or take another file");
    }
  }

  /** Reads whole lines; the offset after the last one. */
  private static long read(Path path, byte[] all, List<String> lines) {
    int from = 0;
    while (from < all.length) {
      int end = from;
      while (end < all.length && all[end] != '\n') {
        end++;
      }
      boolean whole = end < all.length && sound(all, from, end);
      if (!whole && end + 1 < all.length) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            path + " is damaged in line " + (lines.size() + 1)
                + "; move it away to begin anew, or restore a copy");
      }
      if (!whole) {
        return from;
      }
      lines.add(new String(
          all, from + SUM_DIGITS + 1, end - from - SUM_DIGITS - 1, StandardCharsets.UTF_8));
      from = end + 1;
    }
    return from;
  }

  private static boolean sound(byte[] all, int from, int end) {
    int text = from + SUM_DIGITS + 1;
    return text <= end
        && all[text - 1] == ' '
        && sum(Arrays.copyOfRange(all, text, end))
            .equals(new String(all, from, SUM_DIGITS, StandardCharsets.ISO_8859_1));
  }

  private static String sum(byte[] text) {
    CRC32C sum = new CRC32C();
    sum.update(text);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private static byte[] line(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      if (b == '\n') {
        throw QilinException.invalid("a line holds no line feed");
      }
    }
    byte[] head = (sum(bytes) + " ").getBytes(StandardCharsets.ISO_8859_1);
    byte[] out = Arrays.copyOf(head, head.length + bytes.length + 1);
    System.arraycopy(bytes, 0, out, head.length, bytes.length);
    out[out.length - 1] = '\n';
    return out;
  }

  /**
   * Appends a line; it is on the disk when this returns.
   *
   * @throws QilinException IO, and then the file is as before; LIMIT_EXCEEDED if it would be too large
   */
  public synchronized void append(String text) {
    byte[] bytes = line(text);
    try {
      long before = file.getFilePointer();
      if (before + bytes.length > mostBytes) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED, path + " would have more than " + mostBytes + " bytes");
      }
      try {
        file.write(bytes);
        file.getFD().sync();
      } catch (IOException e) {
        file.setLength(before);
        file.seek(before);
        throw e;
      }
    } catch (IOException e) {
      throw io(path, "written", e);
    }
  }

  /**
   * Puts other lines in the place of all: at once, or not at all.
   *
   * @throws QilinException IO
   */
  public synchronized void replace(List<String> texts) {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      try (RandomAccessFile out = new RandomAccessFile(next.toFile(), "rw")) {
        out.setLength(0);
        for (String text : texts) {
          out.write(line(text));
        }
        out.getFD().sync();
      }
      file.close();
      try {
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(path);
      } finally {
        reopen();
      }
    } catch (IOException e) {
      throw io(path, "replaced", e);
    }
  }

  /** Goes on at the end of the file that is there now: the new one, or the old one after a failure. */
  private void reopen() throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
    lock(path, file);
    file.seek(file.length());
  }

  /** Forces a folder, so that a file in it is found again; where the system cannot, the file itself is on the disk. */
  private static void syncFolder(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !path.getFileSystem().getSeparator().equals("\\")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static QilinException io(Path path, String what, IOException e) {
    return new QilinException(ErrorCode.IO, path + " cannot be " + what + ": " + e.getMessage(), e);
  }

  /** Closes the file. */
  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw io(path, "closed", e);
    }
  }
}
