package io.qilin.mlops.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The native session of a model and the few {@link Slot}s in which calls run. One lock guards who has which slot, until when,
 * and whether all is closed: so a call is stopped only while it runs, and memory is given back only when nothing runs.
 */
final class Slots {
  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_LOOK = TimeUnit.MILLISECONDS.toNanos(250);

  private final OnnxOptions options;
  private final OrtSession session;
  private final Slot[] all;
  private final Slot[] free;
  private int idle;
  private boolean closed;
  private @Nullable ScheduledFuture<?> watch;

  private Slots(OnnxOptions options, OrtSession session, Slot[] all) {
    this.options = options;
    this.session = session;
    this.all = all;
    this.free = all.clone();
    this.idle = all.length;
  }

  /** Makes the native session. */
  static Slots open(byte[] model, OnnxSummary summary, int width, int most, OnnxOptions options) {
    CommandLine.requireShort();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setIntraOpNumThreads(options.threads());
      settings.setInterOpNumThreads(1);
      settings.setDeterministicCompute(true);
      settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession session = environment.createSession(model, settings);
      Slot[] slots = new Slot[options.concurrency()];
      int made = 0;
      try {
        for (; made < slots.length; made++) {
          slots[made] = new Slot(environment, session, summary, width, most);
        }
        Slots opened = new Slots(options, session, slots);
        opened.watch();
        return opened;
      } catch (OrtException | RuntimeException | Error e) {
        while (made > 0) {
          slots[--made].close();
        }
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID,
          "ONNX model: ONNX Runtime refuses it: " + QilinException.quote(Slot.text(e)),
          e);
    }
  }

  private void watch() {
    if (options.watch().isPresent()) {
      long look = options.deadline().toNanos() / 4;
      look = Math.max(SHORTEST_LOOK, Math.min(LONGEST_LOOK, look));
      try {
        watch = options
            .watch()
            .get()
            .scheduleWithFixedDelay(this::stopLate, look, look, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        throw new QilinException(
            ErrorCode.INVALID_ARGUMENT, "the scheduler that is to watch deadlines is shut down", e);
      }
    }
  }

  /** A slot of one's own, as soon as one is free. */
  synchronized Slot take() {
    long until = options.nanoClock().getAsLong() + options.deadline().toNanos();
    while (idle == 0 && !closed) {
      long left = until - options.nanoClock().getAsLong();
      if (left <= 0) {
        throw late("no other call ended; allow more calls at once by OnnxOptions.concurrency");
      }
      await(left);
    }
    if (closed) {
      throw QilinException.invalid("the model is closed");
    }
    Slot slot = free[--idle];
    slot.until = until;
    slot.busy = true;
    return slot;
  }

  /** Gives a slot back; tells whether its call was stopped. */
  synchronized void give(Slot slot) {
    slot.busy = false;
    free[idle++] = slot;
    notifyAll();
    if (slot.stopped) {
      slot.reset();
    }
  }

  /** Requires, between two chunks, that the call still has time. */
  void requireTime(Slot slot) {
    if (options.nanoClock().getAsLong() - slot.until >= 0) {
      throw late("give fewer rows at once or a later deadline");
    }
  }

  /** What a failed run means: too late, if it was stopped. */
  synchronized QilinException cause(Slot slot, QilinException failure) {
    return slot.stopped
        ? late("it was stopped; give fewer rows at once or a later deadline")
        : failure;
  }

  private QilinException late(String what) {
    return new QilinException(
        ErrorCode.TIMEOUT, "the model gave no scores within " + options.deadline() + ": " + what);
  }

  private synchronized void stopLate() {
    long now = options.nanoClock().getAsLong();
    for (Slot slot : all) {
      if (slot.busy && !slot.stopped && now - slot.until >= 0) {
        slot.stop();
      }
    }
  }

  private void await(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while waiting for other calls of the model", e);
    }
  }

  /** Waits for the calls that run, then gives all memory back. Later and further calls do nothing. */
  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    boolean interrupted = false;
    while (idle < all.length) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (watch != null) {
      watch.cancel(false);
    }
    for (Slot slot : all) {
      slot.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      session.close();
    } catch (OrtException e) {
      throw new QilinException(ErrorCode.SYSTEM, "ONNX Runtime cannot close the model", e);
    }
  }
}
