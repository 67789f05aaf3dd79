package io.qilin.api.quality;

/** The six sides of data quality, with their weight in the overall score. */
public enum QualityDimension {
  /** Nothing is missing: fields and rows. */
  COMPLETENESS(0.25),
  /** Fields of a row and rows of a series agree with each other. */
  CONSISTENCY(0.20),
  /** Values are plausible: inside price limits, no unexplained jumps. */
  ACCURACY(0.20),
  /** The newest row is as new as the session allows. */
  TIMELINESS(0.15),
  /** No row comes twice. */
  UNIQUENESS(0.10),
  /** Values are of the right type and domain. */
  VALIDITY(0.10);

  private final double weight;

  QualityDimension(double weight) {
    this.weight = weight;
  }

  /** Share of the overall score when all six apply; the six add up to 1. */
  public double weight() {
    return weight;
  }
}
