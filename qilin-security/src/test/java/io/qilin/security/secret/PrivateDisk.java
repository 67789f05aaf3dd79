package io.qilin.security.secret;

import io.qilin.testkit.fault.FaultDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/** A {@link FaultDisk} on which everything has one owner and is private, so that secrets can be kept on it. */
final class PrivateDisk extends FileSystemProvider {
  private static final UserPrincipal OWNER = () -> "owner";

  private final FileSystemProvider disk;
  private final FileSystem fileSystem;

  /** Whether it cannot be told what a file is, which a fault of the disk below does not concern. */
  boolean blind;

  private PrivateDisk(Path root) {
    this.disk = root.getFileSystem().provider();
    this.fileSystem = new Files(this, root.getFileSystem());
  }

  static PrivateDisk on(FaultDisk disk) {
    return new PrivateDisk(disk.path("/"));
  }

  Path path(String absolute) {
    return fileSystem.getPath(absolute);
  }

  /** A path whose file system is this one; all else is done by the path that it hides. */
  private Path shown(Path hidden) {
    return (Path) Proxy.newProxyInstance(
        Path.class.getClassLoader(), new Class<?>[] {Path.class}, (proxy, method, arguments) -> {
          if (method.getName().equals("getFileSystem")) {
            return fileSystem;
          }
          Object[] given = arguments == null ? new Object[0] : arguments.clone();
          for (int i = 0; i < given.length; i++) {
            given[i] = given[i] instanceof Path path ? hidden(path) : given[i];
          }
          try {
            Object answer = method.invoke(hidden, given);
            return answer instanceof Path path ? shown(path) : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private Path hidden(Path shown) {
    return ((Files) fileSystem).below.getPath(shown.toString());
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return disk.newFileChannel(hidden(path), options);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return disk.newDirectoryStream(hidden(folder), filter);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    disk.createDirectory(hidden(folder));
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(hidden(path));
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    disk.move(hidden(from), hidden(to), options);
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    disk.copy(hidden(from), hidden(to), options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return disk.isSameFile(hidden(one), hidden(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return disk.isHidden(hidden(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    disk.checkAccess(hidden(path), modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (blind) {
      throw new IOException("Input/output error");
    }
    return type.cast(
        new Attributes(disk.readAttributes(hidden(path), BasicFileAttributes.class, options)));
  }

  private record Attributes(BasicFileAttributes plain) implements PosixFileAttributes {
    @Override
    public UserPrincipal owner() {
      return OWNER;
    }

    @Override
    public GroupPrincipal group() {
      return () -> "group";
    }

    @Override
    public Set<PosixFilePermission> permissions() {
      return PosixFilePermissions.fromString(plain.isDirectory() ? "rwx------" : "rw-------");
    }

    @Override
    public FileTime lastModifiedTime() {
      return plain.lastModifiedTime();
    }

    @Override
    public FileTime lastAccessTime() {
      return plain.lastAccessTime();
    }

    @Override
    public FileTime creationTime() {
      return plain.creationTime();
    }

    @Override
    public boolean isRegularFile() {
      return plain.isRegularFile();
    }

    @Override
    public boolean isDirectory() {
      return plain.isDirectory();
    }

    @Override
    public boolean isSymbolicLink() {
      return plain.isSymbolicLink();
    }

    @Override
    public boolean isOther() {
      return plain.isOther();
    }

    @Override
    public long size() {
      return plain.size();
    }

    @Override
    public Object fileKey() {
      return plain.fileKey();
    }
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return disk.getFileAttributeView(hidden(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return disk.readAttributes(hidden(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    disk.setAttribute(hidden(path), name, value, options);
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return disk.getFileStore(hidden(path));
  }

  @Override
  public String getScheme() {
    return disk.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) throws IOException {
    return disk.newFileSystem(uri, settings);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return disk.getFileSystem(uri);
  }

  @Override
  public Path getPath(URI uri) {
    return disk.getPath(uri);
  }

  /** The file system of the disk, with this provider. */
  private static final class Files extends FileSystem {
    private final PrivateDisk provider;
    private final FileSystem below;

    Files(PrivateDisk provider, FileSystem below) {
      this.provider = provider;
      this.below = below;
    }

    @Override
    public FileSystemProvider provider() {
      return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
      return provider.shown(below.getPath(first, more));
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return Set.of("basic", "posix");
    }

    @Override
    public void close() throws IOException {
      below.close();
    }

    @Override
    public boolean isOpen() {
      return below.isOpen();
    }

    @Override
    public boolean isReadOnly() {
      return below.isReadOnly();
    }

    @Override
    public String getSeparator() {
      return below.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return Set.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return below.getFileStores();
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      return below.getPathMatcher(pattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return below.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return below.newWatchService();
    }
  }
}
