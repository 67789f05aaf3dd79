package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps others from appending to a store; the system frees it when the process ends, however that comes. */
final class StoreLock implements AutoCloseable {
  private static final String FILE = "qilin.lock";

  private final Place place;
  private final FileChannel channel;

  private StoreLock(Place place, FileChannel channel) {
    this.place = place;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws QilinException DATA_CONFLICT if another has it; IO
   */
  static StoreLock of(Path root) {
    Place place = StorePlaces.of(root, root.resolve(FILE));
    try {
      FileChannel channel = FileChannel.open(
          root.resolve(FILE),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
      boolean taken = false;
      try {
        taken = channel.tryLock() != null;
      } catch (OverlappingFileLockException e) {
        throw inUse(place, e);
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      if (!taken) {
        throw inUse(place, null);
      }
      return new StoreLock(place, channel);
    } catch (IOException e) {
      throw place.error(ErrorCode.IO, "the store cannot be locked", e);
    }
  }

  private static QilinException inUse(Place place, @Nullable Exception cause) {
    return place.error(
        ErrorCode.DATA_CONFLICT, "another appends to the store; wait until it is done", cause);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw place.error(ErrorCode.IO, "the lock cannot be given back", e);
    }
  }
}
