package io.qilin.data.store;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.quality.QualityFinding;
import io.qilin.data.lineage.ContentHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Factors and how they were come by.
 *
 * @param table the values, with the bits of a computation
 * @param data hash of all that was known up to the table's last day, see {@link DayChain}
 * @param readDays days that were read from files
 * @param computedDays days that were computed
 * @param files files that were read or written, in the order of their days
 * @param findings files that were damaged and were replaced
 */
public record Materialised(
    FactorTable table,
    ContentHash data,
    int readDays,
    int computedDays,
    List<Path> files,
    List<QualityFinding> findings) {
  /** Copies the lists. */
  public Materialised {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(data, "data");
    files = List.copyOf(files);
    findings = List.copyOf(findings);
  }

  /** Whether nothing had to be computed. */
  public boolean hit() {
    return computedDays == 0;
  }
}
