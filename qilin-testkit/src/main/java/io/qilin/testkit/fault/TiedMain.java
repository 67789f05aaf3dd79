package io.qilin.testkit.fault;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * What a {@link KilledChild} starts: the main method of another class, in a JVM that halts when its parent is gone, however that
 * ended. The parent holds the other end of the standard input and never writes.
 */
final class TiedMain {
  private static final int PARENT_GONE = 143;

  private TiedMain() {}

  /**
   * Runs the main method of the class named first.
   *
   * @param arguments the class, then what its main method gets
   * @throws Throwable what that main method throws
   */
  public static void main(String[] arguments) throws Throwable {
    Thread tie = new Thread(TiedMain::haltWithTheParent, "tie");
    tie.setDaemon(true);
    tie.start();
    Class<?> type = Class.forName(arguments[0]);
    MethodHandle main = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
        .findStatic(type, "main", MethodType.methodType(void.class, String[].class));
    main.invokeExact(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void haltWithTheParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes.
      }
    } catch (IOException e) {
      // The pipe is broken: the parent is gone too.
    }
    Runtime.getRuntime().halt(PARENT_GONE);
  }
}
