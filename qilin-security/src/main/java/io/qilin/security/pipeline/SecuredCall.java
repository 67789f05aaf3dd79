package io.qilin.security.pipeline;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.threat.GeoPoint;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A call that asks to be let through. Nothing in it is believed: the identity comes from the credential, never from the call.
 * Immutable; prints neither credential nor payload.
 *
 * @param <P> what the action works on
 */
public final class SecuredCall<P> {
  private static final int LONGEST = 256;
  private static final int MOST_ATTRIBUTES = 32;

  private final Secret credential;
  private final String action;
  private final String resource;
  private final P payload;
  private final String address;
  private final Optional<String> deviceId;
  private final Optional<GeoPoint> place;
  private final Optional<Secret> secondFactor;
  private final OptionalDouble screening;
  private final Optional<String> correlationId;
  private final SortedMap<String, String> attributes;

  private SecuredCall(Builder<P> from) {
    this.credential = from.credential;
    this.action = from.action;
    this.resource = from.resource;
    this.payload = from.payload;
    this.address = from.address;
    this.deviceId = from.deviceId;
    this.place = from.place;
    this.secondFactor = from.secondFactor;
    this.screening = from.screening;
    this.correlationId = from.correlationId;
    this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(from.attributes));
  }

  /**
   * Starts a call.
   *
   * @param credential what the caller shows, for example a bearer token
   * @param action what is asked for, for example {@code read}
   * @param resource on what, for example {@code factors/alpha158}
   * @param payload what the action works on; the pipeline hands it over as it is and never looks into it
   * @param address the network the call comes from, as found by the host and not as claimed by the caller
   */
  public static <P> Builder<P> builder(
      Secret credential, String action, String resource, P payload, String address) {
    return new Builder<>(credential, action, resource, payload, address);
  }

  /**
   * Collects the parts of a call. Not thread-safe.
   *
   * @param <P> what the action works on
   */
  public static final class Builder<P> {
    private final Secret credential;
    private final String action;
    private final String resource;
    private final P payload;
    private final String address;
    private Optional<String> deviceId = Optional.empty();
    private Optional<GeoPoint> place = Optional.empty();
    private Optional<Secret> secondFactor = Optional.empty();
    private OptionalDouble screening = OptionalDouble.empty();
    private Optional<String> correlationId = Optional.empty();
    private final Map<String, String> attributes = new TreeMap<>();

    private Builder(Secret credential, String action, String resource, P payload, String address) {
      this.credential = Objects.requireNonNull(credential, "credential");
      this.action = checked(action, "action");
      this.resource = checked(resource, "resource");
      this.payload = Objects.requireNonNull(payload, "payload");
      this.address = checked(address, "address");
    }

    /** The device that the call claims to come from; none unless set. */
    public Builder<P> deviceId(String id) {
      deviceId = Optional.of(checked(id, "device id"));
      return this;
    }

    /** Where the address lies, as found by the host; not known unless set. */
    public Builder<P> place(GeoPoint found) {
      place = Optional.of(found);
      return this;
    }

    /** A one-time password; none unless set. */
    public Builder<P> secondFactor(Secret code) {
      secondFactor = Optional.of(code);
      return this;
    }

    /** The score of the request's screening in [0, 1]; not screened unless set. */
    public Builder<P> screening(double score) {
      screening = OptionalDouble.of(score);
      return this;
    }

    /** What ties log, audit and answer together; the pipeline draws one unless set. */
    public Builder<P> correlationId(String id) {
      correlationId = Optional.of(checked(id, "correlation id"));
      return this;
    }

    /** Something else, found by the host, that verifiers and policy may look at; not secret, at most 32 of them. */
    public Builder<P> attribute(String name, String value) {
      attributes.put(checked(name, "attribute name"), checked(value, "attribute"));
      if (attributes.size() > MOST_ATTRIBUTES) {
        throw QilinException.invalid("a call has at most " + MOST_ATTRIBUTES + " attributes");
      }
      return this;
    }

    /** The call. */
    public SecuredCall<P> build() {
      return new SecuredCall<>(this);
    }

    private static String checked(String text, String what) {
      if (text.isEmpty() || text.length() > LONGEST) {
        throw QilinException.invalid(
            "the " + what + " of a call has 1 to " + LONGEST + " characters, had " + text.length());
      }
      return text;
    }
  }

  /** What the caller shows. */
  public Secret credential() {
    return credential;
  }

  /** What is asked for. */
  public String action() {
    return action;
  }

  /** On what. */
  public String resource() {
    return resource;
  }

  /** What the action works on. */
  public P payload() {
    return payload;
  }

  /** The network the call comes from. */
  public String address() {
    return address;
  }

  /** The device that the call claims to come from. */
  public Optional<String> deviceId() {
    return deviceId;
  }

  /** Where the address lies. */
  public Optional<GeoPoint> place() {
    return place;
  }

  /** A one-time password. */
  public Optional<Secret> secondFactor() {
    return secondFactor;
  }

  /** The score of the request's screening in [0, 1]. */
  public OptionalDouble screening() {
    return screening;
  }

  /** What ties log, audit and answer together, if the host gave one. */
  public Optional<String> correlationId() {
    return correlationId;
  }

  /** What else verifiers may look at. */
  public SortedMap<String, String> attributes() {
    return attributes;
  }

  /** Action, resource and address. */
  @Override
  public String toString() {
    return "call of " + QilinException.quote(action) + " on " + QilinException.quote(resource)
        + " from " + QilinException.quote(address);
  }
}
