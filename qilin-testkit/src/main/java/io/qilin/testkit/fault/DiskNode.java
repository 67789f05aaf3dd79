package io.qilin.testkit.fault;

import java.util.Arrays;

/** A file's bytes, or a folder. Guarded by its disk. */
final class DiskNode {
  private final boolean folder;

  /** What lasts whatever happens, as it was there when the disk began. */
  private final byte[] lasting;

  private byte[] bytes;
  private int size;

  private DiskNode(boolean folder, byte[] lasting) {
    this.folder = folder;
    this.lasting = lasting;
    this.bytes = lasting.clone();
    this.size = lasting.length;
  }

  static DiskNode file() {
    return new DiskNode(false, new byte[0]);
  }

  static DiskNode newFolder() {
    return new DiskNode(true, new byte[0]);
  }

  /** The file as it was when the disk began. */
  DiskNode beginning() {
    return new DiskNode(folder, lasting);
  }

  /** The file as it is, for a disk that begins with it. */
  DiskNode settled() {
    return new DiskNode(folder, content());
  }

  boolean folder() {
    return folder;
  }

  int size() {
    return size;
  }

  byte[] content() {
    return Arrays.copyOf(bytes, size);
  }

  int read(int at, byte[] into, int from, int length) {
    int count = Math.min(length, size - at);
    System.arraycopy(bytes, at, into, from, count);
    return count;
  }

  void write(long at, byte[] from) {
    int end = Math.addExact(Math.toIntExact(at), from.length);
    resize(Math.max(size, end));
    System.arraycopy(from, 0, bytes, (int) at, from.length);
  }

  /** Cuts the file, or fills it up with zeros. */
  void resize(int wanted) {
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(wanted, bytes.length * 2));
    }
    if (wanted < size) {
      Arrays.fill(bytes, wanted, size, (byte) 0);
    }
    size = wanted;
  }
}
