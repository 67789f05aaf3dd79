package io.qilin.core.internal.kernel;

/** Products over the valid values of a window. */
public final class Products {
  /** Product, from the oldest value to the newest; it may overflow to an infinity or vanish to 0. */
  public static final WindowFunction PRODUCT = WindowFunction.ofValid(Products::product);

  private Products() {}

  private static double product(double[] v, int first, int end) {
    double product = v[first];
    for (int i = first + 1; i < end; i++) {
      product *= v[i];
    }
    return product;
  }
}
