package io.qilin.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Stands on loopback between clients and a broker: passes bytes on, a few at a time, only half of them, or none. Thread-safe. */
final class TcpProxy implements AutoCloseable {
  /** What happens to what comes. */
  enum Mode {
    PASS,
    /** Of each piece 64 bytes at a time, a millisecond apart. */
    TRICKLE,
    /** The first half of each piece, so that it stops in the middle of a frame; the rest when it passes again. */
    FREEZE,
    /** Connections end, and new ones at once. */
    CUT
  }

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private Mode mode = Mode.PASS;

  TcpProxy() throws IOException {
    server = new ServerSocket(0, 50, loopback());
    threads.submit(this::accept);
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName("127.0.0.1");
  }

  int port() {
    return server.getLocalPort();
  }

  void target(int port) {
    target = port;
  }

  synchronized void mode(Mode next) throws IOException {
    mode = next;
    notifyAll();
    if (next == Mode.CUT) {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private synchronized Mode mode() {
    return mode;
  }

  private synchronized void awaitThaw() throws InterruptedException {
    while (mode == Mode.FREEZE) {
      wait();
    }
  }

  private Void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      open.add(client);
      if (mode() == Mode.CUT) {
        // Asked only now, so that a cut at this moment closes the connection here or there.
        client.close();
        open.remove(client);
        continue;
      }
      Socket broker;
      try {
        broker = new Socket(loopback(), target);
      } catch (IOException e) {
        // The broker is not there: this client finds out, and the next may find it.
        client.close();
        open.remove(client);
        continue;
      }
      open.add(broker);
      threads.submit(() -> pump(client, broker));
      threads.submit(() -> pump(broker, client));
    }
    return null;
  }

  private Void pump(Socket from, Socket to) throws IOException, InterruptedException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[1 << 16];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        int passed = 0;
        while (passed < length) {
          int now = length - passed;
          switch (mode()) {
            case FREEZE -> now = (now + 1) / 2;
            case TRICKLE -> {
              now = Math.min(64, now);
              LockSupport.parkNanos(1_000_000);
            }
            default -> {}
          }
          out.write(piece, passed, now);
          passed += now;
          awaitThaw();
        }
      }
    } finally {
      open.remove(from);
      open.remove(to);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    mode(Mode.CUT);
    server.close();
    threads.shutdownNow();
  }
}
