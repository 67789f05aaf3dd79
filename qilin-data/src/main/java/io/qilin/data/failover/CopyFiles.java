package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.internal.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Kept answers as files of one folder. A file is named by the digest of its key, so that no key reaches a path; the key
 * stands inside and is compared. A file that cannot be read, or is damaged, counts as absent and is told to the
 * listener; a file that cannot be written likewise. Safe for use by several threads and processes: a file is replaced
 * whole.
 */
final class CopyFiles {
  private static final String SUFFIX = ".copy";

  /** A file with what decides which goes first. */
  private record Aged(Path path, FileTime time, long size) {}

  private final Path folder;
  private final long mostBytes;
  private final Consumer<ChainEvent> events;

  CopyFiles(Path folder, long mostBytes, Consumer<ChainEvent> events) {
    if (!Files.isDirectory(folder)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          AtomicFile.name(folder) + ": there is no folder of this name for copies; create it");
    }
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.events = events;
  }

  /** The name of the file of a key: 64 hexadecimal digits and a suffix, whatever the key. */
  static String fileName(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest) + SUFFIX;
    } catch (NoSuchAlgorithmException e) {
      throw new QilinException(ErrorCode.SYSTEM, "this Java has no SHA-256", e);
    }
  }

  void write(String key, Kept<?> kept) {
    Path path = folder.resolve(fileName(key));
    try (AtomicFile file = AtomicFile.create(path)) {
      try (OutputStream out = new BufferedOutputStream(file.stream(), 1 << 16)) {
        CopyFormat.write(key, kept, out);
        out.flush();
        file.publish();
      }
      prune(path);
    } catch (IOException | QilinException e) {
      tell(path, "the copy could not be written: " + e.getMessage());
    }
  }

  Optional<Kept<Object>> read(String key) {
    Path path = folder.resolve(fileName(key));
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      long size = Files.size(path);
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || size > mostBytes) {
        throw CopyFormat.bad("it is no file of at most " + mostBytes + " bytes");
      }
      return Optional.of(CopyFormat.read(Files.readAllBytes(path), key));
    } catch (NoSuchFileException e) {
      // Removed by another process between two looks: absent, as said.
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      tell(path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Removes the oldest files until the rest is small enough; the newest stays. */
  private void prune(Path newest) throws IOException {
    List<Aged> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (path.toString().endsWith(SUFFIX) && !path.equals(newest)) {
          age(path).ifPresent(files::add);
        }
      }
    }
    files.sort(Comparator.comparing(Aged::time).thenComparing(Aged::path));
    long total = Files.size(newest) + files.stream().mapToLong(Aged::size).sum();
    for (Aged file : files) {
      if (total <= mostBytes) {
        return;
      }
      Files.deleteIfExists(file.path());
      total -= file.size();
    }
  }

  private static Optional<Aged> age(Path path) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new Aged(path, found.lastModifiedTime(), found.size()));
    } catch (NoSuchFileException e) {
      // Removed by another process since the folder was listed.
      return Optional.empty();
    }
  }

  /** Tells that the executor took no more work. */
  void refused(String key) {
    tell(folder.resolve(fileName(key)), "the copy was not written: the executor refused to");
  }

  private void tell(Path path, String what) {
    events.accept(new ChainEvent.CopyFailed(new QualityFinding(
        "copy-failed",
        QualityDimension.VALIDITY,
        QualitySeverity.WARNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Double.NaN,
        AtomicFile.name(path) + ": " + what)));
  }
}
