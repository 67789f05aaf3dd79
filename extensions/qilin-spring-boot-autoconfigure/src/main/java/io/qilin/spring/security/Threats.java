package io.qilin.spring.security;

import io.qilin.security.pipeline.ThreatHandler;
import io.qilin.security.threat.ThreatDetector;
import java.util.Objects;

/**
 * Who scores calls, and who is told before one is refused for its score: a bean of the application.
 *
 * @param beforeLogin scores the origin, when nobody is authenticated
 * @param afterLogin scores the call of a known identity
 * @param handler is told
 */
public record Threats(
    ThreatDetector beforeLogin, ThreatDetector afterLogin, ThreatHandler handler) {
  /** Checks that all are there. */
  public Threats {
    Objects.requireNonNull(beforeLogin, "beforeLogin");
    Objects.requireNonNull(afterLogin, "afterLogin");
    Objects.requireNonNull(handler, "handler");
  }
}
