package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * How a vendor sorts orders by size: an order belongs to the largest class whose number of shares or whose amount it
 * reaches; what reaches none is small. Figures of different conventions must not be compared.
 *
 * @param id the convention's name, for example {@code eastmoney}
 * @param superLarge where super-large orders (超大单) begin
 * @param large where large orders (大单) begin
 * @param medium where medium orders (中单) begin
 */
public record FlowConvention(String id, Bound superLarge, Bound large, Bound medium) {
  /**
   * Where a class begins; the order need reach only one of the two.
   *
   * @param shares shares; {@code NaN} if the convention has no such bound
   * @param yuan yuan; {@code NaN} if the convention has no such bound
   */
  public record Bound(double shares, double yuan) {
    /**
     * Checks the bounds.
     *
     * @throws QilinException INVALID_ARGUMENT if there is none, or one is not positive and finite
     */
    public Bound {
      RecordChecks checks = RecordChecks.of("a class of orders");
      checks.price("the bound in shares", shares, true);
      checks.price("the bound in yuan", yuan, true);
      if (Double.isNaN(shares) && Double.isNaN(yuan)) {
        throw checks.wrong("it begins at a number of shares or at an amount; give one");
      }
    }

    private boolean above(Bound lower) {
      return !(shares <= lower.shares) && !(yuan <= lower.yuan);
    }
  }

  /** Eastmoney's (东方财富): 500,000 shares or 1,000,000 yuan; 100,000 or 200,000; 20,000 or 40,000. */
  public static final FlowConvention EASTMONEY = new FlowConvention(
      "eastmoney",
      new Bound(500_000, 1_000_000),
      new Bound(100_000, 200_000),
      new Bound(20_000, 40_000));

  /**
   * Checks the order of the classes.
   *
   * @throws QilinException INVALID_ARGUMENT if the id is empty or the bounds do not ascend
   */
  public FlowConvention {
    Objects.requireNonNull(superLarge, "superLarge");
    Objects.requireNonNull(large, "large");
    Objects.requireNonNull(medium, "medium");
    RecordChecks checks = RecordChecks.of("a convention of order sizes");
    checks.name("id", id);
    if (!superLarge.above(large) || !large.above(medium)) {
      throw checks.wrong("the bounds of '" + id + "' fall from superLarge to medium; they do not");
    }
  }
}
