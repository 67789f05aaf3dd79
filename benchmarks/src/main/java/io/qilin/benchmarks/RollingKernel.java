package io.qilin.benchmarks;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import java.util.function.Function;
import org.ta4j.core.BarSeries;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.HighPriceIndicator;
import org.ta4j.core.indicators.helpers.HighestValueIndicator;
import org.ta4j.core.indicators.helpers.LowPriceIndicator;
import org.ta4j.core.indicators.helpers.LowestValueIndicator;
import org.ta4j.core.indicators.helpers.VolumeIndicator;
import org.ta4j.core.indicators.statistics.CorrelationCoefficientIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator.SimpleLinearRegressionType;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.Num;

/** One rolling function in both libraries' words, over one series. */
enum RollingKernel {
  MEAN_20("Mean($close,20)", series -> new SMAIndicator(close(series), 20)),
  MEAN_60("Mean($close,60)", series -> new SMAIndicator(close(series), 60)),
  /** ta4j's is of the population. */
  STD_20("Std($close,20)", Math.sqrt(20 / 19.0), s -> new StandardDeviationIndicator(close(s), 20)),
  STD_60("Std($close,60)", Math.sqrt(60 / 59.0), s -> new StandardDeviationIndicator(close(s), 60)),
  MAX_20("Max($high,20)", s -> new HighestValueIndicator(new HighPriceIndicator(s), 20)),
  MAX_60("Max($high,60)", s -> new HighestValueIndicator(new HighPriceIndicator(s), 60)),
  MIN_20("Min($low,20)", s -> new LowestValueIndicator(new LowPriceIndicator(s), 20)),
  MIN_60("Min($low,60)", s -> new LowestValueIndicator(new LowPriceIndicator(s), 60)),
  CORR_20("Corr($close,$volume,20)", series -> correlation(series, 20)),
  CORR_60("Corr($close,$volume,60)", series -> correlation(series, 60)),
  SLOPE_20("Slope($close,20)", series -> slope(series, 20)),
  SLOPE_60("Slope($close,60)", series -> slope(series, 60));

  private final String expression;
  private final double ta4jScale;
  private final Function<BarSeries, Indicator<Num>> indicator;

  RollingKernel(String expression, Function<BarSeries, Indicator<Num>> indicator) {
    this(expression, 1, indicator);
  }

  RollingKernel(
      String expression, double ta4jScale, Function<BarSeries, Indicator<Num>> indicator) {
    this.expression = expression;
    this.ta4jScale = ta4jScale;
    this.indicator = indicator;
  }

  /** Qilin's expression. */
  String expression() {
    return expression;
  }

  /** Qilin's expression as a set of one factor. */
  FactorSet factors() {
    return FactorSet.of("kernel", new Factor(name(), expression));
  }

  /** What ta4j's value is to be multiplied by to be Qilin's. */
  double ta4jScale() {
    return ta4jScale;
  }

  /** A new indicator, which has computed nothing yet. */
  Indicator<Num> indicator(BarSeries series) {
    return indicator.apply(series);
  }

  private static Indicator<Num> close(BarSeries series) {
    return new ClosePriceIndicator(series);
  }

  private static Indicator<Num> correlation(BarSeries series, int days) {
    return new CorrelationCoefficientIndicator(close(series), new VolumeIndicator(series), days);
  }

  private static Indicator<Num> slope(BarSeries series, int days) {
    return new SimpleLinearRegressionIndicator(
        close(series), days, SimpleLinearRegressionType.SLOPE);
  }
}
