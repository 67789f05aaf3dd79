package io.qilin.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What Qilin runs on.
 *
 * @param threads the most threads of Qilin's own pool, 1 to 1000
 * @param executor the name of a bean to run on instead of the own pool
 * @param seed decides jitter and the like; another one at each start unless set
 */
@ConfigurationProperties(prefix = "qilin.host", ignoreUnknownFields = false)
public record HostProperties(
    @DefaultValue("32") int threads,
    @Nullable String executor,
    @Nullable Long seed) {
  /**
   * Checks the values.
   *
   * @throws PropertyRefused if one is out of range
   */
  public HostProperties {
    PropertyRefused.unless(
        threads >= 1 && threads <= 1000,
        "qilin.host.threads",
        threads,
        "the number of threads is 1 to 1000");
  }
}
