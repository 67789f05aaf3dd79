package io.qilin.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server's end of one exchange. */
final class FakeLlmWire {
  private final Socket socket;
  private final CountDownLatch closed;
  private final OutputStream out;

  FakeLlmWire(Socket socket, CountDownLatch closed) throws IOException {
    this.socket = socket;
    this.closed = closed;
    this.out = socket.getOutputStream();
  }

  /** A whole answer; the connection stays open. */
  void whole(int status, String type, Map<String, String> headers, byte[] body) throws IOException {
    raw(head(status, type, headers) + "Content-Length: " + body.length + "\r\n\r\n");
    out.write(body);
    out.flush();
  }

  /** The beginning of an answer in chunks. */
  void begin(String type) throws IOException {
    raw(head(200, type, Map.of()) + "Transfer-Encoding: chunked\r\n\r\n");
  }

  private static String head(int status, String type, Map<String, String> headers) {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 " + status + " Said\r\nContent-Type: " + type + "\r\n");
    headers.forEach(
        (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.toString();
  }

  void chunk(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    raw(Integer.toHexString(bytes.length).toLowerCase(Locale.ROOT) + "\r\n");
    out.write(bytes);
    raw("\r\n");
  }

  void event(String data) throws IOException {
    chunk("data: " + data + "\n\n");
  }

  void end() throws IOException {
    raw("0\r\n\r\n");
  }

  void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Waits, at most until the server is closed; false if it was. */
  boolean pause(Duration time) throws InterruptedException {
    return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Breaks the connection off so that the client sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
