package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of a KV engine as Qilin asks for them: the name {@code deepseek/api-key} is the path of that name, below a folder if
 * one is set, and there the field {@code value}.
 *
 * <p>A secret is kept for a while and asked for again then. When the server cannot be asked, the call fails; only where {@link
 * Builder#staleUpTo} allows it, an older copy is given, marked in {@link #look} and told to {@link Builder#onStale}. A server that
 * refuses, or says that the secret is gone, is believed at once. Safe to share between threads; listeners are told on the thread
 * that noticed.
 */
public final class VaultSecrets implements SecretProvider {
  private static final Logger LOG = LoggerFactory.getLogger(VaultSecrets.class);
  private static final int MOST_NAMES = 10_000;
  private static final Duration LONGEST = Duration.ofDays(30);
  /** The server was not asked, or gave no answer: it said nothing about the secret. */
  private static final Set<ErrorCode> PASSING =
      Set.of(ErrorCode.SECRET_UNAVAILABLE, ErrorCode.RATE_LIMITED, ErrorCode.RESOURCE_EXHAUSTED);

  private final VaultKv kv;
  private final VaultClient client;
  private final String folder;
  private final String field;
  private final boolean lastPartIsField;
  private final Duration maxAge;
  private final Duration staleUpTo;
  private final Consumer<String> onStale;
  private final Map<String, VaultReading> kept = new ConcurrentHashMap<>();
  /** What was noticed last of each name, by whichever call, so that each change is told once. */
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private final AtomicLong tickets = new AtomicLong();
  private final List<Consumer<VaultRotation>> listeners = new CopyOnWriteArrayList<>();

  private VaultSecrets(Builder builder) {
    this.client = builder.client;
    this.kv = VaultKv.at(builder.client, builder.mount);
    this.folder = builder.folder;
    this.field = builder.field;
    this.lastPartIsField = builder.lastPartIsField;
    this.maxAge = builder.maxAge;
    this.staleUpTo = builder.staleUpTo;
    this.onStale = builder.onStale;
  }

  /**
   * A provider in the making.
   *
   * @param mount of a KV engine, version 2, for example {@code secret}
   */
  public static Builder builder(VaultClient client, String mount) {
    return new Builder(client, mount);
  }

  /**
   * The secret of a name, see {@link #look}.
   *
   * @throws QilinException as {@link #look}
   */
  @Override
  public Optional<Secret> secret(String name) {
    return look(name).map(VaultReading::secret);
  }

  /**
   * The secret of a name, and how fresh it is.
   *
   * @return empty if there is no such path or field, or its latest version is deleted or destroyed
   * @throws QilinException INVALID_ARGUMENT for a name that is no path; SECRET_UNAVAILABLE if the server is down, sealed, slow or
   *     answers nonsense, or if the field is there without being a text; RATE_LIMITED; AUTHENTICATION or AUTHORIZATION if it refuses;
   *     INVALID_CONFIGURATION for a wrong mount; LIMIT_EXCEEDED for an answer that is too large; RESOURCE_EXHAUSTED if the HTTP
   *     client's executor takes no more; CANCELLED if the thread is interrupted
   */
  public Optional<VaultReading> look(String name) {
    Place place = place(name);
    VaultReading before = kept.get(name);
    Instant now = client.now();
    if (before != null && isWithin(before, maxAge, now)) {
      return Optional.of(before);
    }
    try {
      return read(name, place, now);
    } catch (QilinException e) {
      return Optional.of(stale(name, before, now, e));
    }
  }

  private VaultReading stale(
      String name, @Nullable VaultReading before, Instant now, QilinException failure) {
    if (!PASSING.contains(failure.code())) {
      if (failure.code() != ErrorCode.CANCELLED) {
        kept.remove(name);
      }
      throw failure;
    }
    if (before == null || !isWithin(before, staleUpTo, now)) {
      throw failure;
    }
    LOG.warn(
        "the secret '{}' is an older copy, of {}: {}", name, before.readAt(), failure.getMessage());
    tell(onStale, name);
    return before.asStale();
  }

  private static boolean isWithin(VaultReading reading, Duration age, Instant now) {
    return !now.isBefore(reading.readAt()) && now.isBefore(reading.readAt().plus(age));
  }

  private Optional<VaultReading> read(String name, Place place, Instant asked) {
    long ticket = tickets.incrementAndGet();
    Optional<VaultSecret> secret = kv.read(place.path());
    Optional<VaultReading> reading = secret
        .filter(there -> there.names().contains(place.field()))
        .map(there -> new VaultReading(
            there.field(place.field()).orElseThrow(() -> noText(name, place)),
            there.version(),
            asked,
            false));
    notice(
        name,
        new Seen(secret.map(VaultSecret::version).orElse(0L), secret.isEmpty(), ticket),
        reading.orElse(null));
    return reading;
  }

  private static QilinException noText(String name, Place place) {
    return new QilinException(
        ErrorCode.SECRET_UNAVAILABLE,
        "the field " + QilinException.quote(place.field()) + " of the secret "
            + QilinException.quote(name) + " is empty or no text; write a text there");
  }

  /** The latest version of a secret, whether it has no value any more, and the number of the call that found it so. */
  private record Seen(long version, boolean gone, long ticket) {
    boolean isLike(Seen other) {
      return gone == other.gone && (gone || version == other.version);
    }
  }

  /** Where a secret is, below the mount. */
  private record Place(String path, String field) {}

  private Place place(String name) {
    if (!lastPartIsField) {
      return new Place(folder + name, field);
    }
    int slash = name.lastIndexOf('/');
    if (slash < 1 || slash == name.length() - 1) {
      throw QilinException.invalid(
          "a name is a path, '/' and a field here, was " + QilinException.quote(name));
    }
    return new Place(folder + name.substring(0, slash), name.substring(slash + 1));
  }

  /** Tells a listener of every change from now on; what it throws reaches nobody but the log. */
  public void listen(Consumer<VaultRotation> listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Asks for the versions of every secret that was read, and forgets the copies of those that changed, so that the next call has
   * the new ones. The secrets themselves are not sent. Needs the right to read {@code metadata/}. A change that {@link #look}
   * notices is told as well, once.
   *
   * @return what changed
   * @throws QilinException as {@link #look}; what was found before was told, and a place that is refused or whose answer is too
   *     large does not keep the others from being compared
   */
  public List<VaultRotation> refresh() {
    List<VaultRotation> rotations = new ArrayList<>();
    QilinException refused = null;
    for (String name : List.copyOf(seen.keySet())) {
      long ticket = tickets.incrementAndGet();
      try {
        Optional<VaultVersions> versions = kv.versions(place(name).path());
        long latest = versions.map(VaultVersions::current).orElse(0L);
        boolean gone = versions.isEmpty() || !versions.get().isLive();
        notice(name, new Seen(latest, gone, ticket), null).ifPresent(rotations::add);
      } catch (QilinException e) {
        if (e.code() != ErrorCode.AUTHORIZATION && e.code() != ErrorCode.LIMIT_EXCEEDED) {
          throw e;
        }
        refused = e;
      }
    }
    if (refused != null) {
      throw refused;
    }
    return List.copyOf(rotations);
  }

  /** Takes what a call found, unless a call that began later was faster, and tells if it is a change. */
  private Optional<VaultRotation> notice(String name, Seen now, @Nullable VaultReading fresh) {
    synchronized (seen) {
      Seen before = seen.get(name);
      boolean unknown = before == null && (now.gone() || seen.size() >= MOST_NAMES);
      if (unknown || (before != null && now.ticket() < before.ticket())) {
        return Optional.empty();
      }
      seen.put(name, now);
      boolean same = before == null || before.isLike(now);
      if (fresh != null) {
        kept.put(name, fresh);
      } else if (!same) {
        kept.remove(name);
      }
      if (same) {
        return Optional.empty();
      }
    }
    VaultRotation rotation = new VaultRotation(name, now.version(), now.gone(), client.now());
    listeners.forEach(listener -> tell(listener, rotation));
    return Optional.of(rotation);
  }

  private static <T> void tell(Consumer<T> listener, T what) {
    try {
      listener.accept(what);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.warn("a listener for secrets of Vault threw {} for {}", e.getClass().getName(), what);
    }
  }

  /**
   * Calls {@link #refresh} again and again on the host's scheduler; a failure is logged, and tried again at the next turn.
   *
   * @param every the time between the end of one turn and the next, 1 s to 30 days
   * @return ends the watch when closed
   * @throws QilinException INVALID_ARGUMENT for another time, RESOURCE_EXHAUSTED if the scheduler takes nothing
   */
  public Watch watch(ScheduledExecutorService scheduler, Duration every) {
    if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(LONGEST) > 0) {
      throw QilinException.invalid("secrets are watched every 1 s to 30 days, not every " + every);
    }
    try {
      ScheduledFuture<?> turns = scheduler.scheduleWithFixedDelay(
          this::turn, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
      return () -> turns.cancel(true);
    } catch (RejectedExecutionException e) {
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED, "the scheduler does not take the watch of secrets", e);
    }
  }

  private void turn() {
    try {
      refresh();
    } catch (QilinException e) {
      LOG.warn("the secrets of Vault were not compared: {}", e.getMessage());
    }
  }

  /** A watch that runs until it is closed. */
  @FunctionalInterface
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Forgets all copies, and what is to be compared. */
  public void forget() {
    kept.clear();
    seen.clear();
  }

  /** For example {@code VaultSecrets[secret/trading/]}, without secrets. */
  @Override
  public String toString() {
    return "VaultSecrets[" + kv + ", " + folder + "]";
  }

  /** A provider in the making. Not thread-safe. */
  public static final class Builder {
    private final VaultClient client;
    private final String mount;
    private String folder = "";
    private String field = "value";
    private boolean lastPartIsField;
    private Duration maxAge = Duration.ofMinutes(1);
    private Duration staleUpTo = Duration.ZERO;
    private Consumer<String> onStale = name -> {};

    private Builder(VaultClient client, String mount) {
      this.client = Objects.requireNonNull(client, "client");
      this.mount = VaultPath.mount(mount);
    }

    /**
     * The folder below the mount that all names are in, for example {@code trading}; the mount itself unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if it is no path
     */
    public Builder folder(String path) {
      VaultPath.encoded(path);
      folder = path + "/";
      return this;
    }

    /** The field that holds the secret; {@code value} unless set. */
    public Builder field(String name) {
      field = Objects.requireNonNull(name, "name");
      return this;
    }

    /** Takes the last part of a name for the field: {@code db/password} is the field {@code password} at {@code db}. */
    public Builder lastPartIsField() {
      lastPartIsField = true;
      return this;
    }

    /** How long a secret counts without asking again, up to 30 days; 1 min unless set, and zero asks each time. */
    public Builder maxAge(Duration age) {
      maxAge = upTo30Days("maxAge", age);
      return this;
    }

    /**
     * The age up to which a copy is given when the server cannot be asked, up to 30 days; none is given unless set. A secret that
     * was withdrawn lives on as long.
     */
    public Builder staleUpTo(Duration age) {
      staleUpTo = upTo30Days("staleUpTo", age);
      return this;
    }

    /** Is told the name whenever an older copy is given; nobody unless set. */
    public Builder onStale(Consumer<String> listener) {
      onStale = Objects.requireNonNull(listener, "listener");
      return this;
    }

    private static Duration upTo30Days(String name, Duration age) {
      if (age.isNegative() || age.compareTo(LONGEST) > 0) {
        throw QilinException.invalid(name + " is 0 to 30 days, was " + age);
      }
      return age;
    }

    /** The provider. Nothing is asked yet. */
    public VaultSecrets build() {
      return new VaultSecrets(this);
    }
  }
}
