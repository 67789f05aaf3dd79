package io.qilin.mlops.bundle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads the files of a bundle into memory, from a folder or a zip file, within a limit of bytes; a zip file may unpack to at most
 * 100 times its size, or 1 MiB. Nothing is unpacked to the disk,
 * so no name can lead out of a folder; names with separators, links, folders and doubles are refused all the same.
 */
final class BundleFiles {
  private static final long MAX_RATIO = 100;
  private static final long SMALL = 1 << 20;

  private final long maxBytes;
  private final Map<String, byte[]> files = new TreeMap<>();
  private long total;

  private BundleFiles(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  static Map<String, byte[]> read(Path path, long maxBytes) {
    BundleFiles files = new BundleFiles(maxBytes);
    String name = String.valueOf(path.getFileName());
    try {
      BasicFileAttributes kind = Files.readAttributes(path, BasicFileAttributes.class);
      if (kind.isDirectory()) {
        files.folder(path);
      } else if (kind.isRegularFile()) {
        long unpacked = Math.max(SMALL, kind.size() * MAX_RATIO);
        files = new BundleFiles(Math.min(maxBytes, unpacked));
        files.zip(path);
      } else {
        throw BundleFault.invalid(QilinException.quote(name), "it is neither a folder nor a file");
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw BundleFault.invalid(QilinException.quote(name), "it is no zip file, or damaged", e);
    } catch (DirectoryIteratorException e) {
      throw new QilinException(
          ErrorCode.IO, "the model bundle " + QilinException.quote(name) + " cannot be read", e);
    } catch (NoSuchFileException e) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "there is no model bundle " + QilinException.quote(name), e);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO, "the model bundle " + QilinException.quote(name) + " cannot be read", e);
    }
    return files.files;
  }

  private void folder(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        requireName(name);
        boolean plain = Files.readAttributes(
                entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isRegularFile();
        if (!plain) {
          throw BundleFault.invalid(name, "it is a link or a folder; a bundle holds only files");
        }
        try (InputStream in =
            Files.newInputStream(entry, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
          take(name, in);
        }
      }
    }
  }

  private void zip(Path path) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
        ZipInputStream in = new ZipInputStream(file, StandardCharsets.UTF_8)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        requireName(entry.getName());
        take(entry.getName(), in);
      }
    }
    if (files.isEmpty()) {
      throw new ZipException("no entry");
    }
  }

  private void requireName(String name) {
    if (!Manifest.NAME.matcher(name).matches()) {
      throw BundleFault.invalid(
          QilinException.quote(name),
          "a file of a bundle has 1 to 100 letters, digits, dots, underscores or hyphens of ASCII");
    }
    if (files.size() == Manifest.MAX_FILES + 1 || files.containsKey(name)) {
      throw BundleFault.invalid(
          name, "it stands twice, or there are more than " + Manifest.MAX_FILES + " files");
    }
  }

  private void take(String name, InputStream in) throws IOException {
    int most = (int) Math.min(Integer.MAX_VALUE - 8, maxBytes - total + 1);
    byte[] bytes = in.readNBytes(most);
    total += bytes.length;
    if (total > maxBytes) {
      throw BundleFault.invalid(
          name, "with it the bundle has more than " + maxBytes + " bytes, unpacked");
    }
    files.put(name, bytes);
  }
}
