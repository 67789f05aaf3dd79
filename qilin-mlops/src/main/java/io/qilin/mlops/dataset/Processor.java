package io.qilin.mlops.dataset;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;

/**
 * One step from raw values to what a model takes: a processor of Qlib, with its name and its formula. Unless said otherwise
 * {@code NaN} is passed over and stays, and arithmetic with infinities is that of IEEE 754. "Fit" means over all rows of the days
 * on which the chain is fitted; "day" means over the rows of one day.
 */
public sealed interface Processor {
  /** Qlib's name, for example {@code RobustZScoreNorm}. */
  String name();

  /** Whether it can be used where labels are not known; the others belong into the learning list. */
  default boolean usableForInference() {
    return true;
  }

  /**
   * Drops rows of which a column is {@code NaN}.
   *
   * @param columns where it looks; if labels are among them it is not usable for inference
   */
  record DropnaProcessor(Columns columns) implements Processor {
    /** Checks. */
    public DropnaProcessor {
      Objects.requireNonNull(columns, "columns");
    }

    @Override
    public String name() {
      return "DropnaProcessor";
    }

    @Override
    public boolean usableForInference() {
      return columns == Columns.FEATURES;
    }
  }

  /** Drops rows of which a label is {@code NaN}. */
  record DropnaLabel() implements Processor {
    @Override
    public String name() {
      return "DropnaLabel";
    }

    @Override
    public boolean usableForInference() {
      return false;
    }
  }

  /**
   * Drops columns.
   *
   * @param names of features or labels that there are
   */
  record DropCol(List<String> names) implements Processor {
    /** Copies. */
    public DropCol {
      names = List.copyOf(names);
    }

    @Override
    public String name() {
      return "DropCol";
    }
  }

  /**
   * Keeps the named columns of a group, and all columns that are not of the group.
   *
   * @param columns the group
   * @param names of the group's columns that stay
   */
  record FilterCol(Columns columns, List<String> names) implements Processor {
    /** Copies. */
    public FilterCol {
      Objects.requireNonNull(columns, "columns");
      names = List.copyOf(names);
    }

    @Override
    public String name() {
      return "FilterCol";
    }
  }

  /**
   * {@code NaN} becomes a value; infinities stay.
   *
   * @param columns where
   * @param value Qlib's default is 0; finite
   */
  record Fillna(Columns columns, double value) implements Processor {
    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT if the value is not finite
     */
    public Fillna {
      Objects.requireNonNull(columns, "columns");
      if (!Double.isFinite(value)) {
        throw QilinException.invalid("what NaN becomes is a finite number, was " + value);
      }
    }

    @Override
    public String name() {
      return "Fillna";
    }
  }

  /** Infinities become the mean of the day's values that are neither infinite nor {@code NaN}; {@code NaN} if there are none. All columns. */
  record ProcessInf() implements Processor {
    @Override
    public String name() {
      return "ProcessInf";
    }
  }

  /**
   * {@code (x - mean) / std} with the fit's mean and population standard deviation (ddof 0); a column that was constant is not
   * changed.
   *
   * @param columns where; Qlib's default is all
   */
  record ZScoreNorm(Columns columns) implements Processor {
    /** Checks. */
    public ZScoreNorm {
      Objects.requireNonNull(columns, "columns");
    }

    @Override
    public String name() {
      return "ZScoreNorm";
    }
  }

  /**
   * {@code (x - median) / ((median of |x - median| + 1e-12) · 1.4826)} with the fit's medians, then within ±3.
   *
   * @param columns where; Qlib's default is all
   * @param clipOutlier whether the last step is done; Qlib's default is true
   */
  record RobustZScoreNorm(Columns columns, boolean clipOutlier) implements Processor {
    /** Checks. */
    public RobustZScoreNorm {
      Objects.requireNonNull(columns, "columns");
    }

    @Override
    public String name() {
      return "RobustZScoreNorm";
    }
  }

  /**
   * {@code (x - min) / (max - min)} of the fit; a column that was constant is not changed.
   *
   * @param columns where; Qlib's default is all
   */
  record MinMaxNorm(Columns columns) implements Processor {
    /** Checks. */
    public MinMaxNorm {
      Objects.requireNonNull(columns, "columns");
    }

    @Override
    public String name() {
      return "MinMaxNorm";
    }
  }

  /**
   * The day's score. {@link Method#ZSCORE}: {@code (x - mean) / std} with ddof 1. {@link Method#ROBUST}: {@code x - median},
   * divided by the median of its absolute value and by 1.4826, within ±3. Days without spread give {@code NaN} (or ±3).
   *
   * @param columns where; Qlib's default is all
   * @param method which score; Qlib's default is {@code ZSCORE}
   */
  record CsZScoreNorm(Columns columns, Method method) implements Processor {
    /** Which score. */
    public enum Method {
      /** By mean and standard deviation. */
      ZSCORE,
      /** By medians. */
      ROBUST
    }

    /** Checks. */
    public CsZScoreNorm {
      Objects.requireNonNull(columns, "columns");
      Objects.requireNonNull(method, "method");
    }

    @Override
    public String name() {
      return "CSZScoreNorm";
    }
  }

  /**
   * {@code (rank / count - 0.5) · 3.46} within the day; ties share the mean of their ranks.
   *
   * @param columns where; Qlib's default is all
   */
  record CsRankNorm(Columns columns) implements Processor {
    /** Checks. */
    public CsRankNorm {
      Objects.requireNonNull(columns, "columns");
    }

    @Override
    public String name() {
      return "CSRankNorm";
    }
  }

  /**
   * {@code NaN} becomes the mean of the day; where nothing is known it stays.
   *
   * @param columns where; Qlib's default is all
   */
  record CsZFillna(Columns columns) implements Processor {
    /** Checks. */
    public CsZFillna {
      Objects.requireNonNull(columns, "columns");
    }

    @Override
    public String name() {
      return "CSZFillna";
    }
  }

  /** {@code tanh(x - 1)} of every column that has no {@code LABEL} in its name. */
  record TanhProcess() implements Processor {
    @Override
    public String name() {
      return "TanhProcess";
    }
  }
}
