package io.qilin.data.stream;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a process that is killed prints. After so many lines it goes no further and waits for the kill, so that one that comes late
 * does not find it ended.
 */
final class ChildLines {
  private static final int NOT_KILLED = 3;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private int left;

  /**
   * Prints to the standard output.
   *
   * @param most lines before it waits; 0 if it is not to be killed
   */
  ChildLines(int most) {
    this.left = most;
  }

  void line(String text) {
    out.println(text);
    if (--left == 0) {
      awaitTheKill();
    }
  }

  private static void awaitTheKill() {
    CountDownLatch never = new CountDownLatch(1);
    boolean over = false;
    while (!over) {
      try {
        over = !never.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // It is the handler's deadline that has passed; the kill is still to come.
        over = false;
      }
    }
    Runtime.getRuntime().halt(NOT_KILLED);
  }
}
