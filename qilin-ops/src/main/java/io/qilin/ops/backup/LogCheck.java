package io.qilin.ops.backup;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Reads a copy of an append-only log, changing nothing. Implementations are safe to share between threads. */
@FunctionalInterface
public interface LogCheck {
  /**
   * Where a log ends in the middle of a record.
   *
   * @param file its name
   * @param offset where the record begins that is not whole, in bytes; 0 if nothing in the file is
   */
  record Torn(String file, long offset) {
    /** Checks the parts. */
    public Torn {
      Objects.requireNonNull(file, "file");
      if (offset < 0) {
        throw QilinException.invalid("a log is torn at a byte from 0, not at " + offset);
      }
    }
  }

  /**
   * How a log is.
   *
   * @param last the number of its last whole record; 0 if it has none
   * @param torn where its end is not whole, if it is not
   */
  record State(long last, Optional<Torn> torn) {
    /** Checks the parts. */
    public State {
      Objects.requireNonNull(torn, "torn");
    }
  }

  /**
   * Reads a log.
   *
   * @throws Exception if it is damaged elsewhere than at its end
   */
  State read(Path folder) throws Exception;
}
