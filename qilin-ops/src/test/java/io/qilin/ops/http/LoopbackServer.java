package io.qilin.ops.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of the JDK on loopback, as a host has one. */
final class LoopbackServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  LoopbackServer(String context, HttpHandler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext(context, handler);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** An answer, read from the bytes. */
  record Answer(int statusCode, HttpHeaders headers, String body) {
    static Answer parse(String text) {
      int end = text.indexOf("\r\n\r\n");
      String[] lines = text.substring(0, end).split("\r\n", -1);
      Map<String, List<String>> headers = new TreeMap<>();
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        headers.put(
            lines[i].substring(0, colon), List.of(lines[i].substring(colon + 1).strip()));
      }
      return new Answer(
          Integer.parseInt(lines[0].substring(9, 12)),
          HttpHeaders.of(headers, (name, value) -> true),
          text.substring(end + 4));
    }
  }

  Answer send(String method, String path) throws IOException {
    String request = method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    return Answer.parse(raw(request.getBytes(StandardCharsets.UTF_8)));
  }

  Answer get(String path) throws IOException {
    return send("GET", path);
  }

  /** All that comes back for these bytes until the connection is closed or reset; empty for nothing. */
  String raw(byte[] request) throws IOException {
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      socket.shutdownOutput();
      socket.getInputStream().transferTo(came);
    } catch (java.net.SocketException reset) {
      // What came before it counts.
      return came.toString(StandardCharsets.ISO_8859_1);
    }
    return came.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
