package io.qilin.restsource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A service on this machine that answers as a test says, and remembers what it was asked. */
final class RestDouble implements AutoCloseable {
  /** What was asked. */
  record Asked(
      String method, String path, String query, Map<String, List<String>> headers, String body) {}

  /** What is answered. */
  record Answer(int status, Map<String, String> headers, Bytes body) {
    static Answer of(String text) {
      return of(200, text);
    }

    static Answer of(int status, String text) {
      return new Answer(status, Map.of(), new Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Answer bytes(byte[] bytes) {
      return new Answer(200, Map.of(), new Bytes(bytes));
    }

    Answer header(String name, String value) {
      Map<String, String> more = new java.util.HashMap<>(headers);
      more.put(name, value);
      return new Answer(status, Map.copyOf(more), body);
    }
  }

  /** Bytes that a record may hold. */
  static final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, Answer> answers;

  RestDouble(Function<Asked, Answer> answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Asked> asked() {
    return asked;
  }

  void answers(Function<Asked, Answer> now) {
    answers = now;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Asked request = new Asked(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        String.valueOf(exchange.getRequestURI().getRawQuery()),
        Map.copyOf(exchange.getRequestHeaders()),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    asked.add(request);
    Answer answer = answers.apply(request);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body().bytes;
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    } catch (IOException e) {
      // The client has heard enough.
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
