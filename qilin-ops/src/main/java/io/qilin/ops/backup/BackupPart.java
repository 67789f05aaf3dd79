package io.qilin.ops.backup;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One store that is backed up while it runs. A part of your own, a PostgreSQL database say, is two lambdas: {@link #of}.
 *
 * <p>Implementations are safe to share between threads.
 */
public interface BackupPart {
  /** Makes a copy. */
  @FunctionalInterface
  interface Snapshot {
    /**
     * Copies the store as it is at one moment of this call.
     *
     * @param into an empty folder
     */
    void take(Path into) throws Exception;
  }

  /** Its name, also that of its folder: 1 to 64 of a-z, 0-9 and the minus sign, a letter first. */
  String name();

  /**
   * Copies the store as it is at one moment of this call, while others write it: all that was acknowledged before the call is in
   * the copy. Files and folders only, no links; names of 1 to 128 letters, digits, dots, minus signs and underscores in ASCII. It
   * need not force what it writes.
   *
   * @param into an empty folder
   * @throws Exception if it cannot be done; nothing is kept of the backup then
   */
  void snapshot(Path into) throws Exception;

  /**
   * Checks a copy and changes nothing in it.
   *
   * @param copy the folder as {@link #snapshot} left it
   * @return one line of what was found, without secrets, for example {@code 120 records}
   * @throws Exception if the copy is not whole
   */
  String verify(Path copy) throws Exception;

  /**
   * A part whose work the host does, with {@code pg_dump} and {@code pg_restore --list} for example.
   *
   * @param name as {@link #name}
   * @param snapshot as {@link #snapshot}
   * @param check as {@link #verify}
   */
  static BackupPart of(String name, Snapshot snapshot, CopyCheck check) {
    String safe = SafeName.part(name);
    Objects.requireNonNull(snapshot, "snapshot");
    Objects.requireNonNull(check, "check");
    return new BackupPart() {
      @Override
      public String name() {
        return safe;
      }

      @Override
      public void snapshot(Path into) throws Exception {
        snapshot.take(into);
      }

      @Override
      public String verify(Path copy) throws Exception {
        return check.check(copy);
      }
    };
  }
}
