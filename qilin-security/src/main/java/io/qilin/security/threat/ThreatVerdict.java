package io.qilin.security.threat;

/** What follows from a threat score. */
public enum ThreatVerdict {
  /** The call goes on. */
  ALLOW,
  /** It goes on with a second factor. */
  STEP_UP,
  /** It is refused, after the host's handler was told. */
  DENY
}
