package io.qilin.security;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls things from several threads that begin together. */
public final class Race {
  /** Only ends a hang. */
  private static final int MOST_MINUTES = 10;

  private Race() {}

  /** How often a race is run: as given, or {@code -Dqilin.races=1000000} for a long one by hand. */
  public static int rounds(int usual) {
    return Integer.getInteger("qilin.races", usual);
  }

  /** The answers of so many threads, in no particular order. */
  public static <T> List<T> run(int threads, Callable<T> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(pool.submit(() -> {
          start.await();
          return call.call();
        }));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get(MOST_MINUTES, TimeUnit.MINUTES));
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }
}
