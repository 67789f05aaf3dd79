package io.qilin.mlops.onnx;

/**
 * How much a model may still take in the heap while it is read, in words of 8 bytes: 128 MiB in all beside the file itself. A
 * byte of a file can ask for many in the heap, so the size of the file alone is no bound.
 */
final class Budget {
  static final int NAME = 8;
  static final int ATTRIBUTE = 16;
  static final int NODE = 32;
  private static final int WORDS = 1 << 24;

  private int left = WORDS;

  /** Takes words of it. */
  void take(int words, ProtoReader in) {
    left -= words;
    if (left < 0) {
      throw in.fault("the model has too many nodes, names or numbers in lists: more than "
          + WORDS / 1_000_000 + " million in all");
    }
  }
}
