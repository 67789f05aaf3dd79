package io.qilin.core.portfolio;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the weights of a portfolio must keep to. All are long only. Immutable and safe to share.
 *
 * @param invested what all weights add up to, in (0, 1]
 * @param nameCap the largest weight of one share, in (0, 1]
 * @param sectors the sector of each share; a share that is not named is in none
 * @param sectorCaps the largest weight of each sector in [0, 1]; a sector that is not named has no
 *     cap
 * @param turnoverPenalty what it costs to move one whole account's worth into or out of a share, in
 *     the unit of the expected returns: 0.001 is ten basis points of the traded value, to be earned
 *     back in one period of the returns; not negative
 */
public record WeightLimits(
    double invested,
    double nameCap,
    SortedMap<Symbol, String> sectors,
    SortedMap<String, Double> sectorCaps,
    double turnoverPenalty) {
  /** 95 % invested, nothing else. */
  public static final WeightLimits DEFAULT = builder().build();

  /**
   * Copies the maps.
   *
   * @throws QilinException INVALID_ARGUMENT for a number outside its range, or a cap of a sector
   *     that no share is in
   */
  public WeightLimits {
    requireFraction(invested, "invested");
    requireFraction(nameCap, "nameCap");
    sectors = Collections.unmodifiableSortedMap(new TreeMap<>(sectors));
    sectorCaps = Collections.unmodifiableSortedMap(new TreeMap<>(sectorCaps));
    for (Map.Entry<String, Double> entry : sectorCaps.entrySet()) {
      if (!(entry.getValue() >= 0 && entry.getValue() <= 1)) {
        throw QilinException.invalid("the cap of sector " + QilinException.quote(entry.getKey())
            + " is a fraction in [0, 1], was " + entry.getValue());
      }
      if (!sectors.containsValue(entry.getKey())) {
        throw QilinException.invalid("no share is in sector "
            + QilinException.quote(entry.getKey()) + ", which has a cap; the sectors are "
            + new TreeSet<>(sectors.values()));
      }
    }
    if (!(turnoverPenalty >= 0 && turnoverPenalty < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid(
          "turnoverPenalty is a finite number from 0, was " + turnoverPenalty);
    }
  }

  static void requireFraction(double value, String what) {
    if (!(value > 0 && value <= 1)) {
      throw QilinException.invalid(what + " is a fraction in (0, 1], was " + value);
    }
  }

  /** Starts from {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects limits. Not thread-safe. */
  public static final class Builder {
    private double invested = 0.95;
    private double nameCap = 1;
    private final SortedMap<Symbol, String> sectors = new TreeMap<>();
    private final SortedMap<String, Double> sectorCaps = new TreeMap<>();
    private double turnoverPenalty;

    private Builder() {}

    /** What all weights add up to; 0.95 unless set. */
    public Builder invested(double fraction) {
      invested = fraction;
      return this;
    }

    /** The largest weight of one share; 1 unless set. */
    public Builder nameCap(double fraction) {
      nameCap = fraction;
      return this;
    }

    /** Adds sectors of shares; none unless set. */
    public Builder sectors(Map<Symbol, String> more) {
      sectors.putAll(more);
      return this;
    }

    /** The largest weight of one sector; none unless set. */
    public Builder sectorCap(String sector, double fraction) {
      sectorCaps.put(Objects.requireNonNull(sector, "sector"), fraction);
      return this;
    }

    /** What a change of weight costs; 0 unless set. */
    public Builder turnoverPenalty(double perUnit) {
      turnoverPenalty = perUnit;
      return this;
    }

    /** The limits. */
    public WeightLimits build() {
      return new WeightLimits(invested, nameCap, sectors, sectorCaps, turnoverPenalty);
    }
  }
}
