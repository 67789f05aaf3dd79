package io.qilin.arrow;

import io.qilin.api.error.QilinException;

/** What a program meets whose JVM lacks the flag: started by {@link ArrowBridgeTest}. */
final class WithoutFlag {
  private WithoutFlag() {}

  public static void main(String[] arguments) {
    try {
      ArrowBridge.allocator(1 << 20);
      System.out.println("no error");
    } catch (QilinException e) {
      System.out.println(e.code() + " " + e.getMessage());
    }
  }
}
