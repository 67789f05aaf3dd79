package io.qilin.security.access;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The circumstances of a request. What is not known stays away, and is then never a reason to allow: a condition on it neither
 * holds nor fails, so that an allowing rule does not apply and a denying one does. Immutable.
 *
 * @param at when the request is made
 * @param deviceId the device; empty if not known
 * @param address the caller's network address as text, for example {@code 10.0.0.7} or {@code 2001:db8::1}; empty if not known
 * @param figures numbers by name, for example {@code deviceTrust}, {@code risk} or {@code velocity}; one that is not finite counts
 *     as not known
 * @param attributes texts by name, for example {@code networkZone}
 */
public record AccessContext(
    Instant at,
    Optional<String> deviceId,
    Optional<String> address,
    Map<String, Double> figures,
    Map<String, String> attributes) {
  /** The name under which the trust in the device is found, from 0 to 1. */
  public static final String DEVICE_TRUST = "deviceTrust";

  /** The name under which the threat score is found, from 0 to 1. */
  public static final String RISK = "risk";

  /** The name under which the caller's recent requests a minute are found. */
  public static final String VELOCITY = "velocity";

  /** The name under which the network zone is found, for example {@code office}. */
  public static final String NETWORK_ZONE = "networkZone";

  /** Checks and copies the parts. */
  public AccessContext {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(deviceId, "deviceId");
    Objects.requireNonNull(address, "address");
    figures = Map.copyOf(figures);
    attributes = Map.copyOf(attributes);
  }

  /** A context of which nothing but the time is known. */
  public static AccessContext at(Instant at) {
    return new AccessContext(at, Optional.empty(), Optional.empty(), Map.of(), Map.of());
  }

  /** The same from a device. */
  public AccessContext withDevice(String id, double trust) {
    return new AccessContext(at, Optional.of(id), address, figures, attributes)
        .withFigure(DEVICE_TRUST, trust);
  }

  /** The same from an address. */
  public AccessContext withAddress(String text) {
    return new AccessContext(at, deviceId, Optional.of(text), figures, attributes);
  }

  /** The same with one more number, or another value of it. */
  public AccessContext withFigure(String name, double value) {
    Map<String, Double> more = new HashMap<>(figures);
    more.put(name, value);
    return new AccessContext(at, deviceId, address, more, attributes);
  }

  /** The same with one more attribute, or another value of it. */
  public AccessContext withAttribute(String name, String value) {
    Map<String, String> more = new HashMap<>(attributes);
    more.put(name, value);
    return new AccessContext(at, deviceId, address, figures, more);
  }

  /** The time and the device. */
  @Override
  public String toString() {
    return "AccessContext[" + at + ", " + deviceId.map(QilinException::quote).orElse("no device")
        + "]";
  }
}
