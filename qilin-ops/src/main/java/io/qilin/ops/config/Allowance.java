package io.qilin.ops.config;

/** How much of the limits one load has used. */
final class Allowance {
  private final ConfigLimits limits;
  private int entries;

  Allowance(ConfigLimits limits) {
    this.limits = limits;
  }

  ConfigLimits limits() {
    return limits;
  }

  /** Takes one more entry of a map or list; false if there are too many. */
  boolean entry() {
    return ++entries <= limits.entries();
  }

  String tooMany() {
    return "more than " + limits.entries() + " entries in all";
  }
}
