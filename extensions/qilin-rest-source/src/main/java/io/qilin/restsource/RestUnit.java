package io.qilin.restsource;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What a service counts a number in. All are powers of ten of Qilin's own unit (yuan, shares, fractions), so that the
 * conversion is exact and rounds once, to the nearest {@code double}.
 */
public enum RestUnit {
  /** Yuan, shares, fractions: as Qilin counts. */
  ONE(0),
  /** Lots of 100 (手). */
  LOTS(2),
  /** Thousands (千元). */
  THOUSAND(3),
  /** Ten thousands (万元, 万股). */
  TEN_THOUSAND(4),
  /** Millions (百万). */
  MILLION(6),
  /** Hundred millions (亿元). */
  HUNDRED_MILLION(8),
  /** Percent. */
  PERCENT(-2),
  /** For each ten shares (每十股), as dividends are often stated. */
  PER_TEN(-1);

  private final int exponent;

  RestUnit(int exponent) {
    this.exponent = exponent;
  }

  /** The number in Qilin's unit. */
  BigDecimal convert(BigDecimal number) {
    return number.scaleByPowerOfTen(exponent);
  }

  /** Its name in a spec, for example {@code ten-thousand}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
