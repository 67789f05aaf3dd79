package io.qilin.security.pii;

/** How a finding is written. The later one is told where two hold. */
public enum PiiForm {
  /** Without anything between. */
  PLAIN,
  /** With spaces, dashes, brackets or a country code. */
  FORMATTED,
  /** With full-width or other digits and letters than those of ASCII. */
  FULL_WIDTH,
  /** With invisible characters between. */
  ZERO_WIDTH
}
