package io.qilin.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who leaves the work leaves nobody behind at it. */
class ParallelWorkTest {
  private static final Executor HELPER = task -> new Thread(task).start();

  private final Thread caller = Thread.currentThread();
  private final AtomicBoolean helperHasBegun = new AtomicBoolean();
  private final AtomicBoolean helperIsDone = new AtomicBoolean();

  @BeforeEach
  void needsAHelper() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor has no helper");
  }

  @Test
  void whenTheCallerIsInterrupted_thenItEndsAfterTheHelpersPiece() {
    try {
      assertThatThrownBy(() -> ParallelWork.run(2, HELPER, (piece, abandoned) -> {
            if (Thread.currentThread() == caller) {
              awaitHelper();
            } else {
              helperHasBegun.set(true);
              caller.interrupt();
              while (!abandoned.getAsBoolean()) {
                Thread.onSpinWait();
              }
              helperIsDone.set(true);
            }
          }))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(helperIsDone).isTrue();
      assertThat(caller.isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void whenTheCallersPieceFails_thenItEndsAfterTheHelpersPiece() {
    assertThatThrownBy(() -> ParallelWork.run(2, HELPER, (piece, abandoned) -> {
          if (Thread.currentThread() == caller) {
            awaitHelper();
            throw QilinException.invalid("mine");
          }
          helperHasBegun.set(true);
          while (!abandoned.getAsBoolean()) {
            Thread.onSpinWait();
          }
          helperIsDone.set(true);
        }))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("mine");
    assertThat(helperIsDone).isTrue();
  }

  @Test
  void whenTheExecutorFailsAfterAHelperHasBegun_thenNoPieceIsDoneAfterwards() throws Exception {
    for (Throwable failure :
        new Throwable[] {new IllegalStateException("asleep"), new AssertionError("asleep")}) {
      AtomicInteger pieces = new AtomicInteger();
      List<Thread> helpers = new ArrayList<>();
      Executor broken = task -> {
        Thread helper = new Thread(task);
        helpers.add(helper);
        helper.start();
        ParallelWorkTest.<RuntimeException>raise(failure);
      };

      assertThatThrownBy(() -> ParallelWork.run(1000, broken, piece -> pieces.incrementAndGet()))
          .hasMessageContaining("asleep")
          .isInstanceOf(failure instanceof Error ? AssertionError.class : QilinException.class);
      int done = pieces.get();
      for (Thread helper : helpers) {
        helper.join();
      }
      assertThat(pieces).hasValue(done);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable failure) throws T {
    throw (T) failure;
  }

  /** Without a wait that an interruption would end. */
  private void awaitHelper() {
    while (!helperHasBegun.get()) {
      Thread.onSpinWait();
    }
  }
}
