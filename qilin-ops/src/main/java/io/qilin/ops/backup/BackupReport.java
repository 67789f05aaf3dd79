package io.qilin.ops.backup;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What verifying a backup found.
 *
 * @param name the backup's
 * @param findings the first 100 things that are wrong
 * @param parts what the check of each part said, by name; without those that refused
 */
public record BackupReport(String name, List<BackupFinding> findings, Map<String, String> parts) {
  /** Checks and copies. */
  public BackupReport {
    Objects.requireNonNull(name, "name");
    findings = List.copyOf(findings);
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
  }

  /** Whether nothing is wrong. */
  public boolean clean() {
    return findings.isEmpty();
  }
}
