package io.qilin.ops.backup;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The backups in a folder. One that was never finished is not among them.
 *
 * @param backups in the order in which they were made; whether their files are still what they were, only verifying tells
 * @param unreadable why the manifest of a backup cannot be read, by the backup's name
 */
public record BackupList(List<Backup> backups, Map<String, String> unreadable) {
  /** Copies both. */
  public BackupList {
    backups = List.copyOf(backups);
    unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
  }
}
