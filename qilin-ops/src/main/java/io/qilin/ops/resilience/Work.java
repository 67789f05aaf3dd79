package io.qilin.ops.resilience;

import java.util.concurrent.Callable;

/** What one attempt does. */
@FunctionalInterface
interface Work<T> {
  /** Does it, on whatever thread. */
  T attempt(Link link) throws Exception;

  static <T> Work<T> of(Callable<T> call) {
    return link -> call.call();
  }

  /** What ties an attempt to the one who waits for it. */
  interface Link {
    /** An attempt on the thread that waits. */
    Link NONE = new Link() {
      @Override
      public void relay(Runnable piece) {
        piece.run();
      }

      @Override
      public void whenGivenUp(Runnable then) {
        // Nobody else waits, so nobody gives up.
      }
    };

    /** Has the waiting thread run this; does nothing once the attempt was given up. */
    void relay(Runnable piece) throws InterruptedException;

    /** Runs this when the attempt is given up, also if it was already. */
    void whenGivenUp(Runnable then);
  }
}
