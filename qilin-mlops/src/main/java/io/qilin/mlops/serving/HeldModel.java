package io.qilin.mlops.serving;

import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * An open version with the count of the calls that use it. It is closed when it is retired and no call uses it; nobody waits.
 *
 * <p>A call counts itself first and looks whether the model is retired then; who retires it marks it first and looks at the counts
 * then. All these are sequentially consistent, so either the call sees the mark and goes elsewhere, or the other sees the call.
 * The counts lie in stripes. After the mark no call can begin to use the model, so a stripe that was seen empty once is empty for
 * good, and the stripes need not be read at one moment.
 */
final class HeldModel {
  /** A stripe to a cache line. */
  private static final int APART = 8;

  private final ModelVersion version;
  private final Predictor predictor;
  private final Consumer<HeldModel> closer;
  private final AtomicLongArray calls = new AtomicLongArray((Stripes.COUNT + 1) * APART);
  private final AtomicBoolean handedOver = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean retired;

  /**
   * Holds a version.
   *
   * @param closer is told once, when the model is retired and unused; it sees to it that {@link #close} is called
   */
  HeldModel(ModelVersion version, Predictor predictor, Consumer<HeldModel> closer) {
    this.version = version;
    this.predictor = predictor;
    this.closer = closer;
  }

  ModelVersion version() {
    return version;
  }

  Predictor predictor() {
    return predictor;
  }

  /** Begins a call; false if the model is retired. */
  boolean enter(int stripe) {
    calls.getAndIncrement((stripe + 1) * APART);
    if (retired) {
      leave(stripe);
      return false;
    }
    return true;
  }

  /** Ends a call. */
  void leave(int stripe) {
    calls.getAndDecrement((stripe + 1) * APART);
    if (retired) {
      closeIfUnused();
    }
  }

  /** No call begins after this; the model is closed when the last has ended. */
  void retire() {
    retired = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
      if (calls.get((stripe + 1) * APART) != 0) {
        return;
      }
    }
    if (handedOver.compareAndSet(false, true)) {
      closer.accept(this);
    }
  }

  /** Closes the predictor, unless that is done or being done; what it throws is given on. */
  void close() {
    if (closing.compareAndSet(false, true)) {
      try {
        predictor.close();
      } finally {
        closed.countDown();
      }
    }
  }

  /** Whether it was closed, or waits only for that. */
  boolean unused() {
    return handedOver.get();
  }

  /** Waits until it is closed; an interrupt ends the waiting and stays set. */
  void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
