package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Label;
import io.qilin.core.expression.ExpressionLimits;
import java.util.Objects;

/**
 * What a factor is judged by: the return over a number of trading days, and how it is measured.
 *
 * @param days trading days that the return spans, 1 to 10000
 * @param label how it is computed; its name is the column of a label table
 * @param meaning when one buys and sells, in words
 */
public record Horizon(int days, Label label, String meaning) {
  /**
   * Checks the length.
   *
   * @throws QilinException INVALID_ARGUMENT unless 1 to 10000
   */
  public Horizon {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(meaning, "meaning");
    check(days, 10_000);
  }

  /**
   * Buy at the close of the session after the factor's day T, sell at the close so many days later:
   * {@code Ref($close,-1-days)/Ref($close,-1)-1}. The factor is known in the evening of T, so that T + 1 is the first
   * close at which one can buy.
   *
   * @param days 1 to 2519, as expressions look 2520 rows ahead at most
   * @throws QilinException INVALID_ARGUMENT outside that range
   */
  public static Horizon ofDays(int days) {
    check(days, ExpressionLimits.DEFAULT.maxWindow() - 1);
    Label label =
        new Label("RETURN_" + days + "D", "Ref($close,-" + (1L + days) + ")/Ref($close,-1)-1");
    return new Horizon(
        days, label, "bought at the close of T+1, sold at the close of T+" + (1 + days));
  }

  private static void check(int days, int most) {
    if (days < 1 || days > most) {
      throw QilinException.invalid("a horizon is 1 to " + most + " trading days, was " + days);
    }
  }

  /** For example {@code 5 days: bought at the close of T+1, sold at the close of T+6: Ref($close,-6)/Ref($close,-1)-1}. */
  @Override
  public String toString() {
    return days + (days == 1 ? " day: " : " days: ") + meaning + ": " + label.expression();
  }
}
