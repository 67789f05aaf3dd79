package io.qilin.ops.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a backup, file by file.
 *
 * @param backup without its digest while it is being written
 * @param files by part, then by path
 */
record Manifest(Backup backup, Map<String, SortedMap<String, FileDigest>> files) {
  Manifest {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** What a part has. */
  SortedMap<String, FileDigest> files(String part) {
    return files.getOrDefault(part, Collections.emptySortedMap());
  }

  /** All files by their paths from the backup's folder. */
  SortedMap<String, FileDigest> paths() {
    SortedMap<String, FileDigest> all = new TreeMap<>();
    files.forEach((part, own) -> own.forEach(
        (path, digest) -> all.put(BackupFolder.DATA + "/" + part + "/" + path, digest)));
    return all;
  }

  static BackedPart part(String name, Map<String, FileDigest> files, String said) {
    long bytes = files.values().stream().mapToLong(FileDigest::size).sum();
    return new BackedPart(name, files.size(), bytes, said);
  }

  List<String> parts() {
    return new ArrayList<>(backup.parts().stream().map(BackedPart::name).toList());
  }
}
