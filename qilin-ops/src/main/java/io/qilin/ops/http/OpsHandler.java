package io.qilin.ops.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers probes, scrapes and questions of operators, for a server of the JDK that the host owns.
 *
 * <pre>
 * HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 9090), 16);
 * server.createContext("/", OpsHandler.builder(registry, executor, System::nanoTime)
 *     .metrics(prometheus::scrape).build());
 * server.setExecutor(pool);
 * server.start();
 * </pre>
 *
 * <p>GET and HEAD of {@code /health}, {@code /health/live}, {@code /health/ready} and {@code /health/startup} (200, or 503 where a probe
 * does not pass), {@code /metrics} and {@code /status} where they are enabled, all below the path of the context. A path counts as it is
 * written: nothing is decoded or tidied up, and a query is passed over. The request's body is never read. Safe for use by several
 * threads.
 */
public final class OpsHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(OpsHandler.class);

  private final Map<String, OpsRoute> routes;
  private final Semaphore atWork;

  OpsHandler(Map<String, OpsRoute> routes, int concurrent) {
    this.routes = Map.copyOf(routes);
    this.atWork = new Semaphore(concurrent);
  }

  /**
   * A handler that answers probes.
   *
   * @param registry is asked how the host is
   * @param executor asks for metrics and diagnostics, so that one that hangs does not hold the server's threads
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static OpsHandlerBuilder builder(
      HealthRegistry registry, Executor executor, LongSupplier ticker) {
    return new OpsHandlerBuilder(
        Objects.requireNonNull(registry, "registry"),
        Objects.requireNonNull(executor, "executor"),
        Objects.requireNonNull(ticker, "ticker"));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean sent = false;
    try {
      send(exchange, answer(exchange));
      sent = true;
    } finally {
      if (!sent) {
        exchange.close();
      }
    }
  }

  private OpsReply answer(HttpExchange exchange) {
    OpsRoute route = routes.get(path(exchange));
    if (route == null) {
      return OpsReply.refusal(404, "there is nothing here");
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      OpsReply refusal = OpsReply.refusal(405, "only GET and HEAD are answered");
      return new OpsReply(405, refusal.type(), refusal.body(), Map.of("Allow", "GET, HEAD"));
    }
    if (!atWork.tryAcquire()) {
      return OpsReply.busy("too many questions at a time");
    }
    try {
      return route.answer(exchange);
    } catch (QilinException e) {
      LOG.warn("a question to the operations handler failed", e);
      return OpsReply.busy("it cannot be told now");
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      LOG.warn("a question to the operations handler failed", e);
      return OpsReply.refusal(500, "it cannot be told");
    } finally {
      atWork.release();
    }
  }

  /** The path below the context, as it is written; empty for what is no path below it. */
  private static String path(HttpExchange exchange) {
    String raw = exchange.getRequestURI().getRawPath();
    String context = exchange.getHttpContext().getPath();
    String prefix = context.endsWith("/") ? context.substring(0, context.length() - 1) : context;
    return raw == null || !raw.startsWith(prefix) ? "" : raw.substring(prefix.length());
  }

  private static void send(HttpExchange exchange, OpsReply reply) throws IOException {
    byte[] body = reply.bytes();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    reply.headers().forEach(headers::set);
    if (hasBody(exchange.getRequestHeaders())) {
      // What was not read stands before the next request; the server passes over 64 KiB of it at
      // most.
      headers.set("Connection", "close");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    // Zero would mean a length that is not known.
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static boolean hasBody(Headers request) {
    String length = request.getFirst("Content-Length");
    return request.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
  }
}
