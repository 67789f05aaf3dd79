package io.qilin.api.market;

/** The risk warning that an exchange attaches to a share; it shows as a prefix of the name, never in the code. */
public enum RiskWarning {
  /** None. */
  NONE,
  /** Special treatment (ST). */
  ST,
  /** Delisting risk warning (*ST). */
  STAR_ST,
  /** Delisting consolidation period (退市整理期). */
  DELISTING
}
