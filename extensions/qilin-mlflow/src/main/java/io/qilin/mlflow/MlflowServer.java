package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where an MLflow tracking server is, how to prove who calls, and how long to wait. Give it to {@link MlflowTracker} and {@link
 * MlflowRegistry}.
 *
 * <pre>{@code
 * HttpClient http = HttpClient.newBuilder().executor(executor).connectTimeout(Duration.ofSeconds(5)).build();
 * MlflowServer server = MlflowServer.builder(URI.create("http://localhost:5000"), http, clock, System::nanoTime, new SecureRandom())
 *     .build();
 * }</pre>
 *
 * <p>Threads, TLS, proxies and the time for a connection are those of the {@link HttpClient}, which stays the caller's; its executor
 * must have a thread that does not wait for a call of this. A call that
 * fails in a way that may pass is tried again after a pause; what must not happen twice is looked up before. Answers are read
 * up to a limit, and redirects are not followed.
 *
 * <p>Immutable, safe to share between threads. It owns nothing that is to be closed.
 */
public final class MlflowServer {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final MlflowApi api;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Tokens tokens;
  private final String name;
  private final long mostBytesInMemory;

  private MlflowServer(Builder builder) {
    String base = builder.base.toString();
    name =
        builder.base.getHost() + (builder.base.getPort() < 0 ? "" : ":" + builder.base.getPort());
    clock = builder.clock;
    nanos = builder.nanos;
    tokens = new Tokens(builder.random, builder.clock);
    mostBytesInMemory = builder.mostBytesInMemory;
    Calls calls = new Calls(
        builder.attempts, builder.attemptTime, builder.nanos, builder.pause, builder.random);
    Endpoint endpoint = new Endpoint(
        base.endsWith("/") ? base.substring(0, base.length() - 1) : base, builder.auth);
    api = new MlflowApi(
        new Wire(builder.http, "MLflow at " + name, builder.mostReplyBytes),
        endpoint,
        calls,
        new CallTimes(builder.callTime, builder.transferTime),
        name);
  }

  /**
   * Settings of a server.
   *
   * @param base for example {@code https://mlflow.example.com/prefix}, without {@code /api/2.0}
   * @param http must not follow redirects
   * @param clock stamps runs that begin without a time, and moves of models
   * @param nanos a clock that never goes back, in nanoseconds, for example {@code System::nanoTime}
   * @param random draws the marks by which a call is found again, and spreads retries; a {@code SecureRandom}, or a seeded one
   *     that no other process uses with the same seed
   * @throws QilinException INVALID_CONFIGURATION if the URI or the client cannot be used
   */
  public static Builder builder(
      URI base, HttpClient http, Clock clock, LongSupplier nanos, RandomGenerator random) {
    return new Builder(base, http, clock, nanos, random);
  }

  /** Settings of a server. Not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_ATTEMPTS = 20;
    private static final int MOST_PORT = 65_535;

    private final URI base;
    private final HttpClient http;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private Optional<Auth> auth = Optional.empty();
    private boolean plainCredentials;
    private Duration callTime = Duration.ofSeconds(30);
    private Duration attemptTime = Duration.ofSeconds(10);
    private Duration transferTime = Duration.ofMinutes(10);
    private int attempts = 4;
    private long mostReplyBytes = 64L << 20;
    private long mostBytesInMemory = 256L << 20;
    private Pause pause = Pause.REAL;

    private Builder(
        URI base, HttpClient http, Clock clock, LongSupplier nanos, RandomGenerator random) {
      this.base = requireBase(base);
      this.http = Objects.requireNonNull(http, "http");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.nanos = Objects.requireNonNull(nanos, "nanos");
      this.random = Objects.requireNonNull(random, "random");
      if (http.followRedirects() != HttpClient.Redirect.NEVER) {
        throw configuration("the HTTP client follows redirects, and would take credentials with it;"
            + " build it with Redirect.NEVER");
      }
    }

    private static URI requireBase(URI base) {
      boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
      if (!web
          || base.getHost() == null
          || base.getPort() == 0
          || base.getPort() > MOST_PORT
          || base.getRawUserInfo() != null
          || base.getRawQuery() != null
          || base.getRawFragment() != null) {
        throw configuration(
            "the base URI of MLflow is http or https with a host and, if any, a"
                + " port from 1 to 65535, without user, query and fragment, for example https://mlflow.example.com");
      }
      return base;
    }

    /**
     * Sends a token with each call; no credentials unless set.
     *
     * @throws QilinException INVALID_CONFIGURATION if it has a blank, a line's end or another character that no header takes
     */
    public Builder bearer(Secret token) {
      auth = Optional.of(Auth.bearer(token));
      return this;
    }

