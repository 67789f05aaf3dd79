package io.qilin.ops.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads files as they are at one moment, as far as the file system lets that be known. */
final class ConfigFiles {
  /** The link that Kubernetes turns when it replaces all files of a mounted map at once. */
  private static final String GENERATION = "..data";

  private static final int TRIES = 3;
  private static final int MOST_FILES = 256;
  private static final int MOST_BYTES_IN_FILES = 16;

  private final ConfigLimits limits;

  ConfigFiles(ConfigLimits limits) {
    this.limits = limits;
  }

  /** Whether something of that name is there, were it a link that leads nowhere or what cannot be looked at. */
  static boolean present(Path file) {
    return !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The bytes of a file; Malformed if it is too large or cannot be read. */
  byte[] read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Malformed(whole(file), none(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limits.fileBytes());
      if (in.read() >= 0) {
        throw new Malformed(
            whole(file), "is larger than " + limits.fileBytes() + " bytes, which are read at most");
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static String none(Path file) {
    if (Files.exists(file)) {
      return "is no regular file";
    }
    return Files.isSymbolicLink(file)
        ? "is a link that leads nowhere"
        : "is missing: there is no such file";
  }

  /** The bytes of all files in a folder whose format is known, by name, all of one generation where the folder has such. */
  Map<Path, byte[]> readFolder(Path folder) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Path> before = generation(folder);
      try {
        Map<Path, byte[]> files = readAll(folder);
        if (before.equals(generation(folder))) {
          return files;
        }
      } catch (Malformed e) {
        if (before.equals(generation(folder))) {
          throw e;
        }
      }
    }
    throw new Malformed(whole(folder), "was replaced " + TRIES + " times while it was read");
  }

  private Map<Path, byte[]> readAll(Path folder) {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    long total = 0;
    for (Path file : list(folder)) {
      byte[] bytes = read(file);
      total += bytes.length;
      if (total > (long) MOST_BYTES_IN_FILES * limits.fileBytes()) {
        throw new Malformed(
            whole(folder),
            "holds more than " + MOST_BYTES_IN_FILES + " times " + limits.fileBytes() + " bytes");
      }
      files.put(file, bytes);
    }
    return files;
  }

  private static Iterable<Path> list(Path folder) {
    TreeSet<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".") && FormatReader.of(name).isPresent()) {
          files.add(file);
        }
        if (files.size() > MOST_FILES) {
          throw new Malformed(whole(folder), "holds more than " + MOST_FILES + " files");
        }
      }
    } catch (NoSuchFileException e) {
      throw new Malformed(whole(folder), "is missing: there is no such folder");
    } catch (NotDirectoryException e) {
      throw new Malformed(whole(folder), "is no folder");
    } catch (IOException | DirectoryIteratorException e) {
      throw unreadable(folder, e);
    }
    return files;
  }

  private static Optional<Path> generation(Path folder) {
    Path link = folder.resolve(GENERATION);
    try {
      return Files.isSymbolicLink(link)
          ? Optional.of(Files.readSymbolicLink(link))
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(link, e);
    }
  }

  private static Malformed unreadable(Path file, Exception e) {
    return new Malformed(
        whole(file),
        "cannot be read: " + e.getClass().getSimpleName() + " "
            + Shown.line(String.valueOf(e.getMessage())));
  }

  private static Origin whole(Path file) {
    return new Origin(file.toString(), Optional.ofNullable(file.getParent()));
  }
}
