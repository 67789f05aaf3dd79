package io.qilin.ops.config;

/** The form of a sealed secret. */
final class Sealed {
  static final String START = "ENC(";
  static final String SHOWN = "ENC(***)";

  private Sealed() {}

  static boolean is(String text) {
    return text.startsWith(START);
  }
}
