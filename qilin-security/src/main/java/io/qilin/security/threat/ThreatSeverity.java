package io.qilin.security.threat;

/** How bad a score is; compared by its number, never by its name. */
public enum ThreatSeverity {
  /** Score below 0.25. */
  LOW(0, 0),
  /** From 0.25. */
  MEDIUM(1, 0.25),
  /** From 0.5. */
  HIGH(2, 0.5),
  /** From 0.75. */
  CRITICAL(3, 0.75);

  private final int level;
  private final double from;

  ThreatSeverity(int level, double from) {
    this.level = level;
    this.from = from;
  }

  /** 0 for low to 3 for critical. */
  public int level() {
    return level;
  }

  /** Whether it is as bad as another one, or worse. */
  public boolean atLeast(ThreatSeverity other) {
    return level >= other.level;
  }

  /** The severity of a score; critical for one that is not a number. */
  public static ThreatSeverity of(double score) {
    ThreatSeverity found = CRITICAL;
    for (ThreatSeverity severity : values()) {
      if (score >= severity.from) {
        found = severity;
      }
    }
    return score < 0 ? LOW : found;
  }
}
