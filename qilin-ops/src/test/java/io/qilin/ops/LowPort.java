package io.qilin.ops;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports below those that a system gives to outgoing connections, so that none of them takes one meanwhile. */
public final class LowPort {
  private static final int MOST_TRIES = 100;

  private LowPort() {}

  /** A port that is free on loopback. */
  public static int free() throws IOException {
    for (int left = MOST_TRIES; ; left--) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        if (left == 1) {
          throw taken;
        }
      }
    }
  }
}
