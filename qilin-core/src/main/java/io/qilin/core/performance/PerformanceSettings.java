package io.qilin.core.performance;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.Optional;

/** The conventions of a performance. Immutable; each method of the builder says what holds without it. */
public final class PerformanceSettings {
  /** Gains reinvested, the days of a year counted, no risk-free rate, one trial. */
  public static final PerformanceSettings DEFAULT = builder().build();

  /** Qlib's: sums of returns, 238 days a year, no risk-free rate. */
  public static final PerformanceSettings QLIB =
      builder().compounding(Compounding.SUM).year(YearLength.fixed(238)).build();

  private final Compounding compounding;
  private final YearLength year;
  private final double riskFreeRate;
  private final int rollingDays;
  private final int worstDays;
  private final double participation;
  private final Optional<DayAmounts> amounts;
  private final TrialCount trials;
  private final Optional<StationaryBootstrap> bootstrap;

  private PerformanceSettings(Builder builder) {
    compounding = builder.compounding;
    year = builder.year;
    riskFreeRate = builder.riskFreeRate;
    rollingDays = builder.rollingDays;
    worstDays = builder.worstDays;
    participation = builder.participation;
    amounts = builder.amounts;
    trials = builder.trials;
    bootstrap = builder.bootstrap;
  }

  /** Starts from the settings of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** The settings as a builder, to change some. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.compounding = compounding;
    builder.year = year;
    builder.riskFreeRate = riskFreeRate;
    builder.rollingDays = rollingDays;
    builder.worstDays = worstDays;
    builder.participation = participation;
    builder.amounts = amounts;
    builder.trials = trials;
    builder.bootstrap = bootstrap;
    return builder;
  }

  /** How returns add up. */
  public Compounding compounding() {
    return compounding;
  }

  /** How many days a year has. */
  public YearLength year() {
    return year;
  }

  /** The annual risk-free rate, a fraction. */
  public double riskFreeRate() {
    return riskFreeRate;
  }

  /** The window of rolling figures, in days. */
  public int rollingDays() {
    return rollingDays;
  }

  /** How many of the worst days are listed. */
  public int worstDays() {
    return worstDays;
  }

  /** The part of a share's traded value that an order may be, for the capacity. */
  public double participation() {
    return participation;
  }

  /** What traded, if known. */
  public Optional<DayAmounts> amounts() {
    return amounts;
  }

  /** How many strategies were tried. */
  public TrialCount trials() {
    return trials;
  }

  /** How intervals are found, if they are wanted. */
  public Optional<StationaryBootstrap> bootstrap() {
    return bootstrap;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private Compounding compounding = Compounding.COMPOUND;
    private YearLength year = YearLength.counted();
    private double riskFreeRate;
    private int rollingDays = 120;
    private int worstDays = 10;
    private double participation = 0.05;
    private Optional<DayAmounts> amounts = Optional.empty();
    private TrialCount trials = TrialCount.ONE;
    private Optional<StationaryBootstrap> bootstrap = Optional.empty();

    private Builder() {}

    /** How returns add up; {@link Compounding#COMPOUND} unless set. */
    public Builder compounding(Compounding how) {
      compounding = Objects.requireNonNull(how, "how");
      return this;
    }

    /** How many days a year has; {@link YearLength#counted} unless set. */
    public Builder year(YearLength length) {
      year = Objects.requireNonNull(length, "length");
      return this;
    }

    /**
     * The annual risk-free rate; 0 unless set.
     *
     * @param rate a fraction, 0.02 for two percent
     * @throws QilinException INVALID_ARGUMENT unless above −1 and finite
     */
    public Builder riskFreeRate(double rate) {
      if (!(rate > -1) || Double.isInfinite(rate)) {
        throw QilinException.invalid(
            "a risk-free rate is a fraction a year, 0.02 for 2%, was " + rate);
      }
      riskFreeRate = rate;
      return this;
    }

    /**
     * The window of rolling figures; 120 days unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if less than 2
     */
    public Builder rollingDays(int days) {
      if (days < 2) {
        throw QilinException.invalid("a rolling window has 2 days or more, was " + days);
      }
      rollingDays = days;
      return this;
    }

    /**
     * How many of the worst days are listed; 10 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if negative
     */
    public Builder worstDays(int count) {
      if (count < 0) {
        throw QilinException.invalid("a number of days is 0 or more, was " + count);
      }
      worstDays = count;
      return this;
    }

    /**
     * What traded, and the part of it that an order may be: without it there is no capacity.
     *
     * @param traded yuan by share and day
     * @param most the part, in (0, 1], usually 0.05
     * @throws QilinException INVALID_ARGUMENT for a part outside that range
     */
    public Builder capacity(DayAmounts traded, double most) {
      if (!(most > 0 && most <= 1)) {
        throw QilinException.invalid(
            "a part of what trades is in (0, 1], 0.05 for 5%, was " + most);
      }
      amounts = Optional.of(traded);
      participation = most;
      return this;
    }

    /** How many strategies were tried; {@link TrialCount#ONE} unless set. */
    public Builder trials(TrialCount count) {
      trials = Objects.requireNonNull(count, "count");
      return this;
    }

    /** How intervals of return, Sharpe ratio and drawdown are found; there are none unless set. */
    public Builder bootstrap(StationaryBootstrap how) {
      bootstrap = Optional.of(how);
      return this;
    }

    /** The settings. */
    public PerformanceSettings build() {
      return new PerformanceSettings(this);
    }
  }
}
