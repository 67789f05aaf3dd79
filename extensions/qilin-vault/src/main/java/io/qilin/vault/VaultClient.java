package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection to HashiCorp Vault with the token that it needs: logs in at the first request, renews the token when two thirds of
 * its life are over, logs in again when it cannot be renewed or was revoked, and gives it back on {@link #close}. Nothing is sent
 * before the first request.
 *
 * <p>There is no thread of its own; the HTTP client, with its threads and its {@code SSLContext}, is the host's. A call waits on the
 * thread that makes it, at most attempts × (timeout + 5 s), and as long again for a login. Safe to share between threads. No
 * message, no log line and no {@code toString} holds a token, a secret, or what the server said in its errors.
 */
public final class VaultClient implements AutoCloseable {
  private final VaultSettings settings;
  private final VaultHttp http;
  private final VaultSession session;
  private final Clock clock;
  private final AtomicBoolean closed = new AtomicBoolean();

  private VaultClient(VaultSettings settings, VaultHttp http, VaultSession session, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.session = session;
    this.clock = clock;
  }

  /**
   * A client in the making.
   *
   * @param address for example {@code https://vault.example:8200}
   * @param http the host's client, which must not follow redirects and decides which certificates are trusted
   * @param clock tells when the token is to be renewed
   */
  public static Builder builder(URI address, VaultLogin login, HttpClient http, Clock clock) {
    return new Builder(address, login, http, clock);
  }

  /**
   * What the node says of itself; needs no token.
   *
   * @throws QilinException SECRET_UNAVAILABLE if it cannot be reached or is no Vault
   */
  public VaultHealth health() {
    Call call = new Call(
        "the health of the node",
        "GET",
        "sys/health?standbyok=true&perfstandbyok=true&sealedcode=200&uninitcode=200&drsecondarycode=200",
        Optional.empty(),
        true,
        ErrorCode.SECRET_UNAVAILABLE);
    Answer answer = http.send(call);
    Json json = answer.json().at("initialized").truth().isPresent()
        ? answer.json()
        : answer.good(call).json();
    return new VaultHealth(
        json.at("initialized").truth().orElseThrow(() -> Answer.nonsense(call, "'initialized'")),
        json.at("sealed").truth().orElseThrow(() -> Answer.nonsense(call, "'sealed'")),
        json.at("standby").isTrue(),
        json.at("version").text().orElse(""));
  }

  /**
   * Opens what came wrapped, with the wrapping token alone. It can be done once: keep what it gives.
   *
   * @return the fields that are texts, numbers or truth values: of a secret of the KV engine its own, of a login {@code
   *     client_token} and what came with it
   * @throws QilinException AUTHENTICATION if the wrapping token ended or was used before; SECRET_UNAVAILABLE, also if there are no
   *     such fields
   */
  public Map<String, Secret> unwrap(Secret wrappingToken) {
    Objects.requireNonNull(wrappingToken, "wrappingToken");
    Map<String, Secret> fields = new LinkedHashMap<>();
    wrapped(VaultLogin.unwrap(wrappingToken, http, "unwrapping"))
        .members()
        .forEach((name, value) -> value
            .scalar()
            .filter(text -> !text.isEmpty())
            .ifPresent(text -> fields.put(name, Secret.of(text))));
    if (fields.isEmpty()) {
      throw new QilinException(
          ErrorCode.SECRET_UNAVAILABLE,
          "what was wrapped has no field that is a text, number or truth value; the wrapping is"
              + " used up, so have it wrapped anew, in such a form");
    }
    return Map.copyOf(fields);
  }

  private static Json wrapped(Answer answer) {
    Json data = answer.data();
    if (!data.isObject()) {
      return answer.json().at("auth");
    }
    boolean ofKv = data.at("data").isObject() && data.at("metadata").isObject();
    return ofKv ? data.at("data") : data;
  }

  /**
   * Renews the token if that is due, and logs in if there is none. Every request does so too: a host whose requests are rarer than
   * the token lasts calls this from its scheduler, so that none of them has to wait for a login.
   *
   * @throws QilinException AUTHENTICATION if the login is refused; SECRET_UNAVAILABLE if the server cannot be had
   */
  public void keepAlive() {
    session.token();
  }

  /** Sends with a token; once more with another one if the server does not know it any more. */
  Answer ask(Call call) {
    Secret token = token(call);
    Answer answer = http.send(call, token);
    if (answer.status() == 403 && session.isReplaced(token)) {
      return http.send(call, token(call));
    }
    return answer;
  }

  Instant now() {
    return clock.instant();
  }

  private Secret token(Call call) {
    if (closed.get()) {
      throw new QilinException(
          call.unavailable(), "the client of Vault is closed, so there was no " + call.what());
    }
    return session.token();
  }

  /**
   * Revokes the token if this client logged in for it; requests fail from now on. Closing again does nothing. What a login
   * gets that runs at this moment is revoked by its thread. A token that cannot be given back, as the server is down, ends by itself.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        session.close();
      } finally {
        http.close();
      }
    }
  }

  /** For example {@code VaultClient[Vault at vault.example:8200]}. */
  @Override
  public String toString() {
    return "VaultClient[" + settings.place() + "]";
  }

  /** A client in the making. Not thread-safe. */
  public static final class Builder {
    private final URI address;
    private final VaultLogin login;
    private final HttpClient http;
    private final Clock clock;
    private Optional<String> namespace = Optional.empty();
    private Duration timeout = Duration.ofSeconds(10);
    private int attempts = 3;
    private Duration pause = Duration.ofMillis(200);
    private int mostBytes = 1 << 20;
    private boolean plainHttp;

    private Builder(URI address, VaultLogin login, HttpClient http, Clock clock) {
      this.address = Objects.requireNonNull(address, "address");
      this.login = Objects.requireNonNull(login, "login");
      this.http = Objects.requireNonNull(http, "http");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The namespace of Vault Enterprise, for example {@code team/project}; none unless set. */
    public Builder namespace(String name) {
      namespace = Optional.of(name);
      return this;
    }

    /** The time for one attempt, body included, up to 10 min; 10 s unless set. */
    public Builder timeout(Duration each) {
      timeout = each;
      return this;
    }

    /** How often a request that may be sent again is sent at most, 1 to 10; 3 unless set. */
    public Builder attempts(int most) {
      attempts = most;
      return this;
    }

    /** The wait before the second attempt, doubled before each further one, up to 5 s; 200 ms unless set. */
    public Builder pause(Duration first) {
      pause = first;
      return this;
    }

    /** The most bytes of an answer, up to 64 MiB; 1 MiB unless set. */
    public Builder mostBytes(int most) {
      mostBytes = most;
      return this;
    }

    /** Allows http to another host than this one: everybody on the way can read tokens and secrets. Refused unless called. */
    public Builder plainHttp() {
      plainHttp = true;
      return this;
    }

    /**
     * The client. Nothing is sent yet.
     *
     * @throws QilinException INVALID_CONFIGURATION for an address, name or number out of its bounds, plain http to another host,
     *     and an HTTP client that follows redirects
     */
    public VaultClient build() {
      if (http.followRedirects() != HttpClient.Redirect.NEVER) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the HTTP client follows redirects, which would take the token elsewhere; build it with"
                + " followRedirects(Redirect.NEVER)");
      }
      VaultSettings settings =
          new VaultSettings(address, namespace, timeout, attempts, pause, mostBytes, plainHttp);
      VaultHttp wire = new VaultHttp(settings, http);
      return new VaultClient(settings, wire, new VaultSession(wire, login, clock), clock);
    }
  }
}
