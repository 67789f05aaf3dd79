package io.qilin.testkit.fault;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path on a {@link FaultDisk}: the arithmetic is that of a plain path. */
final class FaultPath implements Path {
  private final FaultFileSystem fileSystem;
  private final Path plain;

  FaultPath(FaultFileSystem fileSystem, Path plain) {
    this.fileSystem = fileSystem;
    this.plain = plain;
  }

  Path plain() {
    return plain;
  }

  /** The name under which the disk knows it. */
  String key() {
    Path absolute = plain.isAbsolute() ? plain : Path.of("/").resolve(plain);
    return absolute.normalize().toString();
  }

  private FaultPath with(Path other) {
    return new FaultPath(fileSystem, other);
  }

  private @Nullable Path orNull(@Nullable Path other) {
    return other == null ? null : with(other);
  }

  private static Path plain(Path other) {
    if (other instanceof FaultPath ours) {
      return ours.plain;
    }
    throw new ProviderMismatchException();
  }

  @Override
  public FileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return plain.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return orNull(plain.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return orNull(plain.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return orNull(plain.getParent());
  }

  @Override
  public int getNameCount() {
    return plain.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return with(plain.getName(index));
  }

  @Override
  public Path subpath(int from, int to) {
    return with(plain.subpath(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof FaultPath ours && plain.startsWith(ours.plain);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof FaultPath ours && plain.endsWith(ours.plain);
  }

  @Override
  public Path normalize() {
    return with(plain.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return with(plain.resolve(plain(other)));
  }

  @Override
  public Path relativize(Path other) {
    return with(plain.relativize(plain(other)));
  }

  @Override
  public URI toUri() {
    return URI.create(FaultProvider.SCHEME + ":" + key());
  }

  @Override
  public Path toAbsolutePath() {
    return isAbsolute() ? this : with(Path.of("/").resolve(plain));
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("this disk is not watched");
  }

  @Override
  public int compareTo(Path other) {
    return plain.compareTo(plain(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FaultPath that
        && fileSystem == that.fileSystem
        && plain.equals(that.plain);
  }

  @Override
  public int hashCode() {
    return plain.hashCode();
  }

  @Override
  public String toString() {
    return plain.toString();
  }
}
