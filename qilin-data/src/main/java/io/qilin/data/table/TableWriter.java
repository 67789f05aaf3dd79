package io.qilin.data.table;

import io.qilin.api.error.QilinException;

/**
 * A table that is being written. The file appears, whole and on the disk, with {@link #commit}; without it none is left,
 * and one that was there stays as it was. For use by one thread.
 */
public interface TableWriter extends AutoCloseable {
  /**
   * Adds rows.
   *
   * @throws QilinException INVALID_ARGUMENT for another schema or after commit; IO
   */
  void write(TableBatch batch);

  /**
   * Ends the table and puts the file in its place.
   *
   * @throws QilinException INVALID_ARGUMENT if called twice; IO
   */
  void commit();

  @Override
  void close();
}