    /** Sends a user and password with each call; no credentials unless set. */
    public Builder basic(String user, Secret password) {
      if (user.isEmpty() || user.indexOf(':') >= 0) {
        throw configuration("a user's name is not empty and has no colon");
      }
      auth = Optional.of(Auth.basic(user, password));
      return this;
    }

    /** Lets credentials travel over plain http to another machine; they do not unless set. */
    public Builder plainCredentials(boolean allowed) {
      plainCredentials = allowed;
      return this;
    }

    /** How long a call may take, its retries and pauses included; 30 s unless set. */
    public Builder callTime(Duration longest) {
      callTime = requireTime(longest);
      return this;
    }

    /** How long one attempt at a call may take, but for one that makes something, which has the time of the call; 10 s unless set. */
    public Builder attemptTime(Duration longest) {
      attemptTime = requireTime(longest);
      return this;
    }

    /** How long a file may take to go there or come back, retries included; 10 min unless set. */
    public Builder transferTime(Duration longest) {
      transferTime = requireTime(longest);
      return this;
    }

    /** How often a call is tried at the most, 1 to 20; 4 times unless set. */
    public Builder attempts(int most) {
      if (most < 1 || most > MOST_ATTEMPTS) {
        throw configuration("a call is tried 1 to " + MOST_ATTEMPTS + " times, not " + most);
      }
      attempts = most;
      return this;
    }

    /** The longest answer that is read, in bytes, files apart; 64 MiB unless set. */
    public Builder mostReplyBytes(long bytes) {
      mostReplyBytes = requireBytes(bytes);
      return this;
    }

    /** The longest file that is read into memory, in bytes; 256 MiB unless set. Longer ones are copied into streams. */
    public Builder mostBytesInMemory(long bytes) {
      mostBytesInMemory = requireBytes(bytes);
      return this;
    }

    Builder pause(Pause how) {
      pause = how;
      return this;
    }

    private static Duration requireTime(Duration time) {
      if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
        throw configuration("a time is more than nothing and at most " + LONGEST + ", not " + time);
      }
      return time;
    }

    private static long requireBytes(long bytes) {
      if (bytes < 1 || bytes > Integer.MAX_VALUE - 8) {
        throw configuration("a limit has 1 to " + (Integer.MAX_VALUE - 8) + " bytes, not " + bytes);
      }
      return bytes;
    }

    private static QilinException configuration(String message) {
      return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
    }

    /**
     * The server. It is not asked anything yet.
     *
     * @throws QilinException INVALID_CONFIGURATION if credentials would travel in plain text to another machine
     */
    public MlflowServer build() {
      boolean plain = "http".equals(base.getScheme()) && !LOOPBACK.contains(base.getHost());
      if (plain && auth.isPresent() && !plainCredentials) {
        throw configuration("credentials would travel to " + base.getHost()
            + " in plain text; use https, or allow it by plainCredentials");
      }
      return new MlflowServer(this);
    }
  }

  MlflowApi api() {
    return api;
  }

  Clock clock() {
    return clock;
  }

  LongSupplier nanos() {
    return nanos;
  }

  Tokens tokens() {
    return tokens;
  }

  long mostBytesInMemory() {
    return mostBytesInMemory;
  }

  /** Host and port; without credentials. */
  @Override
  public String toString() {
    return "MLflow at " + name;
  }
}
