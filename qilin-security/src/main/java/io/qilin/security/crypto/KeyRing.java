package io.qilin.security.crypto;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The 256-bit keys that data is encrypted with: at most one active, older ones that only decrypt, and the ids of those that do
 * nothing any more. Keys come from the host ({@code SecretProvider}); a ring never makes one, so a restart changes nothing.
 *
 * <p>A key may encrypt 2^32 times with random nonces (NIST SP 800-38D, 8.3): the ring counts, alerts at half of that and then
 * refuses. It counts in this process only: a host that shares a key among n processes sets {@link Builder#mostUses} to an nth,
 * and gives what was used before a restart to {@link Builder#usesBefore} or rotates at start.
 *
 * <p>Safe to share between threads: readers take one immutable snapshot, changes replace it under a lock. A destroyed key is
 * overwritten with zeros; copies that the JDK made are left to the collector.
 */
public final class KeyRing {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
  private static final int KEY_BITS = 256;
  private static final int MOST_KEYS = 256;
  private static final long MOST_USES = 1L << 32;

  private final long mostUses;
  private final AlertSink alerts;
  private final Clock clock;
  private volatile Snapshot snapshot;

  private KeyRing(Builder builder) {
    this.mostUses = builder.mostUses;
    this.alerts = builder.alerts;
    this.clock = builder.clock;
    this.snapshot =
        new Snapshot(0, Collections.unmodifiableMap(new LinkedHashMap<>(builder.slots)));
  }

  /**
   * A ring with its active key; older ones may be added.
   *
   * @param id names the key in all that it encrypts: 1 to 64 of {@code A-Z a-z 0-9 . _ : / -}
   * @param key 32 random bytes; copied, the caller may overwrite its own
   * @throws QilinException INVALID_ARGUMENT for another id or length, WEAK_KEY if the key can be guessed
   */
  public static Builder builder(String id, byte[] key, Instant createdAt) {
    return new Builder(id, key, createdAt);
  }

  /** Collects the keys of a ring at its start. */
  public static final class Builder {
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final String first;
    private long mostUses = MOST_USES;
    private AlertSink alerts = alert -> LOG.warn("{}", alert.message());
    private Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private Builder(String id, byte[] key, Instant createdAt) {
      first = id;
      put(slots, id, new Slot(checked(id, key, createdAt), KeyState.ACTIVE));
    }

    /** Adds a key that decrypts what was encrypted while it was active. */
    public Builder verifyOnly(String id, byte[] key, Instant createdAt) {
      put(slots, id, new Slot(checked(id, key, createdAt), KeyState.VERIFY_ONLY));
      return this;
    }

    /** How often each key may encrypt in this process, 2 to 2^32; 2^32 unless set. */
    public Builder mostUses(long count) {
      if (count < 2 || count > MOST_USES) {
        throw QilinException.invalid("a key may encrypt 2 to 2^32 times, not " + count);
      }
      mostUses = count;
      return this;
    }

    /** How often the active key encrypted before this start; 0 unless set. */
    public Builder usesBefore(long count) {
      if (count < 0 || count > MOST_USES) {
        throw QilinException.invalid("a key was used 0 to 2^32 times before, not " + count);
      }
      Objects.requireNonNull(slots.get(first), first).key.uses().set(count);
      return this;
    }

    /** Where it is said that a key should be rotated; unless set, a warning is logged. */
    public Builder alerts(AlertSink sink, Clock alertClock) {
      alerts = Objects.requireNonNull(sink, "sink");
      clock = Objects.requireNonNull(alertClock, "alertClock");
      return this;
    }

    /** The ring. */
    public KeyRing build() {
      return new KeyRing(this);
    }
  }

  /**
   * Makes a new key the active one; the one before decrypts only.
   *
   * @throws QilinException as {@link #builder}, and INVALID_ARGUMENT if the id was ever used in this ring
   */
  public synchronized void rotate(String id, byte[] key, Instant createdAt) {
    Map<String, Slot> next = new LinkedHashMap<>(snapshot.slots);
    next.replaceAll((other, slot) ->
        slot.state == KeyState.ACTIVE ? new Slot(slot.key, KeyState.VERIFY_ONLY) : slot);
    put(next, id, new Slot(checked(id, key, createdAt), KeyState.ACTIVE));
    swap(next);
  }

  /**
   * Lets a key decrypt only. If it was the active one, nothing is encrypted until {@link #rotate}.
   *
   * @throws QilinException KEY_UNAVAILABLE if there is no such key or it is revoked
   */
  public synchronized void retire(String id) {
    if (slot(id).state == KeyState.REVOKED) {
      throw unavailable(id, "is revoked");
    }
    lower(id, KeyState.VERIFY_ONLY);
  }

  /**
   * Refuses all that was encrypted with a key; it is kept, so that this can be looked into.
   *
   * @throws QilinException KEY_UNAVAILABLE if there is no such key
   */
  public synchronized void revoke(String id) {
    slot(id);
    lower(id, KeyState.REVOKED);
  }

  /**
   * Revokes a key and overwrites it: what it encrypted is lost for ever. Its id stays taken.
   *
   * @throws QilinException KEY_UNAVAILABLE if there is no such key
   */
  public synchronized void destroy(String id) {
    Slot gone = slot(id);
    lower(id, KeyState.REVOKED);
    gone.key.destroy();
  }

  /** What the ring says about one key. */
  public record Entry(String id, KeyState state, Instant createdAt, long uses, boolean destroyed) {}

  /** All keys ever added, in the order in which they were. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    for (Slot slot : snapshot.slots.values()) {
      all.add(new Entry(
          slot.key.id(),
          slot.state,
          slot.key.createdAt(),
          slot.key.uses().get(),
          slot.key.destroyed()));
    }
    return Collections.unmodifiableList(all);
  }

  /**
   * The id of the key that encrypts now.
   *
   * @throws QilinException KEY_UNAVAILABLE if none is active
   */
  public String activeId() {
    return active(snapshot).key.id();
  }

  /** Changes whenever a key is added or changes its state. */
  long version() {
    return snapshot.version;
  }

  /** The active key for one encryption, which is counted. */
  KeyUse encrypting() {
    SymmetricKey key = active(snapshot).key;
    long before = key.uses().getAndUpdate(count -> count < mostUses ? count + 1 : count);
    if (before >= mostUses) {
      throw unavailable(key.id(), "has encrypted as often as is safe; rotate to a new key");
    }
    if (before + 1 == mostUses / 2) {
      warn(key.id(), before + 1);
    }
    return new KeyUse(key.id(), key.copy());
  }

  /** A key for one decryption; empty if the ring never had it. */
  @Nullable
  KeyUse decrypting(String id) {
    Slot slot = snapshot.slots.get(id);
    if (slot == null) {
      return null;
    }
    if (slot.state == KeyState.REVOKED) {
      throw unavailable(id, slot.key.destroyed() ? "was destroyed" : "is revoked");
    }
    return new KeyUse(id, slot.key.copy());
  }

  /** All keys that decrypt, the active one first; the caller closes each. */
  synchronized List<KeyUse> usable() {
    List<KeyUse> uses = new ArrayList<>();
    for (Slot slot : snapshot.slots.values()) {
      if (slot.state != KeyState.REVOKED) {
        int place = slot.state == KeyState.ACTIVE ? 0 : uses.size();
        uses.add(place, new KeyUse(slot.key.id(), slot.key.copy()));
      }
    }
    return uses;
  }

  static QilinException unavailable(String id, String why) {
    return new QilinException(
        ErrorCode.KEY_UNAVAILABLE, "the key " + QilinException.quote(id) + " " + why);
  }

  private static Slot active(Snapshot now) {
    for (Slot slot : now.slots.values()) {
      if (slot.state == KeyState.ACTIVE) {
        return slot;
      }
    }
    throw new QilinException(
        ErrorCode.KEY_UNAVAILABLE, "the ring has no active key; rotate to a new one");
  }

  private void lower(String id, KeyState state) {
    Map<String, Slot> next = new LinkedHashMap<>(snapshot.slots);
    next.put(id, new Slot(slot(id).key, state));
    swap(next);
  }

  private Slot slot(String id) {
    Slot slot = snapshot.slots.get(id);
    if (slot == null) {
      throw unavailable(id, "is not in this ring");
    }
    return slot;
  }

  private void swap(Map<String, Slot> next) {
    snapshot = new Snapshot(snapshot.version + 1, Collections.unmodifiableMap(next));
  }

  private void warn(String id, long count) {
    String message = "the key " + QilinException.quote(id) + " has encrypted " + count
        + " times, half of" + " what is safe; rotate to a new key";
    try {
      alerts.alert(new Alert(clock.instant(), ErrorCode.KEY_UNAVAILABLE, "security", message));
    } catch (RuntimeException e) {
      LOG.warn("{}; the alert was not taken", message, e);
    }
  }

  private static SymmetricKey checked(String id, byte[] key, Instant createdAt) {
    SymmetricKey.checkId(id);
    KeyStrength.check(key, KEY_BITS, "the key " + QilinException.quote(id));
    if (key.length * 8L != KEY_BITS) {
      throw QilinException.invalid("the key " + QilinException.quote(id) + " has " + key.length * 8L
          + " bits; exactly " + KEY_BITS + " are needed");
    }
    return new SymmetricKey(id, key, Objects.requireNonNull(createdAt, "createdAt"));
  }

  private static void put(Map<String, Slot> slots, String id, Slot slot) {
    if (slots.size() >= MOST_KEYS) {
      throw QilinException.invalid(
          "a ring holds at most " + MOST_KEYS + " keys; encrypt again and begin a new ring");
    }
    if (slots.putIfAbsent(id, slot) != null) {
      throw QilinException.invalid(
          "the key id " + QilinException.quote(id) + " was used before; take a new one");
    }
  }

  private record Slot(SymmetricKey key, KeyState state) {}

  private record Snapshot(long version, Map<String, Slot> slots) {}
}
