package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Sends requests, and sends again what may be sent again: what the server turned away before it did anything, what never reached
 * it, and, of requests that do no harm twice, what broke off. A request that took its whole time is not repeated. Safe to share
 * between threads.
 */
final class VaultHttp {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");
  private static final long LONGEST_WAIT_SECONDS = 5;

  private final VaultSettings settings;
  private final HttpClient http;
  private final CountDownLatch closed = new CountDownLatch(1);

  VaultHttp(VaultSettings settings, HttpClient http) {
    this.settings = settings;
    this.http = http;
  }

  /** An exchange that gave no answer. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean never;
    private final boolean late;
    private final QilinException error;

    Broken(boolean never, boolean late, QilinException error) {
      super(error);
      this.never = never;
      this.late = late;
      this.error = error;
    }
  }

  /** Sends with a token. */
  Answer send(Call call, Secret token) {
    if (!TOKEN.matcher(token.reveal()).matches()) {
      throw new QilinException(
          ErrorCode.AUTHENTICATION,
          "the token for " + call.what() + " has characters that no token of Vault has");
    }
    return send(call, Optional.of(token));
  }

  /** Sends without a token. */
  Answer send(Call call) {
    return send(call, Optional.empty());
  }

  private Answer send(Call call, Optional<Secret> token) {
    try {
      for (int attempt = 1; ; attempt++) {
        boolean last = attempt >= settings.attempts();
        try {
          Answer answer = once(call, token);
          boolean again = !answer.isSealed()
              && (answer.turnedAway() || (answer.status() >= 500 && call.repeatable()));
          boolean patient = answer.retryAfter().orElse(0) <= LONGEST_WAIT_SECONDS;
          if (!again || last || !patient) {
            return answer;
          }
          pause(call, attempt, answer.retryAfter().orElse(0));
        } catch (Broken broken) {
          if (last || broken.late || !(broken.never || call.repeatable())) {
            throw broken.error;
          }
          pause(call, attempt, 0);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted during " + call.what(), e);
    }
  }

  private void pause(Call call, int attempt, long seconds) throws InterruptedException {
    long nanos = Math.max(
        settings.pause().toNanos() << Math.min(attempt - 1, 10), TimeUnit.SECONDS.toNanos(seconds));
    if (closed.await(
        Math.min(nanos, TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS)), TimeUnit.NANOSECONDS)) {
      throw closed(call);
    }
  }

  private Answer once(Call call, Optional<Secret> token) throws Broken, InterruptedException {
    if (closed.getCount() == 0 && !call.outlivesClient()) {
      throw closed(call);
    }
    byte[] body = call.body().map(JsonBody::bytes).orElseGet(() -> new byte[0]);
    CompletableFuture<HttpResponse<byte[]>> exchange = begun(call, request(call, token, body));
    try {
      return answer(call, exchange.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw late(call, e);
    } catch (ExecutionException e) {
      throw broken(call, e.getCause() == null ? e : e.getCause());
    } finally {
      exchange.cancel(true);
      Arrays.fill(body, (byte) 0);
    }
  }

  private HttpRequest request(Call call, Optional<Secret> token, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(settings.uri(call.path()))
        .timeout(settings.timeout())
        .header("X-Vault-Request", "true")
        .header("Accept", "application/json");
    if (call.body().isPresent()) {
      request.header("Content-Type", "application/json");
      request.method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body));
    } else {
      request.method(call.method(), HttpRequest.BodyPublishers.noBody());
    }
    if (call.ofNamespace()) {
      settings.namespace().ifPresent(name -> request.header("X-Vault-Namespace", name));
    }
    token.ifPresent(secret -> request.header("X-Vault-Token", secret.reveal()));
    return request.build();
  }

  private CompletableFuture<HttpResponse<byte[]>> begun(Call call, HttpRequest request) {
    try {
      return http.sendAsync(request, info -> new BoundedBody(settings.mostBytes()));
    } catch (RejectedExecutionException e) {
      throw rejected(call, e);
    }
  }

  private Answer answer(Call call, HttpResponse<byte[]> response) {
    byte[] body = response.body();
    try {
      Optional<Json> json = Json.parse(body);
      Answer answer =
          new Answer(response.statusCode(), json.orElse(Json.NOTHING), retryAfter(response));
      if (answer.status() == 200 && !answer.json().isObject()) {
        throw Answer.nonsense(call, "JSON object");
      }
      return answer;
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static OptionalLong retryAfter(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").stream()
        .filter(text -> text.matches("[0-9]{1,6}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private Broken late(Call call, Throwable why) {
    return new Broken(
        false,
        true,
        new QilinException(
            call.unavailable(),
            settings.place() + " did not answer to " + call.what() + " within " + settings.timeout()
                + once(call),
            why));
  }

  private Broken broken(Call call, Throwable why) {
    if (why instanceof HttpTimeoutException) {
      return late(call, why);
    }
    if (why instanceof RejectedExecutionException rejected) {
      throw rejected(call, rejected);
    }
    if (why instanceof BoundedBody.TooLarge) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the answer to " + call.what() + " has " + why.getMessage()
              + "; raise mostBytes if that is right",
          why);
    }
    if (why instanceof SSLException) {
      throw new QilinException(
          call.unavailable(),
          settings.place()
              + " speaks no TLS that is trusted here: check the address, its certificate"
              + " and the SSLContext of the HTTP client",
          why);
    }
    boolean never = why instanceof ConnectException;
    String how = never ? " cannot be reached for " : " broke off during ";
    String type = why instanceof IOException ? "" : " (" + why.getClass().getSimpleName() + ")";
    return new Broken(
        never,
        false,
        new QilinException(
            call.unavailable(),
            settings.place() + how + call.what() + type + (never ? "" : once(call))
                + "; check the address and the network",
            why));
  }

  private static String once(Call call) {
    return call.repeatable() ? "" : "; it may have been done, look before you do it again";
  }

  private static QilinException rejected(Call call, RejectedExecutionException why) {
    return new QilinException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "the HTTP client's executor takes no more, so there was no " + call.what(),
        why);
  }

  private static QilinException closed(Call call) {
    return new QilinException(
        call.unavailable(), "the client of Vault is closed, so there was no " + call.what());
  }

  void close() {
    closed.countDown();
  }
}
