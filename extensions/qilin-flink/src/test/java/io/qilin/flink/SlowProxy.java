package io.qilin.flink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Passes bytes on between clients and a port of this machine, each piece after a delay. */
final class SlowProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final long delayNanos;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicLong pieces = new AtomicLong();

  SlowProxy(int target, long delayMillis) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.delayNanos = delayMillis * 1_000_000;
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many pieces went through. */
  long pieces() {
    return pieces.get();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "slow proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(broker);
        daemon(() -> pass(client, broker));
        daemon(() -> pass(broker, client));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] piece = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        LockSupport.parkNanos(delayNanos);
        out.write(piece, 0, count);
        out.flush();
        pieces.incrementAndGet();
      }
    } catch (IOException e) {
      // One side has gone, so the other goes too.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
