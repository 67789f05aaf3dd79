package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.internal.Lengths;
import io.qilin.ops.internal.http.BoundedCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each alert as JSON by POST through the host's HTTP client, signed; see {@link WebhookSignature}.
 *
 * <p>It waits for the server, up to {@code timeout} times {@code attempts} and the pauses between: put it behind a {@link
 * FanOutSink}. What is not answered, or answered by 429 or 5xx, is sent again with the same id after a pause of random length, so that
 * the receiver can tell it is the same; any other answer than 2xx, a redirect too, is final. {@link #alert} throws nothing: what
 * could not be sent is logged without its text, counted and told by {@link #health}. Safe to share.
 */
public final class WebhookAlertSink implements AlertSink {
  /** The header with the id of an alert; the same for every attempt. */
  public static final String ID = "Qilin-Alert-Id";

  /** The header with the moment of an attempt, in seconds since 1970. */
  public static final String TIMESTAMP = "Qilin-Timestamp";

  /** The header with the signature. */
  public static final String SIGNATURE = "Qilin-Signature";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookAlertSink.class);
  private static final int ID_BYTES = 16;

  private final HttpClient client;
  private final URI address;
  private final String place;
  private final Secret secret;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration timeout;
  private final int attempts;
  private final Duration firstPause;
  private final Pause pause;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile String failure = "";

  private WebhookAlertSink(Builder from) {
    this.client = from.client;
    this.address = from.address;
    this.place = from.place;
    this.secret = from.secret;
    this.clock = from.clock;
    this.random = from.random;
    this.timeout = from.timeout;
    this.attempts = from.attempts;
    this.firstPause = from.firstPause;
    this.pause = from.pause;
  }

  /**
   * A sink for an address.
   *
   * @param client the host's; it does not follow redirects
   * @param address https, without user and password; what is in its path and query is never logged
   * @param secret shared with the receiver, at least 32 bytes
   * @param clock for the header {@value #TIMESTAMP}
   * @param random for ids and pauses, for example a {@link java.security.SecureRandom}; safe to share
   * @throws QilinException INVALID_CONFIGURATION for a client that follows redirects or another kind of address; WEAK_KEY for a
   *     short secret
   */
  public static Builder builder(
      HttpClient client, URI address, Secret secret, Clock clock, RandomGenerator random) {
    return new Builder(client, address, secret, clock, random);
  }

  @Override
  public void alert(Alert alert) {
    Objects.requireNonNull(alert, "alert");
    try {
      send(alert);
      sent.incrementAndGet();
      failure = "";
    } catch (QilinException e) {
      failed(alert, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      // Of the host's clock, random or client; what it says may be anything.
      failed(alert, place + " was not told: " + e.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      failed(alert, place + " was not told: interrupted", e);
      Thread.currentThread().interrupt();
    }
  }

  private void failed(Alert alert, String why, Exception cause) {
    failed.incrementAndGet();
    boolean first = failure.isEmpty();
    failure = why;
    if (first) {
      LOG.warn(
          "a webhook was not told of an alert QILIN-{} at {}",
          alert.code().number(),
          alert.at(),
          cause);
    }
  }

  private void send(Alert alert) throws InterruptedException {
    byte[] drawn = new byte[ID_BYTES];
    random.nextBytes(drawn);
    String id = HexFormat.of().formatHex(drawn);
    byte[] body = WebhookBody.of(id, alert);
    for (int attempt = 1; !accepted(id, body, attempt == attempts); attempt++) {
      long longest = firstPause.toNanos() << Math.min(attempt - 1, 10);
      pause.of(Duration.ofNanos(random.nextLong(longest / 2, longest + 1)));
    }
  }

  /** True if the server took it, false if it may take it later; throws if it never will, or this was the last attempt. */
  private boolean accepted(String id, byte[] body, boolean last) throws InterruptedException {
    try {
      int status = BoundedCall.send(client, request(id, body), place, timeout).status();
      if (status >= 200 && status <= 299) {
        return true;
      }
      boolean later = status == 429 || status >= 500;
      throw new QilinException(
          later ? ErrorCode.NETWORK : ErrorCode.INPUT_REJECTED, place + " answered " + status);
    } catch (QilinException e) {
      if (last || !e.code().retryable()) {
        throw e;
      }
      return false;
    }
  }

  private HttpRequest request(String id, byte[] body) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    return HttpRequest.newBuilder(address)
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .header(ID, id)
        .header(TIMESTAMP, timestamp)
        .header(SIGNATURE, WebhookSignature.of(secret, timestamp, id, body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** DEGRADED from an alert that could not be sent until one could; with the counts {@code sent} and {@code failed}. */
  public HealthResult health() {
    String why = failure;
    HealthResult result = why.isEmpty() ? HealthResult.healthy() : HealthResult.degraded(why);
    return result.with("sent", sent.get()).with("failed", failed.get());
  }

  /** What may be set otherwise. For one thread. */
  public static final class Builder {
    private final HttpClient client;
    private final URI address;
    private final String place;
    private final Secret secret;
    private final Clock clock;
    private final RandomGenerator random;
    private Duration timeout = Duration.ofSeconds(5);
    private int attempts = 3;
    private Duration firstPause = Duration.ofMillis(500);
    private Pause pause = Pause.REAL;
    private boolean insecure;

    private Builder(
        HttpClient client, URI address, Secret secret, Clock clock, RandomGenerator random) {
      this.client = BoundedCall.unredirected(Objects.requireNonNull(client, "client"));
      this.address = Objects.requireNonNull(address, "address");
      this.place = BoundedCall.place(address);
      this.secret = Objects.requireNonNull(secret, "secret");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.random = Objects.requireNonNull(random, "random");
    }

    /** Time for one attempt, the answer included; 5 s unless set, at most a minute. */
    public Builder timeout(Duration time) {
      timeout = Lengths.withinAMinute(time, "timeout");
      return this;
    }

    /** How often an alert is sent at most; 3 unless set, at most 10. */
    public Builder attempts(int most) {
      attempts = Lengths.within(most, 10, "attempts");
      return this;
    }

    /** The first pause, doubled each time, of which half to all is waited; 500 ms unless set, at most 10 s. */
    public Builder firstPause(Duration time) {
      firstPause = Lengths.withinAMinute(time, "firstPause");
      if (firstPause.compareTo(Duration.ofSeconds(10)) > 0) {
        throw QilinException.invalid("firstPause is at most 10 s, was " + time);
      }
      return this;
    }

    /** Lets alerts go over plain HTTP, where everybody on the way can read them; refused unless set. */
    public Builder overInsecureHttp() {
      insecure = true;
      return this;
    }

    Builder pause(Pause waits) {
      pause = waits;
      return this;
    }

    /**
     * The sink.
     *
     * @throws QilinException INVALID_CONFIGURATION for a plain HTTP address; WEAK_KEY for a short secret
     */
    public WebhookAlertSink build() {
      if (BoundedCall.plain(address) && !insecure) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "alerts do not go over plain http to " + place
                + "; use https, or say overInsecureHttp()");
      }
      // Refuses a weak key now rather than with the first alert.
      String unused = WebhookSignature.of(secret, "", "", new byte[0]);
      Objects.requireNonNull(unused, "signature");
      return new WebhookAlertSink(this);
    }
  }
}
