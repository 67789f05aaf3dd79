package io.qilin.testkit.fault;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory, with a file system of its own, for tests of what keeps files: give {@link #path} to the code under test.
 *
 * <p>It counts its operations and fails at the one that is asked for ({@link #failAt}), once or until it is healed; it can be
 * full ({@link #capacity}); and it shows what it would hold if its power had been cut at any moment before now ({@link
 * #powerLost}): un-forced sectors of 512 bytes may be missing, and new names in a folder that was not forced.
 *
 * <p>Channels ({@code FileChannel.open}) read, write, truncate, force and lock; folders can be opened for reading and forced;
 * files can be made, listed, moved and deleted. Nothing else is there. Paths are absolute, parted by slashes. Thread-safe:
 * everything is under the disk's lock.
 */
public final class FaultDisk {
  private static final DiskNode ROOT = DiskNode.newFolder();

  private final FaultFileSystem fileSystem = new FaultFileSystem(this);

  /** What was there at the beginning, and has lasted. */
  private final Map<String, DiskNode> base = new HashMap<>();

  private final Map<String, DiskNode> names = new HashMap<>();
  private final List<DiskOperation> journal = new ArrayList<>();
  private final Set<String> locks = new HashSet<>();
  private long capacity = Long.MAX_VALUE;
  private long operations;
  private DiskFault fault = DiskFault.IO_ERROR;
  private long failAt;
  private boolean forever;
  private long failures;

  private FaultDisk() {}

  /** An empty disk. */
  public static FaultDisk empty() {
    return new FaultDisk();
  }

  /** A path on this disk, for example {@code /audit}. */
  public Path path(String absolute) {
    return fileSystem.getPath(absolute);
  }

  /**
   * Lets an operation fail, if it is one that the fault concerns.
   *
   * @param which the number of the operation, from 1
   * @param onAndOn whether all later ones that it concerns fail too, until {@link #heal}
   */
  public synchronized void failAt(long which, DiskFault how, boolean onAndOn) {
    failAt = which;
    fault = how;
    forever = onAndOn;
  }

  /** Ends all faults and gives room without end. */
  public synchronized void heal() {
    failAt = 0;
    capacity = Long.MAX_VALUE;
  }

  /** How many bytes all files together may have; without bound at first. */
  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** How many operations there have been, failed ones counted. */
  public synchronized long operations() {
    return operations;
  }

  /** How many operations have failed because they were told to. */
  public synchronized long failures() {
    return failures;
  }

  /** How many changes there have been; a moment for {@link #powerLost}. */
  public synchronized int moment() {
    return journal.size();
  }

  /**
   * Another disk with what this one would hold if its power had been cut at a moment.
   *
   * @param moment 0 to {@link #moment}
   * @param random draws what of the un-forced is lost
   */
  public synchronized FaultDisk powerLost(int moment, Random random) {
    FaultDisk after = new FaultDisk();
    new PowerLoss(base, journal.subList(0, moment), random)
        .state()
        .forEach((path, node) -> after.base.put(path, node.settled()));
    after.names.putAll(after.base);
    return after;
  }

  /** Counts an operation and fails if it is its turn. */
  private void step(DiskFault... concerned) throws IOException {
    operations++;
    if (due() && (fault == DiskFault.IO_ERROR || List.of(concerned).contains(fault))) {
      failures++;
      throw failure();
    }
  }

  private boolean due() {
    return failAt > 0 && (forever ? operations >= failAt : operations == failAt);
  }

  private IOException failure() {
    return new IOException(
        fault == DiskFault.NO_SPACE ? "No space left on device" : "Input/output error");
  }

  synchronized DiskNode open(String path, boolean write, boolean create, boolean fresh)
      throws IOException {
    step(create ? new DiskFault[] {DiskFault.NO_SPACE} : new DiskFault[0]);
    DiskNode node = node(path);
    if (node != null && fresh) {
      throw new FileAlreadyExistsException(path);
    }
    if (node == null && !create) {
      throw new NoSuchFileException(path);
    }
    if (node == null) {
      node = DiskNode.file();
      add(path, node);
    } else if (node.folder() && write) {
      throw new IOException(path + " is a folder");
    }
    return node;
  }

  private @Nullable DiskNode node(String path) {
    return path.equals("/") ? ROOT : names.get(path);
  }

  private void add(String path, DiskNode node) throws IOException {
    DiskNode parent = node(PowerLoss.parent(path));
    if (parent == null || !parent.folder()) {
      throw new NoSuchFileException(path);
    }
    names.put(path, node);
    journal.add(new DiskOperation.Created(path, node));
  }

  synchronized void makeFolder(String path) throws IOException {
    step(DiskFault.NO_SPACE);
    if (node(path) != null) {
      throw new FileAlreadyExistsException(path);
    }
    add(path, DiskNode.newFolder());
  }

  synchronized void delete(String path) throws IOException {
    step();
    DiskNode node = required(path);
    if (node.folder() && !children(path).isEmpty()) {
      throw new DirectoryNotEmptyException(path);
    }
    names.remove(path);
    journal.add(new DiskOperation.Deleted(path));
  }

  synchronized void move(String from, String to) throws IOException {
    step(DiskFault.NO_SPACE);
    DiskNode node = required(from);
    if (node.folder()) {
      throw new IOException("folders cannot be moved on this disk");
    }
    names.remove(from);
    names.put(to, node);
    journal.add(new DiskOperation.Renamed(from, to, node));
  }

  synchronized Set<String> list(String path) throws IOException {
    step();
    if (!required(path).folder()) {
      throw new java.nio.file.NotDirectoryException(path);
    }
    return children(path);
  }

  private Set<String> children(String path) {
    Set<String> found = new TreeSet<>();
    for (String name : names.keySet()) {
      if (PowerLoss.parent(name).equals(path)) {
        found.add(name);
      }
    }
    return found;
  }

  synchronized DiskNode required(String path) throws IOException {
    DiskNode node = node(path);
    if (node == null) {
      throw new NoSuchFileException(path);
    }
    return node;
  }

  synchronized long size(DiskNode node) {
    return node.size();
  }

  synchronized int read(DiskNode node, long at, byte[] into) throws IOException {
    step();
    return at >= node.size() ? -1 : node.read((int) at, into, 0, into.length);
  }

  /** Writes, maybe less than asked. */
  synchronized int write(DiskNode node, long at, byte[] bytes) throws IOException {
    step(DiskFault.NO_SPACE);
    boolean half = due() && (fault == DiskFault.SHORT_WRITE || fault == DiskFault.TORN_WRITE);
    byte[] written = half ? Arrays.copyOf(bytes, (bytes.length + 1) / 2) : bytes;
    long room = Math.max(0, capacity - used() + Math.max(0, node.size() - at));
    boolean full = written.length > room;
    if (full) {
      written = Arrays.copyOf(written, (int) room);
    }
    if (written.length > 0) {
      node.write(at, written);
      journal.add(new DiskOperation.Written(node, at, written));
    }
    if (half) {
      failures++;
    }
    if (half && fault == DiskFault.TORN_WRITE) {
      throw failure();
    }
    if (full && written.length == 0) {
      throw new IOException("No space left on device");
    }
    return written.length;
  }

  private long used() {
    return names.values().stream().mapToLong(DiskNode::size).sum();
  }

  synchronized void resize(DiskNode node, long size) throws IOException {
    step();
    node.resize((int) size);
    journal.add(new DiskOperation.Resized(node, size));
  }

  synchronized void force(DiskNode node, String path) throws IOException {
    try {
      step(DiskFault.FAILED_FORCE);
    } catch (IOException e) {
      journal.add(new DiskOperation.ForceFailed(node));
      throw e;
    }
    journal.add(
        node.folder() ? new DiskOperation.FolderForced(path) : new DiskOperation.Forced(node));
  }

  synchronized boolean lock(String path) {
    return locks.add(path);
  }

  synchronized void unlock(String path) {
    locks.remove(path);
  }
}
