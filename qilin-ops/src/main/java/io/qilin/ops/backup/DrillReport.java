package io.qilin.ops.backup;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a drill went: a backup was restored into a folder of its own, opened, and removed again.
 *
 * @param backup what was restored
 * @param age from the beginning of the backup to the drill by the host's clock, zero if that clock went back: what was
 *     acknowledged in this time would be lost, the recovery point objective (RPO) that holds now
 * @param duration how long restoring and checking took by the ticker, the recovery time objective (RTO) without the host's own
 *     start
 * @param parts what the check of each part said of the restored copy
 * @param rehearsals what each rehearsal said
 */
public record DrillReport(
    Backup backup,
    Duration age,
    Duration duration,
    Map<String, String> parts,
    Map<String, String> rehearsals) {
  /** Checks and copies. */
  public DrillReport {
    Objects.requireNonNull(backup, "backup");
    Objects.requireNonNull(age, "age");
    Objects.requireNonNull(duration, "duration");
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    rehearsals = Collections.unmodifiableMap(new TreeMap<>(rehearsals));
  }
}
