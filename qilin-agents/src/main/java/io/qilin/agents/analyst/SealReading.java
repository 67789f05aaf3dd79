package io.qilin.agents.analyst;

import java.util.List;

/**
 * What records told about a seal.
 *
 * @param facts the facts
 * @param flags what is wrong with the records
 * @param warnings the same in words
 */
record SealReading(SealFacts facts, List<String> flags, List<String> warnings) {
  SealReading {
    flags = List.copyOf(flags);
    warnings = List.copyOf(warnings);
  }
}
