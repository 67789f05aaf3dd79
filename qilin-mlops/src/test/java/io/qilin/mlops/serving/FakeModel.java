package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Scores each row with its first value and a thousand times the number of its version; notes every misuse. */
final class FakeModel implements Predictor {
  final ModelVersion version;
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger misused = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  volatile @Nullable Throwable failure;
  volatile double spoiled;
  volatile boolean spoils;
  volatile @Nullable Runnable during;

  FakeModel(ModelVersion version) {
    this.version = version;
  }

  @Override
  public ModelSignature signature() {
    return version.draft().signature();
  }

  @Override
  public void predict(double[] rows, int count, double[] scores) {
    running.incrementAndGet();
    try {
      misused.addAndGet(closed.get());
      Runnable action = during;
      if (action != null) {
        action.run();
      }
      throwFailure();
      for (int i = 0; i < count; i++) {
        if (Double.isInfinite(rows[2 * i])) {
          throw new QilinException(ErrorCode.MODEL_MISMATCH, "an infinite value");
        }
        scores[i] = spoils ? spoiled : rows[2 * i] + 1_000 * version.id().version();
      }
      misused.addAndGet(closed.get());
    } finally {
      running.decrementAndGet();
    }
  }

  private void throwFailure() {
    Throwable toThrow = failure;
    if (toThrow instanceof RuntimeException exception) {
      throw exception;
    }
    if (toThrow instanceof Error error) {
      throw error;
    }
  }

  @Override
  public void close() {
    misused.addAndGet(running.get());
    closed.incrementAndGet();
  }
}
