package io.qilin.security.threat;

import java.time.Duration;
import java.time.Instant;

/**
 * The subject was elsewhere so recently that no aeroplane explains it: 0 up to 1,000 km/h, 1 from 2,000 km/h, linear between.
 * Places less than 100 km apart are one, as places of addresses are no surer; so is a call without a place. It learns the
 * place of allowed calls only, so that an attacker's place never becomes the owner's. Thread-safe.
 */
public final class ImpossibleTravel implements ThreatSignal {
  private static final double NEAR_KM = 100;
  private static final double FAST_KMH = 1000;
  private static final double SECONDS_PER_HOUR = 3600;

  private record Visit(GeoPoint place, Instant at) {}

  private final BoundedTable<Visit> visits;

  /** The signal over at most so many subjects. */
  public ImpossibleTravel(int mostSubjects) {
    this.visits = new BoundedTable<>(mostSubjects);
  }

  @Override
  public String id() {
    return "impossible-travel";
  }

  @Override
  public double score(ThreatCall call) {
    Visit last = visits.get(call.subject());
    if (last == null || call.place().isEmpty()) {
      return 0;
    }
    double km = last.place().distanceKm(call.place().get());
    if (km < NEAR_KM) {
      return 0;
    }
    double hours =
        Math.abs(Decaying.seconds(Duration.between(last.at(), call.at()))) / SECONDS_PER_HOUR;
    double times = km / hours / FAST_KMH;
    return Math.max(0, Math.min(1, times - 1));
  }

  @Override
  public void learn(ThreatCall call, CallOutcome outcome) {
    if (outcome == CallOutcome.ALLOWED && call.place().isPresent()) {
      GeoPoint place = call.place().get();
      visits.update(
          call.subject(),
          last ->
              last != null && last.at().isAfter(call.at()) ? last : new Visit(place, call.at()));
    }
  }
}
