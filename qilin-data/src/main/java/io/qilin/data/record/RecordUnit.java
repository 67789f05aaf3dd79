package io.qilin.data.record;

import java.math.BigDecimal;

/** A unit that a vendor uses, declared for a field of a file; values are turned into Qilin's units as they are read. */
public enum RecordUnit {
  /** Lots of 100 shares (手). */
  LOTS("100"),
  /** Thousands of yuan (千元). */
  THOUSAND_YUAN("1000"),
  /** Ten thousands of yuan (万元). */
  TEN_THOUSAND_YUAN("10000"),
  /** Hundred millions of yuan (亿元). */
  HUNDRED_MILLION_YUAN("100000000"),
  /** Ten thousands of shares (万股). */
  TEN_THOUSAND_SHARES("10000"),
  /** Hundredths, where Qilin has a fraction. */
  PERCENT("0.01");

  private final BigDecimal factor;

  RecordUnit(String factor) {
    this.factor = new BigDecimal(factor);
  }

  /** How many of Qilin's unit one of this makes. */
  public BigDecimal factor() {
    return factor;
  }
}
