package io.qilin.api.progress;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A switch that asks running work to stop. Thread-safe. Cannot be switched back. */
public final class Cancellation {
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** Asks the work to stop; it does so within about 100 ms. */
  public void cancel() {
    cancelled.set(true);
  }

  /** Whether the work was asked to stop. */
  public boolean isCancelled() {
    return cancelled.get();
  }

  /**
   * Stops the calling work if it was asked to.
   *
   * @throws QilinException CANCELLED
   */
  public void check() {
    if (cancelled.get()) {
      throw new QilinException(
          ErrorCode.CANCELLED, "the caller cancelled the work; nothing was kept");
    }
  }
}
