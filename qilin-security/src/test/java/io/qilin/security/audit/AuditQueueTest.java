package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The bounded queue before the writer, and the book of intents behind it. */
class AuditQueueTest {
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
