package io.qilin.mlops.tuning;

/**
 * The stretch from 0 to 1 on which numbers of a domain are drawn: the numbers or their logarithms, from the least to the greatest.
 * A whole number n has the part from n - ½ to n + ½.
 *
 * @param origin the number, or its logarithm, that stands at 0
 * @param span from there to what stands at 1; 0 if the two are the same in double precision
 */
record Scale(
    double origin, double span, boolean log, boolean whole, double least, double greatest) {
  static Scale of(Domain domain) {
    if (domain instanceof Domain.Real real) {
      return of(real.low(), real.high(), 0, real.log(), false);
    }
    Domain.Whole numbers = (Domain.Whole) domain;
    return of((double) numbers.low(), (double) numbers.high(), 0.5, numbers.log(), true);
  }

  private static Scale of(double low, double high, double margin, boolean log, boolean whole) {
    double origin = raw(low - margin, log);
    return new Scale(origin, raw(high + margin, log) - origin, log, whole, low, high);
  }

  /** Where a number stands. */
  double place(double number) {
    return span > 0 ? (raw(number, log) - origin) / span : 0.5;
  }

  /** The number that stands nearest to a place. */
  double number(double place) {
    double raw = origin + place * span;
    double number = log ? Math.exp(raw) : raw;
    return Math.min(greatest, Math.max(least, whole ? Math.rint(number) : number));
  }

  /** A number as a value of a trial. */
  Object value(double number) {
    return whole ? (Object) (long) number : (Object) number;
  }

  private static double raw(double number, boolean log) {
    return log ? Math.log(number) : number;
  }
}
