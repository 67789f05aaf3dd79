package io.qilin.ops.reload;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.Loaded;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration when its files hold something else, and puts the new one in the place of the old by one write of a
 * reference. The reference may be read by any thread at any time; all else is under the turn that {@link LiveConfig} gives.
 */
final class Reloader<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
  private static final int MOST_TRIES = 5;

  private final Supplier<Loaded<T>> loader;
  private final Clock clock;
  private final LongSupplier ticker;
  private final long retryNanos;
  private final Settling settling;
  private final Consumer<ConfigEvent<T>> events;

  private volatile ConfigSnapshot<T> snapshot;
  private volatile @Nullable QilinException failure;
  private final AtomicLong refusals = new AtomicLong();
  private volatile long unsettledNanos;
  private Set<Path> files;
  private @Nullable String told;
  private long tried;

  /** Reads for the first time; what is wrong then is thrown. */
  Reloader(
      Supplier<Loaded<T>> loader,
      Clock clock,
      LongSupplier ticker,
      long quietNanos,
      long retryNanos,
      Consumer<ConfigEvent<T>> events) {
    this.loader = loader;
    this.clock = clock;
    this.ticker = ticker;
    this.retryNanos = retryNanos;
    this.events = events;
    // The first look reads once more: what was read just now may have been half written.
    this.settling = new Settling(quietNanos);
    Loaded<T> first = loader.get();
    this.files = first.files();
    this.snapshot =
        new ConfigSnapshot<>(first.value(), first.tree(), 1, clock.instant(), first.files());
  }

  ConfigSnapshot<T> snapshot() {
    return snapshot;
  }

  /** Why what the files hold is not in use; empty if it is. */
  Optional<String> refusal() {
    return Optional.ofNullable(failure).map(Reloader::oneLine);
  }

  long refusals() {
    return refusals.get();
  }

  /** For how long the files have been changing without an end, at the last look. */
  long unsettledNanos() {
    return unsettledNanos;
  }

  Set<Path> files() {
    return files;
  }

  /** How long until the next look is due if nothing happens before; no longer than {@code most}. */
  long dueIn(long most) {
    return settling.dueIn(ticker.getAsLong(), most);
  }

  /** Looks at the files, and reads them if they hold something new that has settled, or what was refused a while ago. */
  void look() {
    String seen = Fingerprint.of(files);
    long now = ticker.getAsLong();
    boolean due = settling.settled(seen, now);
    unsettledNanos = settling.unsettledFor(now);
    // Not all that refuses a configuration is in its files: a key can come back.
    boolean again = failure != null && unsettledNanos == 0 && now - tried >= retryNanos;
    if (due || again) {
      attempt(seen, false);
    }
  }

  /**
   * Reads now, whatever was read before.
   *
   * @throws QilinException what refuses it; CONFLICT if the files change all the time; CANCELLED if the thread is interrupted
   */
  ConfigSnapshot<T> readNow() {
    for (int i = 0; i < MOST_TRIES; i++) {
      if (attempt(Fingerprint.of(files), true)) {
        QilinException refused = failure;
        if (refused != null) {
          throw refused;
        }
        return snapshot;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new QilinException(
            ErrorCode.CANCELLED,
            "interrupted during a reload; version " + snapshot.version() + " stays");
      }
    }
    throw new QilinException(
        ErrorCode.CONFLICT,
        "the files of the configuration change while they are read; version " + snapshot.version()
            + " stays, try again");
  }

  /** Reads once. False if the files changed meanwhile or an interrupt ended it: what was read then, or why not, does not count. */
  private boolean attempt(String seen, boolean asked) {
    tried = ticker.getAsLong();
    Loaded<T> loaded = null;
    QilinException refused = null;
    try {
      loaded = Objects.requireNonNull(loader.get(), "what the loader answers");
    } catch (QilinException e) {
      refused = e;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
      // Its message may hold a part of the configuration.
      refused = new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the configuration cannot be read: the loader threw " + e.getClass().getSimpleName());
    }
    // An interrupt closes files under those who read them: that is nothing that the files do.
    if (Thread.currentThread().isInterrupted() || !Fingerprint.of(files).equals(seen)) {
      return false;
    }
    Instant now = clock.instant();
    settling.took(seen);
    unsettledNanos = 0;
    if (loaded != null) {
      accept(loaded, asked, now);
    } else if (refused != null) {
      refuse(refused, now);
    }
    return true;
  }

  private void accept(Loaded<T> loaded, boolean asked, Instant now) {
    failure = null;
    told = null;
    if (!loaded.files().equals(files)) {
      // What is in the new ones was not looked at before they were read: the next look does.
      files = loaded.files();
      settling.forget();
    }
    ConfigSnapshot<T> before = snapshot;
    boolean same = before.tree().digest().equals(loaded.tree().digest());
    // A secret that is kept elsewhere can be another one below the same tree; then a reload was
    // asked for.
    if (same && (!asked || loaded.value().equals(before.value()))) {
      return;
    }
    ConfigSnapshot<T> after = new ConfigSnapshot<>(
        loaded.value(), loaded.tree(), before.version() + 1, now, loaded.files());
    snapshot = after;
    LOG.info("the configuration is version {} now", after.version());
    events.accept(ConfigEvent.Changed.of(before, after, 0));
  }

  /** All that is wrong is told line by line. */
  private static String oneLine(QilinException why) {
    return String.valueOf(why.getMessage()).replace(":\n", ": ").replace("\n", "; ");
  }

  private void refuse(QilinException why, Instant now) {
    failure = why;
    refusals.incrementAndGet();
    String reason = oneLine(why);
    if (reason.equals(told)) {
      return;
    }
    told = reason;
    long version = snapshot.version();
    LOG.warn("a configuration is refused, version {} stays: {}", version, reason);
    events.accept(new ConfigEvent.Refused<>(reason, version, now, 0));
  }
}
