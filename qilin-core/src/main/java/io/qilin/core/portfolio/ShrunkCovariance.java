package io.qilin.core.portfolio;

import java.util.Objects;

/**
 * A covariance between the sample's and a simple target.
 *
 * @param covariance (1 − intensity) × sample + intensity × target
 * @param intensity how much of the target is in it, in [0, 1]
 */
public record ShrunkCovariance(Covariance covariance, double intensity) {
  /** Checks that the covariance is there. */
  public ShrunkCovariance {
    Objects.requireNonNull(covariance, "covariance");
  }
}
