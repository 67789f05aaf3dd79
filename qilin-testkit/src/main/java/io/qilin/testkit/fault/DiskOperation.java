package io.qilin.testkit.fault;

import java.util.Arrays;

/** What happened to a {@link FaultDisk}, as far as it changes what a loss of power leaves. */
sealed interface DiskOperation {
  /** A file or folder got a name. */
  record Created(String path, DiskNode node) implements DiskOperation {}

  /** A name changed. */
  record Renamed(String from, String to, DiskNode node) implements DiskOperation {}

  /** A name went. */
  record Deleted(String path) implements DiskOperation {}

  /** The names in a folder were forced. */
  record FolderForced(String path) implements DiskOperation {}

  /** A file was cut or made longer. */
  record Resized(DiskNode node, long size) implements DiskOperation {}

  /** A file was forced. */
  record Forced(DiskNode node) implements DiskOperation {}

  /** Forcing a file failed. */
  record ForceFailed(DiskNode node) implements DiskOperation {}

  /** Bytes were written. */
  final class Written implements DiskOperation {
    private final DiskNode node;
    private final long at;
    private final byte[] bytes;

    Written(DiskNode node, long at, byte[] bytes) {
      this.node = node;
      this.at = at;
      this.bytes = bytes;
    }

    DiskNode node() {
      return node;
    }

    long at() {
      return at;
    }

    int length() {
      return bytes.length;
    }

    byte[] part(int from, int to) {
      return Arrays.copyOfRange(bytes, from, to);
    }
  }
}
