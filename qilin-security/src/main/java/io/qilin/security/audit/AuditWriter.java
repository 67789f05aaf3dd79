package io.qilin.security.audit;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log's thread does: takes all entries that wait, writes them at once, writes through to the disk once, and then
 * acknowledges them. Only the volatile fields are read by other threads.
 */
final class AuditWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final long BATCH_BYTES = 1 << 20;

  /** Records without a checkpoint, in checkpoint intervals, after which none is taken any more. */
  private static final int MOST_UNSIGNED = 10;

  private final AuditSettings settings;
  private final AuditQueue queue;
  private final SegmentStore store;
  private final IntentBook intents;
  private final RecordCodec codec = new RecordCodec();
  private final ByteSink bytes = new ByteSink();
  private final AtomicReference<AuditState> state = new AtomicReference<>(AuditState.OPEN);
  private ChainState chain;
  private long forced;
  private long signed;
  private long signedAt;
  private long fileFirst;
  private long fileAt;
  private boolean unkept;
  private volatile boolean stopped;
  private volatile long written;
  private volatile @Nullable AuditCheckpoint last;

  AuditWriter(AuditSettings settings, AuditQueue queue, AuditOpening.Opened opened) {
    this.settings = settings;
    this.queue = queue;
    this.store = opened.store();
    this.intents = opened.intents();
    this.chain = opened.chain();
    this.forced = chain.size();
    this.signed = chain.size();
    this.written = chain.size();
    this.fileFirst = chain.size() + 1;
    this.signedAt = settings.ticker().getAsLong();
    this.fileAt = signedAt;
  }

  AuditState state() {
    return Objects.requireNonNull(state.get());
  }

  /** The number of the last acknowledged record. */
  long written() {
    return written;
  }

  Optional<AuditCheckpoint> last() {
    return Optional.ofNullable(last);
  }

  /** Lets the thread end without writing what waits, as soon as whatever holds it up lets go. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      while (!stopped && !queue.finished()) {
        commit(queue.take(room(), BATCH_BYTES, settings.checkpointAge().toNanos()));
        checkpointWhenDue();
      }
      if (stopped) {
        fail(unavailable("it was told to stop", null));
      } else {
        finish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      end();
    }
  }

  /** So many entries that the next checkpoint is due exactly after the last of them. */
  private int room() {
    return (int) Math.max(1, settings.checkpointRecords() - (chain.size() - signed));
  }

  private void commit(List<PendingEntry> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      write(batch);
    } catch (ForceFailed e) {
      fail(e);
      refuse(batch, e);
    } catch (IOException e) {
      change(AuditState.READ_ONLY, "the audit log cannot be written and refuses every record", e);
      refuse(batch, e);
    } catch (RuntimeException e) {
      // The clock, the ticker or the source of chance failed: as with a write, the next record
      // tries again.
      change(AuditState.READ_ONLY, "the audit log cannot be written and refuses every record", e);
      refuse(batch, e);
    } catch (Error e) {
      refuse(batch, e);
      throw e;
    }
  }

  private void write(List<PendingEntry> batch) throws IOException {
    if (state.get() == AuditState.FAILED) {
      refuse(batch, null);
      return;
    }
    if (unsigned() >= (long) MOST_UNSIGNED * settings.checkpointRecords()) {
      checkpoint();
      if (unsigned() > 0) {
        complete(
            batch,
            unavailable(
                "no checkpoint over the last " + unsigned()
                    + " records could be signed and kept: mend the signer or the sink",
                null));
        return;
      }
    }
    rotateWhenDue();
    bytes.clear();
    ChainState next = chain.copy();
    List<AuditReceipt> receipts = new ArrayList<>(batch.size());
    List<PendingEntry> taken = new ArrayList<>(batch.size());
    for (PendingEntry one : batch) {
      AuditReceipt receipt = encode(one, next);
      if (receipt != null) {
        receipts.add(receipt);
        taken.add(one);
      }
    }
    store.write(bytes);
    if (settings.durability() == Durability.EVERY_BATCH) {
      store.force();
      forced = next.size();
    }
    chain = next;
    written = next.size();
    if (state.compareAndSet(AuditState.READ_ONLY, AuditState.OPEN)) {
      alert("the audit log can be written again");
    }
    for (int i = 0; i < taken.size(); i++) {
      intents.see(taken.get(i).entry(), receipts.get(i).sequence());
      taken.get(i).receipt().complete(receipts.get(i));
    }
  }

  /** Adds the frame of an entry; null if the entry was refused instead. */
  private @Nullable AuditReceipt encode(PendingEntry one, ChainState next) {
    if (one.entry().outcome() == AuditOutcome.INTENT && intents.full()) {
      one.receipt()
          .completeExceptionally(new QilinException(
              ErrorCode.LIMIT_EXCEEDED,
              IntentBook.MOST
                  + " intents wait for their outcomes; record those before the next intent"));
      return null;
    }
    int start = bytes.size();
    try {
      RecordPlace place = new RecordPlace(next.size() + 1, one.at(), forced, next.previous());
      AuditHash hash =
          codec.write(bytes, store.marker(), place, one.entry(), one.erasable(), settings.random());
      next.add(hash);
      return new AuditReceipt(place.sequence(), hash);
    } catch (RuntimeException e) {
      bytes.back(start);
      one.receipt().completeExceptionally(unavailable("the entry could not be written", e));
      return null;
    }
  }

  private void rotateWhenDue() throws IOException {
    boolean due = store.end() >= settings.fileBytes()
        || settings.ticker().getAsLong() - fileAt >= settings.fileAge().toNanos();
    if (due && chain.size() >= fileFirst) {
      store.rotate(chain.header(settings.random().nextLong(), settings.clock().instant()));
      forced = chain.size();
      fileFirst = chain.size() + 1;
      fileAt = settings.ticker().getAsLong();
    }
  }

  private long unsigned() {
    return chain.size() - signed;
  }

  private void checkpointWhenDue() {
    try {
      boolean due = unsigned() >= settings.checkpointRecords()
          || settings.ticker().getAsLong() - signedAt
              >= settings.checkpointAge().toNanos();
      if (due && unsigned() > 0) {
        checkpoint();
      }
    } catch (RuntimeException e) {
      unkept(e);
    }
  }

  /** Signs where the log stands, gives it to the host and notes it in the log. A failure is told, and made good by the next. */
  private void checkpoint() {
    signedAt = settings.ticker().getAsLong();
    if (state.get() == AuditState.FAILED) {
      return;
    }
    try {
      if (settings.durability() != Durability.NEVER_MAY_LOSE_THE_LAST_FILE) {
        store.force();
        forced = chain.size();
      }
      AuditCheckpoint made = AuditCheckpoint.signed(
          settings.signer(),
          chain.logId(),
          chain.size(),
          chain.root(),
          settings.clock().instant());
      settings.sink().keep(made);
      signed = made.size();
      last = made;
      unkept = false;
      bytes.clear();
      LogScan.LoggedCheckpoint.write(bytes, store.marker(), forced == chain.size(), made);
      store.write(bytes);
    } catch (ForceFailed e) {
      fail(e);
    } catch (IOException e) {
      change(AuditState.READ_ONLY, "the audit log cannot be written and refuses every record", e);
    } catch (RuntimeException e) {
      unkept(e);
    }
  }

  /** Told once until a checkpoint succeeds. */
  private void unkept(RuntimeException cause) {
    if (!unkept) {
      unkept = true;
      alert("a checkpoint of the audit log could not be signed and kept ("
          + cause.getClass().getSimpleName() + ")");
    }
  }

  private void finish() {
    if (unsigned() > 0) {
      checkpoint();
    }
    try {
      if (state.get() != AuditState.FAILED) {
        store.force();
      }
    } catch (ForceFailed e) {
      fail(e);
    }
  }

  private void end() {
    queue.close();
    boolean interrupted = Thread.interrupted();
    try {
      for (List<PendingEntry> left = queue.take(Integer.MAX_VALUE, Long.MAX_VALUE, 0);
          !left.isEmpty();
          left = queue.take(Integer.MAX_VALUE, Long.MAX_VALUE, 0)) {
        refuse(left, null);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      store.close();
    } catch (IOException e) {
      alert("a file of the audit log could not be closed (" + e.getClass().getSimpleName() + ")");
    }
    state.compareAndSet(AuditState.OPEN, AuditState.CLOSED);
    state.compareAndSet(AuditState.READ_ONLY, AuditState.CLOSED);
  }

  private void fail(Throwable cause) {
    change(
        AuditState.FAILED,
        "the audit log failed and refuses every record: close it and open it again",
        cause);
  }

  private void change(AuditState to, String message, Throwable cause) {
    if (state.getAndSet(to) != to) {
      alert(message + " (" + cause.getClass().getSimpleName() + ")");
    }
  }

  private void refuse(List<PendingEntry> batch, @Nullable Throwable cause) {
    complete(batch, unavailable("it was not recorded: the audit log is " + state.get(), cause));
  }

  private static void complete(List<PendingEntry> batch, QilinException refusal) {
    batch.forEach(one -> one.receipt().completeExceptionally(refusal));
  }

  static QilinException unavailable(String why, @Nullable Throwable cause) {
    return new QilinException(ErrorCode.AUDIT_UNAVAILABLE, why, cause);
  }

  /** A sink that throws must not stop the log, and there is nobody else to tell. */
  private void alert(String message) {
    try {
      settings
          .alerts()
          .alert(
              new Alert(settings.clock().instant(), ErrorCode.AUDIT_UNAVAILABLE, "audit", message));
    } catch (RuntimeException e) {
      LOG.warn("{}; the alert could not be given ({})", message, e.getClass().getSimpleName());
    }
  }
}
