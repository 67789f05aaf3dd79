package io.qilin.spring.data;

import io.qilin.core.factor.MissingData;
import io.qilin.core.factor.NumericMode;
import io.qilin.spring.PropertyRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How factors are computed.
 *
 * @param mode as Qlib, defects included, or corrected
 * @param missing what a field means that the panel does not hold
 * @param parallel whether Qilin's threads help the calling one
 * @param maxCost the estimated time above which a set is refused; none unless set
 */
@ConfigurationProperties(prefix = "qilin.factors", ignoreUnknownFields = false)
public record FactorProperties(
    @DefaultValue("qlib-exact") NumericMode mode,
    @DefaultValue("refuse") MissingData missing,
    @DefaultValue("true") boolean parallel,
    @Nullable Duration maxCost) {
  /**
   * Checks the values.
   *
   * @throws PropertyRefused if one is out of range
   */
  public FactorProperties {
    PropertyRefused.unless(
        maxCost == null || maxCost.compareTo(Duration.ZERO) > 0,
        "qilin.factors.max-cost",
        String.valueOf(maxCost),
        "a time above 0, for example 30s");
  }
}
