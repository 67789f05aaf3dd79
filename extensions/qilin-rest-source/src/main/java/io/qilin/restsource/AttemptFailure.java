package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Optional;

/** Why one attempt failed, and whether another may help. */
final class AttemptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final QilinException error;
  private final boolean again;
  private final transient Optional<Duration> wait;

  AttemptFailure(QilinException error, boolean again, Optional<Duration> wait) {
    super(error);
    this.error = error;
    this.again = again;
    this.wait = wait;
  }

  QilinException error() {
    return error;
  }

  boolean again() {
    return again;
  }

  /** The wait that the service asked for. */
  Optional<Duration> wanted() {
    return wait;
  }
}
