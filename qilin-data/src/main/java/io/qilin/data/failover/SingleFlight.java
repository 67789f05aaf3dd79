package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets equal queries at the same time share one answer: the first asks, the others wait for what it gets. When the
 * first is interrupted, one of the others asks instead.
 */
final class SingleFlight {
  private final ConcurrentHashMap<Object, CompletableFuture<Object>> flights =
      new ConcurrentHashMap<>();
  private final Duration longest;

  SingleFlight(Duration longest) {
    this.longest = longest;
  }

  /**
   * The answer.
   *
   * @param known what was kept by one who asked before; it is looked at again by the one whose turn it is, as an equal query may
   *     have ended since it was first looked at
   * @param lead asks
   */
  @SuppressWarnings("unchecked") // a query has one kind of answer
  <T> T run(Ask<?> ask, Supplier<Optional<T>> known, Supplier<T> lead) {
    while (true) {
      CompletableFuture<Object> own = new CompletableFuture<>();
      CompletableFuture<Object> first = flights.putIfAbsent(ask, own);
      if (first == null) {
        return lead(ask, own, () -> known.get().orElseGet(lead));
      }
      try {
        return (T) first.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof QilinException failure)) {
          throw new QilinException(ErrorCode.UNKNOWN, "an equal query failed", e);
        }
        if (failure.code() != ErrorCode.CANCELLED) {
          throw new QilinException(
              failure.code(), "an equal query failed: " + failure.getMessage(), failure);
        }
      } catch (TimeoutException e) {
        throw new QilinException(
            ErrorCode.TIMEOUT, "an equal query has not ended within " + longest, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QilinException(ErrorCode.CANCELLED, "interrupted while waiting for data", e);
      }
    }
  }

  private <T> T lead(Ask<?> ask, CompletableFuture<Object> own, Supplier<T> supplier) {
    try {
      T value = supplier.get();
      flights.remove(ask, own);
      own.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      flights.remove(ask, own);
      own.completeExceptionally(e);
      throw e;
    }
  }
}
