package io.qilin.ops.reload;

import io.qilin.ops.internal.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * What a set of files holds, as one SHA-256 over names and bytes. A file that is not there or may
 * not be read counts with that, so that it is a change when it can be read again; a folder counts with its names. Times do not
 * count: they lie on network drives and after a copy was put back.
 */
final class Fingerprint {
  /** Beyond this the length stands for the rest; no loader reads as much. */
  private static final int MOST_BYTES = 8 << 20;

  private static final int MOST_NAMES = 10_000;
  private static final int PART = 8 << 10;

  private Fingerprint() {}

  static String of(Collection<Path> files) {
    MessageDigest digest = Sha256.start();
    List<Path> sorted =
        files.stream().sorted(Comparator.comparing(Path::toString)).toList();
    for (Path file : sorted) {
      add(digest, file.toString());
      addContent(digest, file);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addContent(MessageDigest digest, Path file) {
    MessageDigest content = Sha256.start();
    String state;
    try {
      BasicFileAttributes kind = Files.readAttributes(file, BasicFileAttributes.class);
      if (kind.isDirectory()) {
        state = "folder " + list(content, file);
      } else if (kind.isRegularFile()) {
        state = "file " + read(content, file);
      } else {
        // To open a pipe waits for who writes to it, and no interrupt ends that.
        state = "no regular file";
      }
    } catch (NoSuchFileException e) {
      state = "missing";
    } catch (IOException e) {
      // Why it cannot be read is told by the loader, which comes next.
      state = "unreadable " + e.getClass().getName();
    }
    add(digest, state);
    digest.update(content.digest());
  }

  /** Adds the bytes, and returns how many there are. */
  private static long read(MessageDigest content, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer part = ByteBuffer.allocate(PART);
      long total = 0;
      while (total < MOST_BYTES && channel.read(part) >= 0) {
        part.flip();
        total += part.remaining();
        content.update(part);
        part.clear();
      }
      return Math.max(total, channel.size());
    }
  }

  /** Adds the names in a folder, and returns how many there are; beyond the most none counts. */
  private static int list(MessageDigest content, Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      Iterator<Path> each = found.iterator();
      while (names.size() < MOST_NAMES && each.hasNext()) {
        names.add(String.valueOf(each.next().getFileName()));
      }
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause(), "cause");
    }
    names.stream().sorted().forEach(name -> add(content, name));
    return names.size();
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
