package io.qilin.security.threat;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What signals know of one call. Immutable.
 *
 * @param at when the call came
 * @param subject who calls, as far as known: an identity, or what the caller claims to be before that is proved
 * @param address the network the call comes from, for example an IPv4 address or the /64 of an IPv6 one
 * @param deviceId the device, if the call names one
 * @param place where the address lies, if the host knows
 * @param action what is asked for
 * @param resource on what
 * @param screening the score of the request's screening in [0, 1], if it was screened
 */
public record ThreatCall(
    Instant at,
    String subject,
    String address,
    Optional<String> deviceId,
    Optional<GeoPoint> place,
    String action,
    String resource,
    OptionalDouble screening) {
  private static final int LONGEST = 512;

  /**
   * Checks the lengths, as state is kept by these texts.
   *
   * @throws QilinException INVALID_ARGUMENT if a text is longer than 512 characters, or the screening is outside [0, 1]
   */
  public ThreatCall {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(place, "place");
    checkLength(subject, "subject");
    checkLength(address, "address");
    checkLength(action, "action");
    checkLength(resource, "resource");
    deviceId.ifPresent(id -> checkLength(id, "device id"));
    if (screening.isPresent() && !(screening.getAsDouble() >= 0 && screening.getAsDouble() <= 1)) {
      throw QilinException.invalid(
          "a screening score is in [0, 1], was " + screening.getAsDouble());
    }
  }

  private static void checkLength(String text, String what) {
    if (text.length() > LONGEST) {
      throw QilinException.invalid("the " + what + " of a call has at most " + LONGEST
          + " characters, had " + text.length());
    }
  }
}
