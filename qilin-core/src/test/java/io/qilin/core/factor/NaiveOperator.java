package io.qilin.core.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rolling operators written down once more, as plainly as possible: one window at a time, textbook formulas. */
enum NaiveOperator {
  MEAN("Mean") {
    @Override
    double of(List<Double> v) {
      return sum(v) / v.size();
    }
  },
  SUM("Sum") {
    @Override
    double of(List<Double> v) {
      return v.isEmpty() ? Double.NaN : sum(v);
    }
  },
  VAR("Var") {
    @Override
    double of(List<Double> v) {
      return v.size() < 2 ? Double.NaN : moment(v, 2) * v.size() / (v.size() - 1);
    }
  },
  STD("Std") {
    @Override
    double of(List<Double> v) {
      return Math.sqrt(VAR.of(v));
    }
  },
  SKEW("Skew") {
    @Override
    double of(List<Double> v) {
      double n = v.size();
      return n < 3
          ? Double.NaN
          : isConstant(v)
              ? 0
              : Math.sqrt(n * (n - 1)) / (n - 2) * moment(v, 3) / Math.pow(moment(v, 2), 1.5);
    }
  },
  KURT("Kurt") {
    @Override
    double of(List<Double> v) {
      double n = v.size();
      return n < 4
          ? Double.NaN
          : isConstant(v)
              ? -3
              : (n - 1)
                  / (n - 2)
                  / (n - 3)
                  * ((n + 1) * moment(v, 4) / Math.pow(moment(v, 2), 2) - 3 * (n - 1));
    }
  },
  MAX("Max") {
    @Override
    double of(List<Double> v) {
      return v.stream().mapToDouble(x -> x).max().orElse(Double.NaN);
    }
  },
  MIN("Min") {
    @Override
    double of(List<Double> v) {
      return v.stream().mapToDouble(x -> x).min().orElse(Double.NaN);
    }
  },
  MED("Med") {
    @Override
    double of(List<Double> v) {
      List<Double> s = v.stream().sorted().toList();
      int n = s.size();
      return n == 0 ? Double.NaN : (s.get((n - 1) / 2) + s.get(n / 2)) / 2;
    }
  },
  MAD("Mad") {
    @Override
    double of(List<Double> v) {
      double mean = MEAN.of(v);
      return v.stream().mapToDouble(x -> Math.abs(x - mean)).average().orElse(Double.NaN);
    }
  },
  IDX_MAX("IdxMax") {
    @Override
    double ofRows(double[] rows) {
      return place(rows, MAX.of(valid(rows)));
    }
  },
  IDX_MIN("IdxMin") {
    @Override
    double ofRows(double[] rows) {
      return place(rows, MIN.of(valid(rows)));
    }
  },
  COUNT("Count") {
    @Override
    double ofRows(double[] rows) {
      return Arrays.stream(rows).filter(x -> !Double.isNaN(x)).count();
    }
  },
  RANK("Rank") {
    @Override
    double ofRows(double[] rows) {
      double newest = rows[rows.length - 1];
      List<Double> v = valid(rows);
      double below = v.stream().filter(x -> x < newest).count();
      double equal = v.stream().filter(x -> x == newest).count();
      return Double.isFinite(newest) ? (below + (1 + equal) / 2) / v.size() : Double.NaN;
    }
  },
  WMA("WMA") {
    @Override
    double ofRows(double[] rows) {
      double weights = 0;
      double sum = 0;
      for (int i = 0; i < rows.length; i++) {
        weights += i + 1;
        sum += Double.isFinite(rows[i]) ? (i + 1) * rows[i] : 0;
      }
      return sum / weights / valid(rows).size();
    }
  },
  PRODUCT("Product") {
    @Override
    double of(List<Double> v) {
      return v.stream().reduce((a, b) -> a * b).orElse(Double.NaN);
    }
  },
  DECAY_LINEAR("DecayLinear") {
    @Override
    double ofRows(double[] rows) {
      double weights = 0;
      double sum = 0;
      for (int i = 0; i < rows.length; i++) {
        weights += Double.isFinite(rows[i]) ? i + 1 : 0;
        sum += Double.isFinite(rows[i]) ? (i + 1) * rows[i] : 0;
      }
      return sum / weights;
    }
  };

  private final String functionName;

  NaiveOperator(String functionName) {
    this.functionName = functionName;
  }

  String functionName() {
    return functionName;
  }

  /** The value of the valid values of a window. */
  double of(List<Double> valid) {
    throw new AssertionError(valid);
  }

  /** The value of a window. */
  double ofRows(double[] rows) {
    return of(valid(rows));
  }

  /** The window nearest to the given one that the operator accepts. */
  int allowed(int window) {
    return switch (this) {
      case SKEW, KURT -> window == 0 ? 0 : Math.max(4, window);
      case PRODUCT, DECAY_LINEAR -> Math.max(1, window);
      default -> window;
    };
  }

  /** The values of all windows; 0 means all rows so far. */
  double[] over(double[] rows, int window) {
    double[] out = new double[rows.length];
    for (int t = 0; t < rows.length; t++) {
      int from = window == 0 ? 0 : Math.max(0, t + 1 - window);
      out[t] = ofRows(Arrays.copyOfRange(rows, from, t + 1));
    }
    return out;
  }

  private static List<Double> valid(double[] rows) {
    List<Double> valid = new ArrayList<>();
    for (double row : rows) {
      if (Double.isFinite(row)) {
        valid.add(row);
      }
    }
    return valid;
  }

  private static double place(double[] rows, double wanted) {
    for (int i = 0; i < rows.length && !Double.isNaN(wanted); i++) {
      boolean best = rows[i] == wanted && valid(rows).size() == rows.length;
      if (best || !Double.isFinite(rows[i])) {
        return i + 1;
      }
    }
    return Double.NaN;
  }

  private static double sum(List<Double> v) {
    return v.stream().mapToDouble(x -> x).sum();
  }

  private static double moment(List<Double> v, int power) {
    double mean = sum(v) / v.size();
    return v.stream().mapToDouble(x -> Math.pow(x - mean, power)).sum() / v.size();
  }

  private static boolean isConstant(List<Double> v) {
    return v.stream().distinct().count() == 1;
  }
}
