package io.qilin.core.performance.attribution;

/**
 * What one industry brought, as fractions of the account.
 *
 * @param allocation from its weight
 * @param selection from the shares chosen within it
 * @param interaction of both
 */
public record BrinsonEffect(double allocation, double selection, double interaction) {
  /** No effect. */
  public static final BrinsonEffect NONE = new BrinsonEffect(0, 0, 0);

  /** All three. */
  public double total() {
    return allocation + selection + interaction;
  }

  BrinsonEffect plus(BrinsonEffect other) {
    return new BrinsonEffect(
        allocation + other.allocation,
        selection + other.selection,
        interaction + other.interaction);
  }

  BrinsonEffect times(double factor) {
    return new BrinsonEffect(allocation * factor, selection * factor, interaction * factor);
  }
}
