package io.qilin.mlops.online;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;

/**
 * How a learner learns.
 *
 * @param updateEvery how many newly matured samples make an update due, 2 to capacity
 * @param leastSamples how many matured samples there must be in the buffer, at least 2 and at most capacity
 * @param interval the least time between two updates, not negative
 * @param capacity how many samples the buffer keeps, matured or waiting for their label; 10 to 1,000,000
 * @param holdOut the share of the buffer's newest samples on which a candidate is tried, in [0.05, 0.5]
 * @param margin how much worse than the serving model's the candidate's mean loss may be, as a fraction of it; in [0, 1]
 * @param loss how wrong a score is
 * @param fading what is kept of the faded mean loss with each sample, in (0, 1)
 * @param shadow whether a candidate that passed scores beside the serving model instead of taking its place
 */
public record OnlineSettings(
    int updateEvery,
    int leastSamples,
    Duration interval,
    int capacity,
    double holdOut,
    double margin,
    Loss loss,
    double fading,
    boolean shadow) {
  /** An update every 100 samples. */
  public static final OnlineSettings EVERY_100 = builder().build();

  /** Once an hour from 1,000 samples on, and up to 5 % worse. */
  public static final OnlineSettings HOURLY =
      builder().leastSamples(1_000).interval(Duration.ofHours(1)).margin(0.05).build();

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public OnlineSettings {
    if (capacity < 10 || capacity > 1_000_000) {
      throw QilinException.invalid("a buffer keeps 10 to 1,000,000 samples, was " + capacity);
    }
    if (updateEvery < 2 || updateEvery > capacity) {
      throw QilinException.invalid(
          "an update is due after 2 samples to the capacity " + capacity + ", was " + updateEvery);
    }
    if (leastSamples < 2 || leastSamples > capacity) {
      throw QilinException.invalid(
          "the least samples are 2 to the capacity " + capacity + ", was " + leastSamples);
    }
    if (interval.isNegative()) {
      throw QilinException.invalid("the interval is not negative, was " + interval);
    }
    if (!(holdOut >= 0.05 && holdOut <= 0.5)) {
      throw QilinException.invalid("the share held out is in [0.05, 0.5], was " + holdOut);
    }
    if (!(margin >= 0 && margin <= 1)) {
      throw QilinException.invalid("the margin is in [0, 1], was " + margin);
    }
    Objects.requireNonNull(loss, "loss");
    if (!(fading > 0 && fading < 1)) {
      throw QilinException.invalid("the fading is in (0, 1), was " + fading);
    }
  }

  /** The defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers settings. Not thread-safe. */
  public static final class Builder {
    private int updateEvery = 100;
    private int leastSamples = 100;
    private Duration interval = Duration.ZERO;
    private int capacity = 10_000;
    private double holdOut = 0.2;
    private double margin;
    private Loss loss = Loss.SQUARED;
    private double fading = 0.999;
    private boolean shadow;

    private Builder() {}

    /** 100 unless set. */
    public Builder updateEvery(int samples) {
      updateEvery = samples;
      return this;
    }

    /** 100 unless set. */
    public Builder leastSamples(int samples) {
      leastSamples = samples;
      return this;
    }

    /** None unless set. */
    public Builder interval(Duration least) {
      interval = least;
      return this;
    }

    /** 10,000 unless set. */
    public Builder capacity(int samples) {
      capacity = samples;
      return this;
    }

    /** 0.2 unless set. */
    public Builder holdOut(double share) {
      holdOut = share;
      return this;
    }

    /** 0 unless set. */
    public Builder margin(double fraction) {
      margin = fraction;
      return this;
    }

    /** SQUARED unless set. */
    public Builder loss(Loss of) {
      loss = of;
      return this;
    }

    /** 0.999 unless set: about the last 1,000 samples. */
    public Builder fading(double kept) {
      fading = kept;
      return this;
    }

    /** No unless set. */
    public Builder shadow(boolean beside) {
      shadow = beside;
      return this;
    }

    /**
     * The settings.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public OnlineSettings build() {
      return new OnlineSettings(
          updateEvery, leastSamples, interval, capacity, holdOut, margin, loss, fading, shadow);
    }
  }
}
