package io.qilin.mlops.tuning;

import java.util.List;

/** Where a study's trials are kept. */
sealed interface Journal permits MemoryJournal, StoredJournal {
  /** All that were begun, by number. */
  List<StoredTrial> load();

  /** Keeps trials that are about to begin: all or none. */
  void begin(List<StoredTrial> trials);

  /** Keeps how a trial ended. Called from the threads of trials. */
  void end(StoredTrial trial);
}
