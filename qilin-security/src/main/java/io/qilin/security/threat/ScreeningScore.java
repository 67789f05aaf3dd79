package io.qilin.security.threat;

/** What the screening of the request found, as it is; 1 if the request was not screened, as that is what was asked for. */
public final class ScreeningScore implements ThreatSignal {
  /** The signal; it keeps no state. */
  public ScreeningScore() {}

  @Override
  public String id() {
    return "screening";
  }

  @Override
  public double score(ThreatCall call) {
    return call.screening().orElse(1);
  }
}
