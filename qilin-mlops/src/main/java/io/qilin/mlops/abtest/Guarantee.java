package io.qilin.mlops.abtest;

/** What the intervals of accuracy rest on. Those of latency and profit are always asymptotic. */
public enum Guarantee {
  /** The normal limit from the least sample on; about half as wide. Its rate of errors is measured by simulation. */
  ASYMPTOTIC,
  /** Nothing but that outcomes lie in [0, 1] and that arms were assigned at random. */
  FINITE_SAMPLE
}
