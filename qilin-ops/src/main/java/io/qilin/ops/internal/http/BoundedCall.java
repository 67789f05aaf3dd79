package io.qilin.ops.internal.http;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One exchange through the host's client: it ends by a deadline, body included, and keeps the first 4 KiB of the answer. A
 * timeout of the JDK's own ends when the headers have come, so a body that drips would hold the caller for ever.
 */
public final class BoundedCall {
  private static final int MOST_BYTES = 4_096;

  private BoundedCall() {}

  /**
   * What a server said.
   *
   * @param status of HTTP
   * @param body its first 4 KiB as UTF-8
   */
  public record Answer(int status, String body) {}

  /**
   * Sends and waits.
   *
   * @param place names the server in messages, see {@link #place}
   * @param deadline for all of it
   * @throws QilinException TIMEOUT after the deadline, NETWORK if the server cannot be had, RESOURCE_EXHAUSTED if the client's
   *     executor takes no more
   */
  public static Answer send(HttpClient client, HttpRequest request, String place, Duration deadline)
      throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> call = begun(client, request, place);
    try {
      HttpResponse<byte[]> answer = call.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      throw late(place, deadline, e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      // The request's own timeout may be over a moment before the deadline.
      throw why instanceof HttpTimeoutException ? late(place, deadline, why) : failed(place, why);
    } finally {
      // What has ended is not touched by this; what has not is hung up on.
      call.cancel(true);
    }
  }

  private static CompletableFuture<HttpResponse<byte[]>> begun(
      HttpClient client, HttpRequest request, String place) {
    try {
      return client.sendAsync(request, info -> new FirstBytes(MOST_BYTES));
    } catch (RejectedExecutionException e) {
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          place + " was not asked: the client's executor takes no more",
          e);
    }
  }

  private static QilinException late(String place, Duration deadline, Throwable why) {
    return new QilinException(
        ErrorCode.TIMEOUT, place + " did not answer within " + deadline.toMillis() + " ms", why);
  }

  private static QilinException failed(String place, Throwable why) {
    if (why instanceof RejectedExecutionException) {
      return new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          place + " was not asked: the client's executor takes no more",
          why);
    }
    String said = why.getMessage() == null ? "" : " " + QilinException.quote(why.getMessage());
    return new QilinException(
        ErrorCode.NETWORK, place + " cannot be had: " + why.getClass().getSimpleName() + said, why);
  }

  /**
   * An address fit for messages: scheme, host and port, without path and query, which may hold a token.
   *
   * @throws QilinException INVALID_CONFIGURATION unless it is one of http or https with a host and without a user
   */
  public static String place(URI uri) {
    boolean http = "https".equalsIgnoreCase(uri.getScheme()) || plain(uri);
    if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "an address is http or https with a host and without user and password, was one with"
              + " scheme " + QilinException.quote(String.valueOf(uri.getScheme())) + " and host "
              + QilinException.quote(String.valueOf(uri.getHost())));
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }

  /** Whether everybody on the way can read it. */
  public static boolean plain(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme());
  }

  /**
   * Refuses a client that follows redirects: what is signed or secret would go where the answer points.
   *
   * @throws QilinException INVALID_CONFIGURATION if it does
   */
  public static HttpClient unredirected(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the HTTP client follows redirects; build it with followRedirects(Redirect.NEVER)");
    }
    return client;
  }
}
