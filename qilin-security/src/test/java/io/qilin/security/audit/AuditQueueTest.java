package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.Await;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounded queue before the writer, and the book of intents behind it. */
@Timeout(120)
class AuditQueueTest {
  /** Longer than any test: who waits so long must have been woken. */
  private static final long LONG = TimeUnit.HOURS.toNanos(1);

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stopTheOtherThread() {
    other.shutdownNow();
  }

  private static PendingEntry pending(int bytes) {
    return new PendingEntry(
        AuditFixture.entry(bytes), Set.of(), Instant.EPOCH, bytes, new CompletableFuture<>());
  }

  @Test
  void whenItIsFull_thenAnOfferIsRefusedUntilSomethingIsTaken() throws InterruptedException {
    AuditQueue queue = new AuditQueue(2);
    assertThat(queue.offer(pending(1), 0)).isEqualTo(AuditQueue.Offer.TAKEN);
    assertThat(queue.offer(pending(2), 0)).isEqualTo(AuditQueue.Offer.TAKEN);
    assertThat(queue.offer(pending(3), 1000)).isEqualTo(AuditQueue.Offer.FULL);
    assertThat(queue.take(1, 100, 0)).extracting(PendingEntry::bytes).containsExactly(1);
    assertThat(queue.offer(pending(3), 0)).isEqualTo(AuditQueue.Offer.TAKEN);
    assertThat(queue.take(10, 100, 0)).extracting(PendingEntry::bytes).containsExactly(2, 3);
    assertThat(queue.take(10, 100, 1000)).isEmpty();
  }

  @Test
  void whenTheBytesAreTooMany_thenAnOfferIsRefused() throws InterruptedException {
    AuditQueue queue = new AuditQueue(100);
    assertThat(queue.offer(pending(32 << 20), 0)).isEqualTo(AuditQueue.Offer.TAKEN);
    assertThat(queue.offer(pending(1), 0)).isEqualTo(AuditQueue.Offer.FULL);
    assertThat(queue.take(1, 1, 0)).hasSize(1);
    assertThat(queue.offer(pending((32 << 20) - 1), 0)).isEqualTo(AuditQueue.Offer.TAKEN);
    assertThat(queue.offer(pending(1), 0)).isEqualTo(AuditQueue.Offer.TAKEN);
  }

  @Test
  void whenABatchHasEnoughBytes_thenTheRestWaits() throws InterruptedException {
    AuditQueue queue = new AuditQueue(100);
    for (int i = 0; i < 5; i++) {
      queue.offer(pending(10), 0);
    }
    assertThat(queue.take(10, 20, 0)).hasSize(2);
    assertThat(queue.take(10, 21, 0)).hasSize(3);
  }

  @Test
  void whenItIsClosed_thenNothingGoesInAndWhatIsInComesOut() throws InterruptedException {
    AuditQueue queue = new AuditQueue(10);
    queue.offer(pending(1), 0);
    queue.close();
    assertThat(queue.offer(pending(2), 0)).isEqualTo(AuditQueue.Offer.CLOSED);
    assertThat(queue.finished()).isFalse();
    assertThat(queue.take(10, 100, Long.MAX_VALUE)).hasSize(1);
    assertThat(queue.finished()).isTrue();
    assertThat(queue.take(10, 100, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void whenATakerWaits_thenAnOfferWakesItAndSoDoesTheEnd() throws Exception {
    AuditQueue queue = new AuditQueue(10);

    Future<List<PendingEntry>> first = waiting(() -> queue.take(10, 100, LONG));
    queue.offer(pending(1), 0);
    assertThat(soon(first)).hasSize(1);

    Future<List<PendingEntry>> last = waiting(() -> queue.take(10, 100, LONG));
    queue.close();
    assertThat(soon(last)).isEmpty();
    assertThat(queue.finished()).isTrue();
  }

  @Test
  void whenOffersWaitForRoom_thenATakeWakesThemAndSoDoesTheEnd() throws Exception {
    AuditQueue queue = new AuditQueue(1);
    queue.offer(pending(1), 0);

    Future<AuditQueue.Offer> taken = waiting(() -> queue.offer(pending(2), LONG));
    assertThat(queue.take(10, 100, 0)).extracting(PendingEntry::bytes).containsExactly(1);
    assertThat(soon(taken)).isEqualTo(AuditQueue.Offer.TAKEN);

    Future<AuditQueue.Offer> refused = waiting(() -> queue.offer(pending(3), LONG));
    queue.close();
    assertThat(soon(refused)).isEqualTo(AuditQueue.Offer.CLOSED);
    assertThat(queue.take(10, 100, LONG)).extracting(PendingEntry::bytes).containsExactly(2);
  }

  @Test
  void whenOneWhoWaitsIsInterrupted_thenTheQueueServesTheOthers() throws Exception {
    AuditQueue queue = new AuditQueue(1);
    Future<List<PendingEntry>> taker = waiting(() -> queue.take(10, 100, LONG));
    taker.cancel(true);
    assertThat(soon(other.submit(() -> queue.offer(pending(1), LONG))))
        .isEqualTo(AuditQueue.Offer.TAKEN);

    Future<AuditQueue.Offer> offer = waiting(() -> queue.offer(pending(2), LONG));
    offer.cancel(true);
    assertThat(soon(other.submit(() -> queue.take(10, 100, LONG)))).hasSize(1);
    assertThat(soon(other.submit(queue::finished))).isFalse();
    queue.close();
    assertThat(soon(other.submit(queue::finished))).isTrue();
  }

  /** Work on the other thread, which has come to the point at which it waits. */
  private <T> Future<T> waiting(Callable<T> work) throws Exception {
    Thread thread = soon(other.submit(Thread::currentThread));
    Future<T> future = other.submit(work);
    Await.until(
        "the other thread waits",
        () -> thread.getState() == Thread.State.TIMED_WAITING || future.isDone());
    return future;
  }

  private static <T> T soon(Future<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  @Test
  void whenIntentsAreTooMany_thenTheBookIsFullUntilOneIsClosed() {
    IntentBook book = new IntentBook();
    for (int i = 0; i < IntentBook.MOST - 1; i++) {
      book.see(AuditFixture.entry("u", AuditOutcome.INTENT, "same"), i + 1);
    }
    assertThat(book.full()).isFalse();
    book.see(AuditFixture.entry("u", AuditOutcome.INTENT, "other"), 200_000);
    assertThat(book.full()).isTrue();
    book.see(AuditFixture.entry("u", AuditOutcome.SUCCEEDED, ""), 200_001);
    assertThat(book.full()).isTrue();
    book.see(AuditFixture.entry("u", AuditOutcome.DENIED, "same"), 200_002);
    assertThat(book.full()).isFalse();
    assertThat(book.sequences()).startsWith(2L, 3L).endsWith(200_000L).hasSize(IntentBook.MOST - 1);
  }
}
