package io.qilin.agents.llm;

import io.qilin.agents.llm.ChatRequest.Form;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.secret.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/** Asks one model over HTTP. Safe to share: a call's state is its own, and what was learnt of the server is one flag. */
final class OpenAiClient implements LlmClient {
  private static final int THREADS = 4;

  private final OpenAiSettings settings;
  private final Optional<Secret> key;
  private final LongSupplier ticker;
  private final Pause pause;
  private final ServerError errors;
  private final ThreadPoolExecutor threads;
  private final HttpClient http;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SplittableRandom random;
  /** Set when the server refused a schema, for all later calls. */
  private volatile boolean noSchema;

  OpenAiClient(OpenAiSettings settings, Optional<Secret> key, LongSupplier ticker, Pause pause) {
    this.settings = settings;
    this.key = key;
    this.ticker = ticker;
    this.pause = pause;
    this.errors = new ServerError(settings.model().toString(), key);
    this.random = new SplittableRandom(ticker.getAsLong());
    this.threads = new ThreadPoolExecutor(
        THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
          Thread thread = new Thread(task, "qilin-llm-http");
          thread.setDaemon(true);
          return thread;
        });
    threads.allowCoreThreadTimeOut(true);
    this.http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(settings.connectTimeout())
        .executor(threads)
        .build();
  }

  @Override
  public LlmModel model() {
    return settings.model();
  }

  @Override
  public int attempts() {
    return settings.attempts();
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    ChatRequest.check(settings.model(), request);
    Watch watch =
        new Watch(settings.model().toString(), ticker, call.timeout(), call.cancellation(), closed);
    try {
      for (int failures = 0; ; failures++) {
        watch.check();
        try {
          return attempt(request, call, watch);
        } catch (AttemptFailure failure) {
          waitAfter(failure, failures, watch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted that waited for " + settings.model(), e);
    }
  }

  /** Waits until the next attempt, or throws what the last one died of. */
  private void waitAfter(AttemptFailure failure, int failures, Watch watch)
      throws InterruptedException {
    if (!failure.again() || failures + 1 >= settings.attempts()) {
      throw failure.error();
    }
    long wait = failure.waitNanos().orElseGet(() -> RetryRule.ownWait(failures, nextRandom()));
    if (wait >= watch.left()) {
      throw failure.error();
    }
    watch.pause(pause, wait);
  }

  private double nextRandom() {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  private LlmReply attempt(LlmRequest request, LlmCall call, Watch watch)
      throws AttemptFailure, InterruptedException {
    Form form = ChatRequest.form(settings.model());
    boolean schema = request.schema().isPresent() && form == Form.SCHEMA;
    if (schema && noSchema) {
      return attempt(request, Form.OBJECT, call, watch);
    }
    try {
      return attempt(request, form, call, watch);
    } catch (AttemptFailure failure) {
      if (!schema || !failure.schemaRefused()) {
        throw failure;
      }
      noSchema = true;
      return attempt(request, Form.OBJECT, call, watch);
    }
  }

  private LlmReply attempt(LlmRequest request, Form form, LlmCall call, Watch watch)
      throws AttemptFailure, InterruptedException {
    ChatReceiver receiver = new ChatReceiver(
        settings.model().toString(), settings.idleTimeout(), errors, call.onText());
    try {
      Exchange.run(http, post(request, form), watch, Watch.nanos(settings.idleTimeout()), receiver);
    } catch (IOException e) {
      throw unreachable(e);
    }
    return receiver.reply();
  }

  private HttpRequest post(LlmRequest request, Form form) {
    HttpRequest.Builder post = HttpRequest.newBuilder(settings.endpoint())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(HttpRequest.BodyPublishers.ofString(ChatRequest.write(settings, request, form)));
    key.ifPresent(secret -> post.header("Authorization", "Bearer " + secret.reveal()));
    return post.build();
  }

  private AttemptFailure unreachable(IOException e) {
    String model = settings.model() + " at " + settings.endpoint().getHost();
    if (e instanceof SSLException) {
      return AttemptFailure.of(
          ErrorCode.LLM_UNAVAILABLE,
          model + " speaks no TLS that is trusted here: " + why(e)
              + "; check base-uri, the certificate and the machine's trust store",
          false,
          e);
    }
    if (e instanceof HttpConnectTimeoutException) {
      return AttemptFailure.of(
          ErrorCode.LLM_UNAVAILABLE,
          model + " took no connection within " + settings.connectTimeout()
              + "; check base-uri and the network",
          true,
          e);
    }
    String what = e instanceof ConnectException ? " cannot be reached: " : " broke off: ";
    return AttemptFailure.of(
        ErrorCode.LLM_UNAVAILABLE,
        model + what + why(e) + "; check base-uri and the network",
        true,
        e);
  }

  private static String why(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : QilinException.quote(message);
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdown();
  }

  /** For example {@code deepseek/deepseek-v4-flash}; without the key. */
  @Override
  public String toString() {
    return settings.model().toString();
  }
}
