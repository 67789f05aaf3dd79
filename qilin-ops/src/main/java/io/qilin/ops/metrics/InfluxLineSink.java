package io.qilin.ops.metrics;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.internal.Lengths;
import io.qilin.ops.internal.http.BoundedCall;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes batches to an InfluxDB 1.x, or what speaks its {@code /write}, through the host's HTTP client. Safe to share.
 *
 * <p>Errors: NETWORK, TIMEOUT and, for 429 and 5xx, STORE_UNAVAILABLE can be tried again; any other answer than 2xx is {@link
 * ErrorCode#INPUT_REJECTED} and cannot. InfluxDB answers 400 when it wrote all but some points of a batch; their number is in
 * the message.
 */
public final class InfluxLineSink implements MetricsSink {
  private final HttpClient client;
  private final URI address;
  private final String place;
  private final Duration timeout;
  private final Optional<String> authorization;

  private InfluxLineSink(Builder from) {
    this.client = from.client;
    this.place = from.place;
    this.timeout = from.timeout;
    this.authorization = from.authorization;
    String policy = from.retentionPolicy.map(name -> "&rp=" + encoded(name)).orElse("");
    this.address = from.base.resolve("/write?precision=ns&db=" + encoded(from.database) + policy);
  }

  /**
   * A sink for a database, which must exist.
   *
   * @param client the host's; it does not follow redirects
   * @param base of the server, without a path, for example {@code http://127.0.0.1:8086}
   * @throws QilinException INVALID_CONFIGURATION for a client that follows redirects, or another kind of address
   */
  public static Builder builder(HttpClient client, URI base, String database) {
    return new Builder(client, base, database);
  }

  @Override
  public void write(List<MeasuredPoint> batch) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address)
        .timeout(timeout)
        .header("Content-Type", "text/plain; charset=utf-8")
        .POST(
            HttpRequest.BodyPublishers.ofString(LineProtocol.lines(batch), StandardCharsets.UTF_8));
    authorization.ifPresent(value -> request.header("Authorization", value));
    BoundedCall.Answer answer = BoundedCall.send(client, request.build(), place, timeout);
    int status = answer.status();
    if (status < 200 || status > 299) {
      boolean later = status == 429 || status >= 500;
      throw new QilinException(
          later ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.INPUT_REJECTED,
          place + " answered " + status + " to " + batch.size() + " points: "
              + QilinException.quote(answer.body().strip()));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What may be set otherwise. For one thread. */
  public static final class Builder {
    private final HttpClient client;
    private final URI base;
    private final String place;
    private final String database;
    private Optional<String> retentionPolicy = Optional.empty();
    private Optional<String> authorization = Optional.empty();
    private Duration timeout = Duration.ofSeconds(10);
    private boolean insecure;

    private Builder(HttpClient client, URI base, String database) {
      this.client = BoundedCall.unredirected(Objects.requireNonNull(client, "client"));
      this.base = Objects.requireNonNull(base, "base");
      this.place = BoundedCall.place(base);
      String path = base.getRawPath();
      if ((path != null && !path.isEmpty() && !path.equals("/")) || base.getRawQuery() != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the address of the store " + place + " has a path or a query; give scheme, host and"
                + " port only, as its /write is at the top");
      }
      this.database = Objects.requireNonNull(database, "database");
    }

    /** Name of a retention policy; the database's default unless set. */
    public Builder retentionPolicy(String name) {
      retentionPolicy = Optional.of(name);
      return this;
    }

    /** A user and the password; none unless set. */
    public Builder credentials(String user, Secret password) {
      byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      authorization = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
      return this;
    }

    /** Time for one batch; 10 s unless set, at most a minute. */
    public Builder timeout(Duration time) {
      timeout = Lengths.withinAMinute(time, "timeout");
      return this;
    }

    /** Lets the password go over plain HTTP, where everybody on the way can read it; refused unless set. */
    public Builder passwordOverInsecureHttp() {
      insecure = true;
      return this;
    }

    /**
     * The sink.
     *
     * @throws QilinException INVALID_CONFIGURATION if a password would go over plain HTTP
     */
    public InfluxLineSink build() {
      if (authorization.isPresent() && BoundedCall.plain(base) && !insecure) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "a password does not go over plain http to " + place
                + "; use https, or say passwordOverInsecureHttp()");
      }
      return new InfluxLineSink(this);
    }
  }
}
