package io.qilin.mlops.bundle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A bundle before it is written. Equal content gives an equal id and, as a zip file, equal bytes. What is written is there
 * whole or not at all: beside its place first, forced to the disk, then renamed; a crash leaves at most a file or folder that
 * ends in {@code .partial}. Of two that are written to one path at once, one stands, whole. Not thread-safe.
 */
public final class BundleDraft {
  private static final LocalDateTime STAMP = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final int NAMES = 100;

  private final String kind;
  private final String model;
  private final Map<String, byte[]> files;

  BundleDraft(String kind, String model, Map<String, byte[]> files) {
    this.kind = kind;
    this.model = model;
    this.files = files;
  }

  /** Adds the parameters of the processors that make rows of factors, as they are. */
  public BundleDraft processors(byte[] json) {
    files.put(Bundle.PROCESSORS, json.clone());
    return this;
  }

  /**
   * Adds another file, as it is.
   *
   * @param name 1 to 100 letters, digits, dots, underscores or hyphens of ASCII, beginning with a letter or digit
   * @throws QilinException INVALID_ARGUMENT if the name is taken or not such a one, or there are too many files
   */
  public BundleDraft attach(String name, byte[] bytes) {
    boolean fine = Manifest.NAME.matcher(name).matches()
        && !name.equals(Manifest.FILE)
        && !files.containsKey(name)
        && files.size() < Manifest.MAX_FILES;
    if (!fine) {
      throw QilinException.invalid("a file of a bundle has an own name of 1 to 100 letters, digits,"
          + " dots, underscores or hyphens, and there are at most " + Manifest.MAX_FILES + ": "
          + QilinException.quote(name));
    }
    files.put(name, bytes.clone());
    return this;
  }

  /** What stands for the content so far: 64 hexadecimal digits. */
  public String id() {
    return manifest().id();
  }

  private Manifest manifest() {
    return Manifest.of(kind, model, files);
  }

  private Map<String, byte[]> all() {
    Map<String, byte[]> all = new TreeMap<>(files);
    all.put(Manifest.FILE, manifest().write());
    return all;
  }

  /**
   * Writes a folder.
   *
   * @param folder its path, where nothing is yet
   * @throws QilinException CONFLICT if something is there; IO if it cannot be written
   */
  public void writeFolder(Path folder) {
    write(folder, true, partial -> {
      for (Map.Entry<String, byte[]> file : all().entrySet()) {
        Path path = Files.createFile(partial.resolve(file.getKey()));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          OutputStream out = Channels.newOutputStream(channel);
          out.write(file.getValue());
          channel.force(true);
        }
      }
      forceFolder(partial);
    });
  }

  /**
   * Writes a zip file.
   *
   * @param file its path, where nothing is yet
   * @throws QilinException CONFLICT if something is there; IO if it cannot be written
   */
  public void writeZip(Path file) {
    write(file, false, partial -> {
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE);
          ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
        for (Map.Entry<String, byte[]> entry : all().entrySet()) {
          ZipEntry header = new ZipEntry(entry.getKey());
          header.setTimeLocal(STAMP);
          zip.putNextEntry(header);
          zip.write(entry.getValue());
          zip.closeEntry();
        }
        zip.finish();
        channel.force(true);
      }
    });
  }

  private interface Writing {
    void to(Path partial) throws IOException;
  }

  private static void write(Path target, boolean folder, Writing writing) {
    Path name = target.getFileName();
    if (name == null || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "there is something at " + QilinException.quote(String.valueOf(name))
              + " already; a bundle is never written over another");
    }
    @Nullable Path partial = null;
    try {
      partial = begun(target, name.toString(), folder);
      writing.to(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      QilinException failure = new QilinException(
          ErrorCode.IO,
          "the model bundle " + QilinException.quote(name.toString()) + " cannot be written",
          e);
      if (partial != null) {
        remove(partial, failure);
      }
      throw failure;
    }
  }

  /** A new file or folder beside the target, under a name that no other writer and no crash has left. */
  private static Path begun(Path target, String name, boolean folder) throws IOException {
    for (int i = 0; i < NAMES; i++) {
      Path partial = target.resolveSibling("." + name + "." + i + ".partial");
      try {
        return folder ? Files.createDirectory(partial) : Files.createFile(partial);
      } catch (FileAlreadyExistsException e) {
        // Another writer, or a crash, has left this name: try the next one.
      }
    }
    throw new IOException(NAMES + " unfinished bundles of this name are in the way");
  }

  private static void remove(Path partial, QilinException failure) {
    try {
      if (Files.isDirectory(partial, LinkOption.NOFOLLOW_LINKS)) {
        try (var entries = Files.newDirectoryStream(partial)) {
          for (Path entry : entries) {
            Files.deleteIfExists(entry);
          }
        }
      }
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Makes the names in a folder durable where the system lets it be opened, which Windows does not. */
  private static void forceFolder(@Nullable Path folder) throws IOException {
    if (folder == null || File.separatorChar == '\\') {
      return;
    }
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }
}
