package io.qilin.spring.security;

import io.qilin.spring.PropertyRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The security pipeline. A step without a bean needs the reason why it is left out; the reason stands in every audit record.
 *
 * @param enabled whether there is one
 * @param minTrust least trust in a device
 * @param maxRisk most risk of a context
 * @param deadline how long the steps of a call may take
 * @param withoutDevice why no device is verified
 * @param withoutContext why no context is verified
 * @param withoutSecondFactor why there is no second factor
 */
@ConfigurationProperties(prefix = "qilin.security.pipeline", ignoreUnknownFields = false)
public record PipelineProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("0.5") double minTrust,
    @DefaultValue("0.7") double maxRisk,
    @DefaultValue("2s") Duration deadline,
    @Nullable String withoutDevice,
    @Nullable String withoutContext,
    @Nullable String withoutSecondFactor) {
  /**
   * Checks the values.
   *
   * @throws PropertyRefused if one is out of range
   */
  public PipelineProperties {
    PropertyRefused.unless(
        minTrust >= 0 && minTrust <= 1,
        "qilin.security.pipeline.min-trust",
        minTrust,
        "a trust is 0 to 1");
    PropertyRefused.unless(
        maxRisk >= 0 && maxRisk <= 1,
        "qilin.security.pipeline.max-risk",
        maxRisk,
        "a risk is 0 to 1");
    PropertyRefused.unless(
        !deadline.isNegative() && !deadline.isZero(),
        "qilin.security.pipeline.deadline",
        deadline,
        "a duration above 0, for example 2s");
  }
}
