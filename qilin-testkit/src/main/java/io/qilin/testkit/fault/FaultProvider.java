package io.qilin.testkit.fault;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code java.nio.file.Files} and {@code FileChannel.open} ask of a {@link FaultDisk}. */
final class FaultProvider extends FileSystemProvider {
  static final String SCHEME = "fault";

  private final FaultDisk disk;

  FaultProvider(FaultDisk disk) {
    this.disk = disk;
  }

  private static String key(Path path) {
    if (path instanceof FaultPath ours) {
      return ours.key();
    }
    throw new ProviderMismatchException();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean append = options.contains(StandardOpenOption.APPEND);
    boolean write = append || options.contains(StandardOpenOption.WRITE);
    boolean fresh = write && options.contains(StandardOpenOption.CREATE_NEW);
    boolean create = fresh || (write && options.contains(StandardOpenOption.CREATE));
    String key = key(path);
    DiskNode node = disk.open(key, write, create, fresh);
    if (write && options.contains(StandardOpenOption.TRUNCATE_EXISTING) && disk.size(node) > 0) {
      disk.resize(node, 0);
    }
    boolean read = !write || options.contains(StandardOpenOption.READ);
    return new FaultChannel(disk, key, node, read, write, append);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String name : disk.list(key(folder))) {
      Path child = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
      if (filter.accept(child)) {
        found.add(child);
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return found.iterator();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    disk.makeFolder(key(folder));
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(key(path));
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    disk.move(key(from), key(to));
  }

  @Override
  public boolean isSameFile(Path one, Path other) {
    return key(one).equals(key(other));
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    disk.required(key(path));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class) {
      throw new UnsupportedOperationException("this disk has basic attributes only");
    }
    DiskNode node = disk.required(key(path));
    return type.cast(new Attributes(node.folder(), disk.size(node)));
  }

  private record Attributes(boolean isDirectory, long size) implements BasicFileAttributes {
    @Override
    public FileTime lastModifiedTime() {
      return FileTime.fromMillis(0);
    }

    @Override
    public FileTime lastAccessTime() {
      return FileTime.fromMillis(0);
    }

    @Override
    public FileTime creationTime() {
      return FileTime.fromMillis(0);
    }

    @Override
    public boolean isRegularFile() {
      return !isDirectory;
    }

    @Override
    public boolean isSymbolicLink() {
      return false;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public @Nullable Object fileKey() {
      return null;
    }
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    throw unsupported();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw unsupported();
  }

  @Override
  public Path getPath(URI uri) {
    throw unsupported();
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw unsupported();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw unsupported();
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw unsupported();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("this disk does not offer that");
  }
}
