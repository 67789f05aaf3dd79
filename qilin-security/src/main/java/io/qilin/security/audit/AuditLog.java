package io.qilin.security.audit;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An append-only log of what was done, in the files of one folder, that shows whether it was changed.
 *
 * <p>Each record carries the hash of the one before it. The hashes are the leaves of a Merkle tree (RFC 6962), of which a
 * checkpoint is signed every 1,000 records or every second and handed to the host. What the log itself can show, {@link
 * AuditVerifier} checks; that its end is missing, or that all of it was written anew, only a checkpoint kept elsewhere can
 * show.
 *
 * <p>One thread, owned by the log, writes: all entries that wait are written at once and acknowledged after one write
 * through to the disk (group commit), so that many threads, or one that does not wait, record tens of thousands a second. A
 * lock on a file keeps a second writer out of the folder. When a write fails the log is {@link AuditState#READ_ONLY} and
 * tries again with the next record; when writing through fails it is {@link AuditState#FAILED} for good.
 *
 * <p>Safe to share between threads. Close it: that writes a last checkpoint and ends the thread.
 */
public final class AuditLog implements AuditTrail, AutoCloseable {
  private static final String LOCK = "lock";
  private static final String OWN = "qilin";

  private final AuditSettings settings;
  private final FileChannel lock;
  private final AuditQueue queue;
  private final AuditWriter writer;
  private final AuditRecovery recovery;
  private final Thread thread;

  private AuditLog(AuditSettings settings, FileChannel lock, AuditOpening.Opened opened) {
    this.settings = settings;
    this.lock = lock;
    this.recovery = opened.recovery();
    queue = new AuditQueue(settings.queueRecords());
    writer = new AuditWriter(settings, queue, opened);
    thread = new Thread(writer, "qilin-audit");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Begins to open a log, or to make a new one.
   *
   * @param folder where its files are, on a local disk; made if it is not there
   * @param signer signs the checkpoints
   * @param sink keeps the checkpoints where one who can change the folder cannot
   * @param clock gives the records their times
   * @param ticker nanoseconds that never go back, such as {@code System::nanoTime}
   * @param random draws the salts of erasable fields
   */
  public static Builder builder(
      Path folder,
      CheckpointSigner signer,
      CheckpointSink sink,
      Clock clock,
      LongSupplier ticker,
      SecureRandom random) {
    return new Builder(folder, signer, sink, clock, ticker, random);
  }

  private static AuditLog open(AuditSettings settings) {
    @Nullable FileChannel lock = null;
    try {
      Files.createDirectories(settings.folder());
      lock = lock(settings.folder());
      AuditOpening.Opened opened = new AuditOpening(settings).open();
      AuditLog log = new AuditLog(settings, lock, opened);
      lock = null;
      log.finish(opened);
      return log;
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw AuditWriter.unavailable(
          "the audit log cannot be opened: its clock, its ticker or its source of chance failed ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    } catch (IOException e) {
      throw AuditWriter.unavailable(
          "the audit log in " + settings.folder() + " cannot be opened ("
              + e.getClass().getSimpleName()
              + "): check that the folder can be read and written and that the disk has room",
          e);
    } finally {
      release(lock);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      release(channel);
      throw inUse(folder, e);
    } catch (IOException | RuntimeException e) {
      release(channel);
      throw e;
    }
    release(channel);
    throw inUse(folder, null);
  }

  private static QilinException inUse(Path folder, @Nullable Throwable cause) {
    return AuditWriter.unavailable(
        "the audit log in " + folder
            + " is written by another: close that first, or use another folder",
        cause);
  }

  private static void release(@Nullable FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw AuditWriter.unavailable("the lock of the audit log could not be given back", e);
    }
  }

  /** Ends erasures that a crash interrupted. */
  private void finish(AuditOpening.Opened opened) {
    try {
      for (Erasure erasure : opened.unfinished()) {
        overwrite(erasure);
        put(erasure.entry(OWN, "ended when the log was opened", AuditOutcome.SUCCEEDED));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Records an entry and waits until it is as durable as the log promises.
   *
   * @throws QilinException AUDIT_UNAVAILABLE if it is not known to be kept: when the wait is over, or the thread is
   *     interrupted, it may be kept all the same; INVALID_ARGUMENT if the action begins with {@code audit.}
   */
  @Override
  public void record(AuditEntry entry) {
    await(append(entry));
  }

  /**
   * Records an entry without waiting. What is done with the answer is done on the log's own thread, so it must be short.
   *
   * @return completed once the entry is as durable as the log promises; fails with AUDIT_UNAVAILABLE if it is not kept
   * @throws QilinException AUDIT_UNAVAILABLE if the log is failed or closed, or the queue stays full for the longest wait;
   *     INVALID_ARGUMENT if the action begins with {@code audit.}
   */
  public CompletionStage<AuditReceipt> append(AuditEntry entry) {
    if (entry.action().text().startsWith(Erasure.OWN_ACTIONS)) {
      throw QilinException.invalid("actions that begin with '" + Erasure.OWN_ACTIONS
          + "' are the log's own; name the action otherwise");
    }
    return offer(entry, erasable(entry)).minimalCompletionStage();
  }

  private AuditReceipt put(AuditEntry own) {
    return await(offer(own, Set.of()));
  }

  private CompletableFuture<AuditReceipt> offer(AuditEntry entry, Set<String> erasable) {
    if (state() == AuditState.FAILED || state() == AuditState.CLOSED) {
      throw AuditWriter.unavailable("the audit log is " + state() + ": open it again", null);
    }
    CompletableFuture<AuditReceipt> receipt = new CompletableFuture<>();
    PendingEntry pending = new PendingEntry(entry, erasable, now(), size(entry), receipt);
    try {
      return switch (queue.offer(pending, settings.maxWait().toNanos())) {
        case TAKEN -> receipt;
        case CLOSED ->
          throw AuditWriter.unavailable("the audit log is closed: open it again", null);
        case FULL ->
          throw AuditWriter.unavailable(
              "the audit log could not take the record within " + settings.maxWait()
                  + ": its disk, its signer or its sink is too slow",
              null);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AuditWriter.unavailable("interrupted before the record was taken", e);
    }
  }

  private Instant now() {
    Instant now;
    try {
      now = settings.clock().instant();
    } catch (RuntimeException e) {
      throw AuditWriter.unavailable("the clock failed, so that the record would have no time", e);
    }
    if (now == null) {
      throw AuditWriter.unavailable(
          "the clock says nothing, so that the record would have no time", null);
    }
    return now;
  }

  private Set<String> erasable(AuditEntry entry) {
    Set<String> names = new HashSet<>();
    try {
      add(names, RecordCodec.IDENTITY);
      add(names, RecordCodec.RESOURCE);
      entry.attributes().keySet().forEach(name -> add(names, RecordCodec.ATTRIBUTES + name));
    } catch (RuntimeException e) {
      throw AuditWriter.unavailable("it could not be told which fields are erasable", e);
    }
    return names;
  }

  private void add(Set<String> names, String name) {
    if (settings.erasable().test(name)) {
      names.add(name);
    }
  }

  private static int size(AuditEntry entry) {
    int size = 512
        + 2
            * (entry.identity().text().length()
                + entry.action().text().length()
                + entry.resource().text().length()
                + entry.correlationId().text().length());
    for (var one : entry.attributes().entrySet()) {
      size += 128 + 2 * (one.getKey().length() + one.getValue().text().length());
    }
    return size;
  }

  private AuditReceipt await(CompletionStage<AuditReceipt> receipt) {
    try {
      return receipt.toCompletableFuture().get(settings.maxWait().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AuditWriter.unavailable("interrupted; the record may be kept all the same", e);
    } catch (TimeoutException e) {
      throw AuditWriter.unavailable(
          "no acknowledgement within " + settings.maxWait()
              + "; the record may be kept all the same",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof QilinException refused) {
        throw new QilinException(refused.code(), text(refused), refused);
      }
      throw AuditWriter.unavailable("the record was not kept", e);
    }
  }

  /** The message without its code, which the exception around it repeats. */
  private static String text(QilinException refused) {
    String message = String.valueOf(refused.getMessage());
    return message.substring(message.indexOf(' ') + 1);
  }

  /**
   * Erases the texts of fields that were recorded as erasable. That it is done is recorded before and after; the hashes, the
   * checkpoints and the proofs stay as they are. A copy of the files that was made before keeps the texts.
   *
   * @param sequence the record
   * @param fields the names of fields: {@code identity}, {@code resource}, {@code attributes.NAME}
   * @param identity who wants it
   * @param reason why, for example the request of the person concerned
   * @throws QilinException INVALID_ARGUMENT if the record or one of the fields is not there or cannot be erased, in which case
   *     nothing is; AUDIT_UNAVAILABLE if it cannot be recorded or done: then opening the log again ends it
   */
  public void erase(long sequence, Collection<String> fields, String identity, String reason) {
    Erasure erasure = new Erasure(sequence, new TreeSet<>(fields));
    if (erasure.fields().isEmpty() || sequence < 1 || sequence > durable()) {
      throw QilinException.invalid(
          "there is nothing to erase in record " + sequence + " of " + durable());
    }
    try {
      Eraser.find(settings.folder(), erasure);
    } catch (IOException e) {
      throw AuditWriter.unavailable("the record to erase from cannot be read", e);
    }
    put(erasure.entry(identity, reason, AuditOutcome.INTENT));
    overwrite(erasure);
    put(erasure.entry(identity, reason, AuditOutcome.SUCCEEDED));
  }

  private void overwrite(Erasure erasure) {
    try {
      Eraser.find(settings.folder(), erasure).overwrite();
    } catch (IOException e) {
      throw AuditWriter.unavailable(
          "fields of record " + erasure.sequence()
              + " could not be erased; opening the log again ends it",
          e);
    }
  }

  /** What was found when the log was opened. */
  public AuditRecovery recovery() {
    return recovery;
  }

  /** What the log can do just now. */
  public AuditState state() {
    return writer.state();
  }

  /** The number of the last acknowledged record; 0 before the first. */
  public long durable() {
    return writer.written();
  }

  /** The last checkpoint that was made since the log was opened. */
  public Optional<AuditCheckpoint> lastCheckpoint() {
    return writer.last();
  }

  /** Reads what is acknowledged, while the log goes on. */
  public AuditReader reader() {
    return new AuditReader(settings.folder(), settings.startsAt(), writer::written);
  }

  /**
   * Takes no more entries, writes those that wait and a last checkpoint, and lets another open the folder. A caller who is
   * interrupted waits all the same, at most twice the longest wait, and finds the flag set afterwards.
   */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = waitForTheEnd();
    if (thread.isAlive()) {
      writer.stop();
      thread.interrupt();
      interrupted |= waitForTheEnd();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw AuditWriter.unavailable(
          "the audit log does not end: its signer, its sink or its disk hangs; the folder stays locked",
          null);
    }
    release(lock);
  }

  /** Waits at most the longest wait; whether the caller was interrupted meanwhile. */
  private boolean waitForTheEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join(settings.maxWait().toMillis() + 1);
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** Settings of a log. Not safe to share between threads. */
  public static final class Builder {
    private final Path folder;
    private final CheckpointSigner signer;
    private final CheckpointSink sink;
    private final Clock clock;
    private final LongSupplier ticker;
    private final SecureRandom random;
    private Durability durability = Durability.EVERY_BATCH;
    private Duration maxWait = Duration.ofSeconds(5);
    private int queueRecords = 8192;
    private long fileBytes = 64L << 20;
    private Duration fileAge = Duration.ofDays(1);
    private int checkpointRecords = 1000;
    private Duration checkpointAge = Duration.ofSeconds(1);
    private Predicate<String> erasable = name -> name.startsWith(RecordCodec.ATTRIBUTES);
    private Optional<AuditCheckpoint> expected = Optional.empty();
    private long startsAt = 1;
    private AlertSink alerts = alert -> {};

    private Builder(
        Path folder,
        CheckpointSigner signer,
        CheckpointSink sink,
        Clock clock,
        LongSupplier ticker,
        SecureRandom random) {
      this.folder = Objects.requireNonNull(folder, "folder");
      this.signer = Objects.requireNonNull(signer, "signer");
      this.sink = Objects.requireNonNull(sink, "sink");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.random = Objects.requireNonNull(random, "random");
    }

    /** When to write through to the disk; before each acknowledgement unless set. */
    public Builder durability(Durability when) {
      durability = Objects.requireNonNull(when, "durability");
      return this;
    }

    /** The longest wait of a caller, for room in the queue and for an acknowledgement each; 5 s unless set. */
    public Builder maxWait(Duration wait) {
      maxWait = positive(wait, "maxWait");
      return this;
    }

    /** How many entries may wait, besides 32 MiB in all; 8,192 unless set. */
    public Builder queueRecords(int most) {
      queueRecords = (int) positive(most, "queueRecords");
      return this;
    }

    /** The size after which a new file is begun; 64 MiB unless set. */
    public Builder fileBytes(long bytes) {
      fileBytes = positive(bytes, "fileBytes");
      return this;
    }

    /** The time after which a new file is begun with the next record; a day unless set. */
    public Builder fileAge(Duration age) {
      fileAge = positive(age, "fileAge");
      return this;
    }

    /** How many records after the last checkpoint the next is made; 1,000 unless set. */
    public Builder checkpointRecords(int records) {
      checkpointRecords = (int) positive(records, "checkpointRecords");
      return this;
    }

    /** How long after the last checkpoint the next is made, if there are records; 1 s unless set. */
    public Builder checkpointAge(Duration age) {
      checkpointAge = positive(age, "checkpointAge");
      return this;
    }

    /**
     * Which fields can be erased later; all attributes unless set. Asked by name, {@code identity}, {@code resource} or
     * {@code attributes.NAME}, on the caller's thread; must be safe to share between threads. An action, a correlation id and
     * the name of an attribute never can, so no personal data belongs there.
     */
    public Builder erasable(Predicate<String> fields) {
      erasable = Objects.requireNonNull(fields, "erasable");
      return this;
    }

    /** The last checkpoint that the host kept: a log that does not contain it is not opened. */
    public Builder expected(AuditCheckpoint checkpoint) {
      expected = Optional.of(checkpoint);
      return this;
    }

    /** The first record that is still in the folder, after older files were moved away; 1 unless set. */
    public Builder startsAt(long sequence) {
      startsAt = positive(sequence, "startsAt");
      return this;
    }

    /** Told when the log cannot be written, fails, or cannot make a checkpoint; nobody unless set. */
    public Builder alerts(AlertSink sink) {
      alerts = Objects.requireNonNull(sink, "alerts");
      return this;
    }

    /**
     * Opens the log; reads all of it and checks it.
     *
     * @throws QilinException AUDIT_TAMPERED if it was changed, or is not the one of the expected checkpoint; AUDIT_UNAVAILABLE
     *     if the folder is in use or cannot be read and written
     */
    public AuditLog open() {
      return AuditLog.open(new AuditSettings(
          folder,
          signer,
          sink,
          clock,
          ticker,
          random,
          durability,
          maxWait,
          queueRecords,
          fileBytes,
          fileAge,
          checkpointRecords,
          checkpointAge,
          erasable,
          expected,
          startsAt,
          alerts));
    }

    private static long positive(long value, String name) {
      if (value < 1) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, name + " must be positive, was " + value);
      }
      return value;
    }

    private static Duration positive(Duration value, String name) {
      if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(36_500)) > 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            name + " must be positive and at most 36,500 days, was " + value);
      }
      return value;
    }
  }
}
