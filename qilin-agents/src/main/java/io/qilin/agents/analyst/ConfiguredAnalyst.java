package io.qilin.agents.analyst;

import io.qilin.api.analysis.Analyst;
import java.time.LocalDate;
import java.util.Map;

/**
 * An analyst that can say by which settings and by which data of its own it judges, so that a
 * decision record names them and a decision can be repeated.
 */
public interface ConfiguredAnalyst extends Analyst {
  /** The settings by name, as text; a setting that changes no score is left out. */
  Map<String, String> settings();

  /**
   * Fingerprints, by name, of the data beside the snapshot that the analyst reads for a day;
   * nothing that became public later may enter. If it fails, the decision stands, and its record says in place of the
   * fingerprints that they are not known, with the code 3000.
   */
  default Map<String, String> inputs(LocalDate day) {
    return Map.of();
  }
}
