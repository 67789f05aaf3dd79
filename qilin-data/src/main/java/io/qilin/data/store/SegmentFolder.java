package io.qilin.data.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.lineage.ContentHash;
import io.qilin.data.table.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The files of a store: a folder for each definition of factors, in it for each run of days a table and a manifest. A
 * table without a manifest is not there. All names are made of hex digits and dates.
 */
final class SegmentFolder {
  private static final String MANIFEST = ".json";
  private static final int HASH_DIGITS = 32;
  private static final long MOST_MANIFEST_BYTES = 64L << 20;
  /** A table without manifest may be one that another is writing; after so long it is what a crash left. */
  private static final Duration GRACE = Duration.ofHours(1);

  private final Path root;
  private final Clock clock;
  /** Files whose bytes were compared, as they were then. */
  private final Map<Path, Seen> verified = new ConcurrentHashMap<>();

  /** What tells that a file was not touched since. */
  private record Seen(ContentHash content, FileTime changed) {}

  SegmentFolder(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  private Path folder(String key) {
    return root.resolve(key);
  }

  Path file(String key, Segment segment) {
    return folder(key).resolve(segment.file());
  }

  private Path manifest(String key, Segment segment) {
    return manifest(file(key, segment));
  }

  private static Path manifest(Path file) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name + MANIFEST);
  }

  /** All runs of days that have a manifest; one that cannot be read is removed and told. */
  List<Segment> segments(String key, List<String> names, List<QualityFinding> findings) {
    List<Segment> segments = new ArrayList<>();
    for (Path path : list(folder(key))) {
      if (path.toString().endsWith(MANIFEST)) {
        read(path, names, findings).ifPresent(segments::add);
      }
    }
    return segments;
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw failure(folder, e);
    }
  }

  private static Optional<Segment> read(
      Path path, List<String> names, List<QualityFinding> findings) {
    try {
      if (Files.size(path) > MOST_MANIFEST_BYTES) {
        throw new QilinException(ErrorCode.LIMIT_EXCEEDED, "the manifest is too large");
      }
      Segment segment = SegmentJson.read(Files.readAllBytes(path));
      boolean fits = String.valueOf(path.getFileName()).equals(segment.file() + MANIFEST)
          && segment.names().equals(names);
      if (!fits) {
        throw new QilinException(ErrorCode.DATA_FORMAT, "the manifest is of another file");
      }
      return Optional.of(segment);
    } catch (NoSuchFileException e) {
      // Another has removed it since the folder was listed.
      return Optional.empty();
    } catch (IOException e) {
      throw failure(path, e);
    } catch (QilinException e) {
      findings.add(damaged(String.valueOf(path.getFileName()), e));
      delete(path);
      return Optional.empty();
    }
  }

  static QualityFinding damaged(String file, QilinException e) {
    return new QualityFinding(
        "stored-factors-damaged",
        QualityDimension.VALIDITY,
        QualitySeverity.WARNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Double.NaN,
        "the file " + QilinException.quote(file) + " of the feature store was not usable and is"
            + " computed again: " + e.getMessage());
  }

  /**
   * Compares a file with its manifest: the size each time, the bytes at its first use and when it has a new time of change.
   *
   * @throws QilinException DATA_FORMAT; DATA_NOT_FOUND; IO
   */
  void verify(String key, Segment segment) {
    Path file = file(key, segment);
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "the file is gone", e);
    } catch (IOException e) {
      throw failure(file, e);
    }
    if (found.size() != segment.bytes()) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "it has " + found.size() + " bytes instead of " + segment.bytes());
    }
    Seen seen = new Seen(segment.content(), found.lastModifiedTime());
    if (!seen.equals(verified.get(file))) {
      if (!ContentHash.ofFile(file).equals(segment.content())) {
        throw new QilinException(ErrorCode.DATA_FORMAT, "its bytes are not those of its manifest");
      }
      verified.put(file, seen);
    }
  }

  /** Writes a run of days: the table, then the manifest; what another has written meanwhile stays. */
  Segment write(
      String key,
      TableFormat format,
      List<String> names,
      List<LocalDate> days,
      List<ContentHash> hashes,
      ToLongFunction<Path> table) {
    String suffix = new TreeSet<>(format.suffixes()).first();
    String name = days.get(0) + "_" + days.get(days.size() - 1) + "_"
        + hashes.get(hashes.size() - 1).hex().substring(0, HASH_DIGITS) + suffix;
    Path file = folder(key).resolve(name);
    try {
      Files.createDirectories(folder(key));
      List<QualityFinding> ignored = new ArrayList<>();
      if (Files.exists(manifest(file)) && Files.exists(file)) {
        Optional<Segment> other = read(manifest(file), names, ignored);
        boolean same = other
            .filter(found -> found.hashes().equals(hashes) && found.days().equals(days))
            .isPresent();
        if (same) {
          return other.orElseThrow();
        }
      }
      long rows = table.applyAsLong(file);
      Segment segment =
          new Segment(name, ContentHash.ofFile(file), Files.size(file), rows, names, days, hashes);
      try (AtomicFile manifest = AtomicFile.create(manifest(file))) {
        manifest.stream().write(SegmentJson.write(segment));
        manifest.publish();
      }
      verified.put(file, new Seen(segment.content(), Files.getLastModifiedTime(file)));
      touch(key, segment);
      return segment;
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Notes that a run of days was used now. */
  void touch(String key, Segment segment) {
    Path manifest = manifest(key, segment);
    try {
      Files.setLastModifiedTime(manifest, FileTime.from(clock.instant()));
    } catch (NoSuchFileException e) {
      // Another has removed it; what was read is right all the same.
      verified.remove(file(key, segment));
    } catch (IOException e) {
      throw failure(manifest, e);
    }
  }

  void remove(String key, Segment segment) {
    verified.remove(file(key, segment));
    delete(manifest(key, segment));
    delete(file(key, segment));
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static QilinException failure(Path path, Exception e) {
    return new QilinException(
        ErrorCode.IO,
        "the feature store cannot read or write "
            + QilinException.quote(String.valueOf(path.getFileName())),
        e);
  }

  /** A file with its size and when it was last used. */
  private record Entry(Path file, long bytes, Instant used) {}

  /** A file's entry; empty for what is no file, or was removed by another since the folder was listed. */
  private static Optional<Entry> entry(Path path) {
    try {
      return Files.isRegularFile(path)
          ? Optional.of(
              new Entry(path, Files.size(path), Files.getLastModifiedTime(path).toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private List<Entry> all() {
    return list(root).stream()
        .filter(Files::isDirectory)
        .flatMap(folder -> list(folder).stream())
        .flatMap(path -> entry(path).stream())
        .toList();
  }

  long bytes() {
    return all().stream().mapToLong(Entry::bytes).sum();
  }

  int retain(long maxBytes) {
    List<Entry> entries = all();
    Map<Path, Long> sizes = new HashMap<>();
    entries.forEach(entry -> sizes.put(entry.file(), entry.bytes()));
    long bytes = entries.stream().mapToLong(Entry::bytes).sum();
    Instant old = clock.instant().minus(GRACE);
    for (Entry entry : entries) {
      boolean loose =
          !entry.file().toString().endsWith(MANIFEST) && !sizes.containsKey(manifest(entry.file()));
      if (loose && entry.used().isBefore(old)) {
        delete(entry.file());
        bytes -= entry.bytes();
      }
    }
    List<Entry> manifests = entries.stream()
        .filter(entry -> entry.file().toString().endsWith(MANIFEST))
        .sorted(Comparator.comparing(Entry::used).thenComparing(Entry::file))
        .toList();
    int removed = 0;
    for (Entry manifest : manifests) {
      if (bytes <= maxBytes) {
        break;
      }
      String name = manifest.file().toString();
      Path file = Path.of(name.substring(0, name.length() - MANIFEST.length()));
      delete(manifest.file());
      delete(file);
      bytes -= manifest.bytes() + sizes.getOrDefault(file, 0L);
      removed++;
    }
    return removed;
  }
}
