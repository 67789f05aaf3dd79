package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads its answer as a text. Safe to share. */
final class HttpCaller {
  private static final Duration LONGEST_WANTED = Duration.ofDays(1);
  private static final int LONG_SECRET = 8;

  private final RestSpec spec;
  private final Optional<Secret> secret;
  private final Clock clock;
  private final HttpClient http;

  HttpCaller(RestSpec spec, Optional<Secret> secret, Clock clock, Executor executor) {
    this.spec = spec;
    this.secret = secret;
    this.clock = clock;
    this.http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(spec.limits().requestTime())
        .executor(executor)
        .build();
  }

  /** What the service said: a text, of a good status or not. */
  record Reply(int status, String text, Optional<Duration> pause) {
    boolean good() {
      return status / 100 == 2;
    }
  }

  /**
   * Sends a request.
   *
   * @param where what errors call it; without secrets
   */
  Reply send(
      RestFetch fetch, Map<String, String> values, Charset charset, Deadline deadline, String where)
      throws AttemptFailure, InterruptedException {
    HttpRequest request = request(fetch, values);
    long left = Math.min(deadline.check(), spec.limits().requestTime().toNanos());
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new LimitedBody(spec.limits().bytes()));
    try {
      HttpResponse<byte[]> response = answer.get(left, TimeUnit.NANOSECONDS);
      byte[] body = unpacked(response.headers(), response.body());
      return new Reply(
          response.statusCode(),
          hiddenInData(text(body, charset, where)),
          wanted(response.headers()));
    } catch (TimeoutException e) {
      throw failure(
          ErrorCode.TIMEOUT,
          where + ": no whole answer within "
              + Duration.ofNanos(left).truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
              + "; the service is slow, or requestTime too short",
          true,
          null);
    } catch (CancellationException e) {
      throw failure(ErrorCode.CANCELLED, where + ": the request was cancelled", false, e);
    } catch (ExecutionException e) {
      throw broken(e.getCause() == null ? e : e.getCause(), where);
    } catch (IOException e) {
      throw broken(e, where);
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(RestFetch fetch, Map<String, String> values) {
    String method = fetch.method().orElse(spec.method());
    Map<String, String> params = Template.fill(fetch.params(), values);
    boolean post = method.equals("POST");
    HttpRequest.Builder request = HttpRequest.newBuilder(
            uri(fetch, values, post ? Map.of() : params))
        .header("Accept", "application/json, text/csv")
        .header("Accept-Encoding", "gzip");
    try {
      Template.fill(spec.headers(), values).forEach(request::setHeader);
    } catch (IllegalArgumentException e) {
      // Its message would show the value, which may be the secret.
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          spec + ": a header or the secret in it holds characters that no header can have");
    }
    if (!post) {
      return request.GET().build();
    }
    String body = spec.body()
        .map(tree -> BodyTree.write(tree, params, values))
        .orElseGet(() -> query(params));
    return request
        .header(
            "Content-Type",
            spec.body().isPresent() ? "application/json" : "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
        .build();
  }

  private URI uri(RestFetch fetch, Map<String, String> values, Map<String, String> params) {
    String path = Template.fill(fetch.path().orElse(spec.path()), values, HttpCaller::encoded)
        .orElseThrow(() -> QilinException.invalid(
            fetch.name() + ": the path has a placeholder without a value in this query"));
    String base = spec.base().toString();
    String address = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
        + (path.isEmpty() || path.startsWith("/") ? path : "/" + path);
    return URI.create(params.isEmpty() ? address : address + "?" + query(params));
  }

  private static String query(Map<String, String> params) {
    StringBuilder query = new StringBuilder();
    params.forEach((name, value) -> query
        .append(query.isEmpty() ? "" : "&")
        .append(encoded(name))
        .append('=')
        .append(encoded(value)));
    return query.toString();
  }

  /** Every byte but letters, digits and {@code - . _ ~} as {@code %XX}, so that no value can end its part. */
  private static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~".indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return out.toString();
  }

  private byte[] unpacked(HttpHeaders headers, byte[] body) throws IOException {
    String encoding = headers.firstValue("Content-Encoding").orElse("identity");
    if (encoding.equalsIgnoreCase("identity") || body.length == 0) {
      return body;
    }
    if (!encoding.equalsIgnoreCase("gzip")) {
      throw new IOException("the answer is packed as " + QilinException.quote(encoding));
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] whole = in.readNBytes(spec.limits().bytes());
      if (in.read() >= 0) {
        throw new LimitedBody.TooLong(spec.limits().bytes());
      }
      return whole;
    }
  }

  private static String text(byte[] body, Charset charset, String where) throws AttemptFailure {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw failure(
          ErrorCode.DATA_FORMAT, where + ": the answer is not a text in " + charset, false, e);
    }
  }

  /** Seconds or a date, as HTTP has it; what is neither is not there. */
  private Optional<Duration> wanted(HttpHeaders headers) {
    Optional<String> after = headers.firstValue("Retry-After");
    if (after.isEmpty()) {
      return Optional.empty();
    }
    String text = after.get().strip();
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      ZonedDateTime moment = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(bounded(Duration.between(clock.instant(), moment.toInstant())));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WANTED) > 0 ? LONGEST_WANTED : wait;
  }

  private AttemptFailure broken(Throwable cause, String where) {
    if (cause instanceof LimitedBody.TooLong) {
      return failure(
          ErrorCode.LIMIT_EXCEEDED,
          where + ": " + cause.getMessage() + "; ask for less, or raise the limit",
          false,
          null);
    }
    if (cause instanceof SSLException) {
      return failure(
          ErrorCode.DATA_FETCH,
          where
              + ": the service speaks no TLS that is trusted here; check its address and certificate",
          false,
          cause);
    }
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return failure(
          ErrorCode.DATA_FETCH,
          where + ": the service cannot be reached; check its address and the network",
          true,
          cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    String why = cause instanceof IOException && cause.getMessage() != null
        ? QilinException.quote(hidden(cause.getMessage()))
        : cause.getClass().getSimpleName();
    return failure(ErrorCode.DATA_FETCH, where + ": the answer broke off: " + why, true, null);
  }

  /** A text of the service without the secret, should it repeat it. */
  String hidden(String text) {
    return secret
        .map(kept -> text.replace(kept.reveal(), "***").replace(encoded(kept.reveal()), "***"))
        .orElse(text);
  }

  /** The same for a whole answer, as parts of it come into messages; a short secret may be data. */
  private String hiddenInData(String text) {
    return secret.isPresent() && secret.get().reveal().length() >= LONG_SECRET
        ? hidden(text)
        : text;
  }

  private static AttemptFailure failure(
      ErrorCode code, String message, boolean again, @Nullable Throwable cause) {
    return new AttemptFailure(new QilinException(code, message, cause), again, Optional.empty());
  }
}
