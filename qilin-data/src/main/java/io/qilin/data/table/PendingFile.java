package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A file that appears whole, and on the disk, with {@link #commit}, or not at all: what the writer of a format owes to
 * {@link TableWriter}. A crash leaves the old file, and perhaps one that ends in {@code .partial}. For use by one thread.
 */
public final class PendingFile implements AutoCloseable {
  private final Path target;
  private final AtomicFile file;

  private PendingFile(Path target, AtomicFile file) {
    this.target = target;
    this.file = file;
  }

  /**
   * Begins a file.
   *
   * @param target where it is to be; it is replaced at {@link #commit}
   * @throws QilinException IO if the folder is missing or not writable
   */
  public static PendingFile create(Path target) {
    return new PendingFile(target, AtomicFile.create(target));
  }

  /** Where the content goes; not buffered, and closed by this file. */
  public OutputStream stream() {
    return file.stream();
  }

  /** The typed error for a failed write to {@link #stream}. */
  public QilinException failure(IOException e) {
    return AtomicFile.failure(target, e);
  }

  /**
   * Puts the file in its place.
   *
   * @throws QilinException IO
   */
  public void commit() {
    try {
      file.publish();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Removes what was not committed. Closing twice is allowed.
   *
   * @throws QilinException IO
   */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
