package io.qilin.core.internal.kernel;

/** Runs a {@link WindowFunction} over the windows that end at each row. */
public final class Rolling {
  private Rolling() {}

  /**
   * The values of the rows from {@code skip} on.
   *
   * @param window rows of a window; shorter at the start; 0: all rows so far
   * @param skip rows at the start that are read but get no value
   */
  public static double[] apply(
      WindowFunction function, PackedSeries x, int window, int skip, Pulse pulse) {
    double[] out = new double[x.rows().length - skip];
    for (int i = 0; i < out.length; i++) {
      int to = skip + i + 1;
      int from = start(to, window);
      out[i] = function.of(x, from, to);
      pulse.spend(to - from);
    }
    return out;
  }

  /** The first row of the window that ends before {@code to}. */
  static int start(int to, int window) {
    return window == 0 ? 0 : Math.max(0, to - window);
  }
}
