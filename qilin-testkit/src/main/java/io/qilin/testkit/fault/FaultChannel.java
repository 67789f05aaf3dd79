package io.qilin.testkit.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file of a {@link FaultDisk}. */
final class FaultChannel extends FileChannel {
  private final FaultDisk disk;
  private final String path;
  private final DiskNode node;
  private final boolean readable;
  private final boolean writable;
  private final boolean append;
  private boolean locked;
  private long position;

  FaultChannel(
      FaultDisk disk,
      String path,
      DiskNode node,
      boolean readable,
      boolean writable,
      boolean append) {
    this.disk = disk;
    this.path = path;
    this.node = node;
    this.readable = readable;
    this.writable = writable;
    this.append = append;
  }

  private void open() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public synchronized int read(ByteBuffer into, long at) throws IOException {
    open();
    if (!readable) {
      throw new NonReadableChannelException();
    }
    byte[] bytes = new byte[into.remaining()];
    int count = disk.read(node, at, bytes);
    if (count > 0) {
      into.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public synchronized int read(ByteBuffer into) throws IOException {
    int count = read(into, position);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public synchronized long read(ByteBuffer[] into, int offset, int length) throws IOException {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      int count = read(into[i]);
      if (count < 0) {
        return sum == 0 ? -1 : sum;
      }
      sum += count;
    }
    return sum;
  }

  @Override
  public synchronized int write(ByteBuffer from, long at) throws IOException {
    open();
    if (!writable) {
      throw new NonWritableChannelException();
    }
    byte[] bytes = new byte[from.remaining()];
    from.duplicate().get(bytes);
    int count = disk.write(node, at, bytes);
    from.position(from.position() + count);
    return count;
  }

  @Override
  public synchronized int write(ByteBuffer from) throws IOException {
    if (append) {
      position = disk.size(node);
    }
    int count = write(from, position);
    position += count;
    return count;
  }

  @Override
  public synchronized long write(ByteBuffer[] from, int offset, int length) throws IOException {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += write(from[i]);
    }
    return sum;
  }

  @Override
  public synchronized long position() throws IOException {
    open();
    return position;
  }

  @Override
  public synchronized FileChannel position(long place) throws IOException {
    open();
    position = place;
    return this;
  }

  @Override
  public long size() throws IOException {
    open();
    return disk.size(node);
  }

  @Override
  public synchronized FileChannel truncate(long size) throws IOException {
    open();
    if (!writable) {
      throw new NonWritableChannelException();
    }
    if (size < disk.size(node)) {
      disk.resize(node, size);
    }
    position = Math.min(position, size);
    return this;
  }

  @Override
  public void force(boolean withMetadata) throws IOException {
    open();
    disk.force(node, path);
  }

  @Override
  public synchronized FileLock lock(long at, long size, boolean shared) throws IOException {
    open();
    if (!disk.lock(path)) {
      throw new OverlappingFileLockException();
    }
    locked = true;
    return new FileLock(this, at, size, shared) {
      @Override
      public boolean isValid() {
        return FaultChannel.this.isOpen();
      }

      @Override
      public void release() {
        unlock();
      }
    };
  }

  @Override
  public FileLock tryLock(long at, long size, boolean shared) throws IOException {
    return lock(at, size, shared);
  }

  private synchronized void unlock() {
    if (locked) {
      locked = false;
      disk.unlock(path);
    }
  }

  @Override
  protected void implCloseChannel() {
    unlock();
  }

  @Override
  public long transferTo(long at, long count, WritableByteChannel to) {
    throw unsupported();
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long at, long count) {
    throw unsupported();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long at, long size) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("this disk does not offer that");
  }
}
