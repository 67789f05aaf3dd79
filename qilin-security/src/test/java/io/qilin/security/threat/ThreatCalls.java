package io.qilin.security.threat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Calls for the tests of signals: one of an ordinary day, changed part by part. */
final class ThreatCalls {
  static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  static final GeoPoint SHANGHAI = new GeoPoint(31.23, 121.47);
  static final GeoPoint BEIJING = new GeoPoint(39.90, 116.40);

  private ThreatCalls() {}

  static ThreatCall at(Instant at) {
    return by("zhang", at);
  }

  static ThreatCall by(String subject, Instant at) {
    return from(subject, "203.0.113.7", at);
  }

  static ThreatCall from(String subject, String address, Instant at) {
    return new ThreatCall(
        at,
        subject,
        address,
        Optional.of("phone"),
        Optional.empty(),
        "read",
        "factors",
        OptionalDouble.empty());
  }

  static ThreatCall in(GeoPoint place, Instant at) {
    return new ThreatCall(
        at,
        "zhang",
        "203.0.113.7",
        Optional.of("phone"),
        Optional.of(place),
        "read",
        "factors",
        OptionalDouble.empty());
  }

  static ThreatCall on(String device, Instant at) {
    return new ThreatCall(
        at,
        "zhang",
        "203.0.113.7",
        Optional.of(device),
        Optional.empty(),
        "read",
        "factors",
        OptionalDouble.empty());
  }

  static ThreatCall screened(double score) {
    return new ThreatCall(
        NOON,
        "zhang",
        "203.0.113.7",
        Optional.empty(),
        Optional.empty(),
        "read",
        "factors",
        OptionalDouble.of(score));
  }
}
