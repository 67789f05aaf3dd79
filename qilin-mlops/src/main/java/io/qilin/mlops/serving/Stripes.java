package io.qilin.mlops.serving;

/** Spreads threads over places of their own. */
final class Stripes {
  static final int COUNT = 16;

  private Stripes() {}

  /** The place of the calling thread, always the same. */
  static int mine() {
    return (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - 4));
  }
}
