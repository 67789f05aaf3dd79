package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange: never longer than its time, its body included, and never more in memory than its limit. */
final class Wire {
  private static final int MOST_ERROR_BYTES = 1 << 16;

  private final HttpClient http;
  private final String server;
  private final long mostReplyBytes;

  Wire(HttpClient http, String server, long mostReplyBytes) {
    this.http = http;
    this.server = server;
    this.mostReplyBytes = mostReplyBytes;
  }

  /**
   * Sends a request.
   *
   * @param what the call, for messages
   * @param nanos how long it may take
   * @param to where the body of a success goes; into memory if empty
   */
  Reply exchange(HttpRequest request, String what, long nanos, Optional<? extends Sink> to)
      throws CallFailure {
    Incoming incoming = new Incoming(mostReplyBytes, to);
    CompletableFuture<HttpResponse<Boolean>> sent = null;
    try {
      sent = http.sendAsync(request, incoming);
      HttpResponse<Boolean> response = sent.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
      return new Reply(response.statusCode(), response.headers(), incoming.bytes());
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause(), what);
    } catch (RejectedExecutionException e) {
      throw failure(e, what);
    } catch (TimeoutException e) {
      throw CallFailure.again(new QilinException(
          ErrorCode.TIMEOUT,
          server + " did not answer " + what + " within " + TimeUnit.NANOSECONDS.toMillis(nanos)
              + " ms; give it more time, or look into the server's log",
          e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CallFailure.last(new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted that waited for " + what, e));
    } finally {
      incoming.close();
      if (sent != null && !sent.isDone()) {
        sent.cancel(true);
      }
    }
  }

  /** Where the body of one answer goes. */
  private static final class Incoming implements HttpResponse.BodyHandler<Boolean> {
    private final long most;
    private final Optional<? extends Sink> to;
    private @Nullable BoundedBytes memory;
    private @Nullable ReplyBody body;
    private boolean closed;

    Incoming(long most, Optional<? extends Sink> to) {
      this.most = most;
      this.to = to;
    }

    @Override
    public synchronized HttpResponse.BodySubscriber<Boolean> apply(HttpResponse.ResponseInfo info) {
      boolean good = info.statusCode() / 100 == 2;
      BoundedBytes bytes = new BoundedBytes(good ? most : MOST_ERROR_BYTES);
      ReplyBody made = new ReplyBody(good && to.isPresent() ? to.get() : bytes);
      if (closed) {
        made.close();
      }
      memory = bytes;
      body = made;
      return made;
    }

    synchronized byte[] bytes() {
      return memory == null ? new byte[0] : memory.toBytes();
    }

    synchronized void close() {
      closed = true;
      if (body != null) {
        body.close();
      }
    }
  }

  private CallFailure failure(Throwable cause, String what) {
    if (cause instanceof BoundedBytes.TooLong tooLong) {
      return CallFailure.last(new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          server + " answered " + what + " with too much: " + tooLong.getMessage()
              + "; ask for less, or raise the limit of the builder",
          cause));
    }
    if (cause instanceof RejectedExecutionException) {
      return CallFailure.last(new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "the executor of the HTTP client takes no work; it is full or was shut down",
          cause));
    }
    if (cause instanceof QilinException known) {
      return CallFailure.last(known);
    }
    if (cause instanceof SSLException) {
      return CallFailure.last(new QilinException(
          ErrorCode.NETWORK,
          server + " speaks no TLS that is trusted here: " + why(cause)
              + "; check the base URI, the certificate, and the SSLContext of the HTTP client",
          cause));
    }
    boolean connecting =
        cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    return CallFailure.again(new QilinException(
        ErrorCode.NETWORK,
        server + (connecting ? " cannot be reached for " : " broke off ") + what + ": " + why(cause)
            + "; check the base URI and the network",
        cause));
  }

  private static String why(Throwable cause) {
    String message = cause instanceof IOException ? cause.getMessage() : null;
    return message == null ? cause.getClass().getSimpleName() : QilinException.quote(message);
  }
}
