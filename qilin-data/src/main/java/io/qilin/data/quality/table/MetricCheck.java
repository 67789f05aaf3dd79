package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a figure may be, given its history. */
public sealed interface MetricCheck {
  /**
   * Why a value is an anomaly, or empty if it is none or the history is too short to tell.
   *
   * @param history earlier values, the oldest first
   * @param value the new one
   */
  Optional<String> anomaly(List<Double> history, double value);

  /**
   * Not farther from the median of the history than some robust standard deviations (1.4826 × the median absolute
   * deviation). Where more than half of the history is one value, any other is an anomaly.
   *
   * @param most how many; 5 is usual
   * @param least how many earlier values it needs, at least 3
   */
  record RobustZ(double most, int least) implements MetricCheck {
    private static final double MAD_TO_SIGMA = 1.4826022185056018;

    /** Checks the parts. */
    public RobustZ {
      Checked.notNegative("a number of standard deviations", most);
      if (least < 3) {
        throw QilinException.invalid("a robust z needs at least 3 earlier values, was " + least);
      }
    }

    @Override
    public Optional<String> anomaly(List<Double> history, double value) {
      if (history.size() < least) {
        return Optional.empty();
      }
      double median = median(history.stream().mapToDouble(Double::doubleValue).toArray());
      double sigma = MAD_TO_SIGMA
          * median(history.stream().mapToDouble(v -> Math.abs(v - median)).toArray());
      double away = Math.abs(value - median);
      boolean odd = sigma == 0 ? away > 0 : away > most * sigma;
      return odd
          ? Optional.of(String.format(
              Locale.ROOT,
              "%s is %s robust standard deviations from the median %s of %d values; %s are allowed",
              value,
              sigma == 0 ? "any number of" : String.format(Locale.ROOT, "%.1f", away / sigma),
              median,
              history.size(),
              most))
          : Optional.empty();
    }

    private static double median(double[] values) {
      Arrays.sort(values);
      int middle = values.length / 2;
      return values.length % 2 == 1
          ? values[middle]
          : 0.5 * values[middle - 1] + 0.5 * values[middle];
    }
  }

  /**
   * Not changed by more than a share of the value before. Any change from 0 is an anomaly.
   *
   * @param most share, 0.2 for a fifth
   */
  record RelativeChange(double most) implements MetricCheck {
    /** Checks the share. */
    public RelativeChange {
      Checked.notNegative("a relative change", most);
    }

    @Override
    public Optional<String> anomaly(List<Double> history, double value) {
      if (history.isEmpty()) {
        return Optional.empty();
      }
      double last = history.get(history.size() - 1);
      return Math.abs(value - last) > most * Math.abs(last)
          ? Optional.of(value + " differs from the value before, " + last + ", by more than " + most
              + " of it")
          : Optional.empty();
    }
  }

  /**
   * Between two bounds; needs no history.
   *
   * @param low least
   * @param high greatest
   */
  record Bounds(double low, double high) implements MetricCheck {
    /** Checks the bounds. */
    public Bounds {
      Checked.span("bounds of a metric", low, high);
    }

    @Override
    public Optional<String> anomaly(List<Double> history, double value) {
      return value >= low && value <= high
          ? Optional.empty()
          : Optional.of(value + " is not between " + low + " and " + high);
    }
  }
}
