package io.qilin.security.access;

import io.qilin.security.internal.NetworkAddress;
import io.qilin.security.internal.NetworkRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that must hold for a rule to apply. Pure: the same request has the same answer. */
@FunctionalInterface
interface Condition {
  /** What holds for every request. */
  Condition ALWAYS = request -> Truth.YES;

  Truth test(AccessRequest request);

  static Condition all(List<Condition> parts) {
    return request -> {
      Truth truth = Truth.YES;
      for (Condition part : parts) {
        truth = truth.and(part.test(request));
      }
      return truth;
    };
  }

  static Condition any(List<Condition> parts) {
    return request -> {
      Truth truth = Truth.NO;
      for (Condition part : parts) {
        truth = truth.or(part.test(request));
      }
      return truth;
    };
  }

  static Condition not(Condition part) {
    return request -> part.test(request).negated();
  }

  /** A number of the context lies between the bounds, both included; not known if it is absent or not finite. */
  static Condition figure(String name, double least, double most) {
    return request -> {
      Double value = request.context().figures().get(name);
      return value == null || !Double.isFinite(value)
          ? Truth.UNKNOWN
          : Truth.of(value >= least && value <= most);
    };
  }

  /** The device has one of the ids; not known without one. */
  static Condition device(Set<String> ids) {
    return request -> oneOf(request.context().deviceId(), ids);
  }

  static Condition address(List<NetworkRange> ranges) {
    return request -> request
        .context()
        .address()
        .flatMap(NetworkAddress::parse)
        .map(address -> Truth.of(ranges.stream().anyMatch(range -> range.contains(address))))
        .orElse(Truth.UNKNOWN);
  }

  static Condition contextAttribute(String name, Set<String> values) {
    return request -> oneOf(Optional.ofNullable(request.context().attributes().get(name)), values);
  }

  static Condition identityAttribute(String name, Set<String> values) {
    return request -> oneOf(Optional.ofNullable(request.identity().attributes().get(name)), values);
  }

  static Condition authenticated(Freshness freshness) {
    return request -> Truth.of(freshness.holds(request));
  }

  private static Truth oneOf(Optional<String> value, Set<String> values) {
    return value.map(one -> Truth.of(values.contains(one))).orElse(Truth.UNKNOWN);
  }

  /** How fresh an authentication must be, and by which methods. */
  record Freshness(Set<String> methods, Duration maxAge) {
    /** How far the clocks of two machines may differ (RFC 7519 calls it leeway). */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    public Freshness {
      methods = Set.copyOf(methods);
    }

    /** Never unknown: an authentication that is not known was not given. */
    boolean holds(AccessRequest request) {
      Identity identity = request.identity();
      return methods.stream().anyMatch(identity.methods()::contains)
          && identity
              .authenticatedAt()
              .map(at -> Duration.between(at, request.context().at()))
              .filter(age -> age.compareTo(maxAge) <= 0 && age.compareTo(LEEWAY.negated()) >= 0)
              .isPresent();
    }
  }
}
