package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Qlib's Alpha158: nine features of the day's candle, four prices, and 29 families of rolling features over five windows,
 * with Qlib's names, expressions and order. Reads {@code $open $high $low $close $vwap $volume}.
 */
public final class Alpha158 {
  private static final List<Factor> CANDLE = List.of(
      new Factor("KMID", "($close-$open)/$open"),
      new Factor("KLEN", "($high-$low)/$open"),
      new Factor("KMID2", "($close-$open)/($high-$low+1e-12)"),
      new Factor("KUP", "($high-Greater($open, $close))/$open"),
      new Factor("KUP2", "($high-Greater($open, $close))/($high-$low+1e-12)"),
      new Factor("KLOW", "(Less($open, $close)-$low)/$open"),
      new Factor("KLOW2", "(Less($open, $close)-$low)/($high-$low+1e-12)"),
      new Factor("KSFT", "(2*$close-$high-$low)/$open"),
      new Factor("KSFT2", "(2*$close-$high-$low)/($high-$low+1e-12)"));
  private static final FactorSet FACTORS = builder().build();

  private Alpha158() {}

  /** The 158 factors. */
  public static FactorSet factors() {
    return FACTORS;
  }

  /** Starts from the 158 factors. */
  public static Builder builder() {
    return new Builder();
  }

  /** Qlib's options of the generator; each method says what holds without it. */
  public static final class Builder {
    private boolean candle = true;
    private List<Integer> priceLags = List.of(0);
    private List<Field> prices = List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.VWAP);
    private List<Integer> volumeLags = List.of();
    private List<Integer> windows = List.of(5, 10, 20, 30, 60);
    private Set<Alpha158Family> families = EnumSet.allOf(Alpha158Family.class);

    private Builder() {}

    /** Whether the nine features of the day's candle are in; yes unless set. */
    public Builder kbar(boolean wanted) {
      candle = wanted;
      return this;
    }

    /** Which prices over today's close, at which lags in days; open, high, low and vwap at lag 0 unless set. */
    public Builder price(List<Integer> lags, List<Field> fields) {
      priceLags = checked(lags, 0);
      prices = List.copyOf(fields);
      return this;
    }

    /** At which lags in days the volume over today's; none unless set. */
    public Builder volume(List<Integer> lags) {
      volumeLags = checked(lags, 0);
      return this;
    }

    /** Windows in days of the rolling families; 5, 10, 20, 30, 60 unless set. */
    public Builder rolling(List<Integer> days) {
      windows = checked(days, 1);
      return this;
    }

    /** The only rolling families; all unless set. */
    public Builder include(Set<Alpha158Family> only) {
      families = EnumSet.noneOf(Alpha158Family.class);
      families.addAll(only);
      return this;
    }

    /** Rolling families to leave out; none unless set. */
    public Builder exclude(Set<Alpha158Family> unwanted) {
      families.removeAll(unwanted);
      return this;
    }

    /**
     * The set, named {@code alpha158}.
     *
     * @throws QilinException INVALID_ARGUMENT if nothing is left, or a lag or window comes twice
     */
    public FactorSet build() {
      List<Factor> factors = new ArrayList<>(candle ? CANDLE : List.of());
      for (Field field : prices) {
        priceLags.forEach(lag -> factors.add(lagged(field, lag, "$close")));
      }
      volumeLags.forEach(lag -> factors.add(lagged(Field.VOLUME, lag, "($volume+1e-12)")));
      for (Alpha158Family family : families) {
        for (int window : windows) {
          factors.add(new Factor(family.featureName(window), family.expression(window)));
        }
      }
      return new FactorSet("alpha158", factors);
    }

    private static List<Integer> checked(List<Integer> rows, int least) {
      if (rows.stream().anyMatch(n -> n < least)) {
        throw QilinException.invalid(
            "lags and windows must be at least " + least + ", were " + rows);
      }
      return List.copyOf(rows);
    }
  }

  /** An earlier value of a field over a value of today. */
  static Factor lagged(Field field, int lag, String divisor) {
    String value = lag == 0 ? field.toString() : "Ref(" + field + ", " + lag + ")";
    return new Factor(field.name().toUpperCase(Locale.ROOT) + lag, value + "/" + divisor);
  }
}
