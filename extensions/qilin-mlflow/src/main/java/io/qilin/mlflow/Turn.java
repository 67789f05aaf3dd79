package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.locks.ReentrantLock;

/** Waits for others that share an object; one who is interrupted stops waiting. */
final class Turn {
  private Turn() {}

  /** Takes a lock, which the caller gives back. */
  static void await(ReentrantLock lock) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED,
          "the thread was interrupted that waited for another's call to MLflow",
          e);
    }
  }
}
