package io.qilin.security.gateway;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.limit.ClientAddresses;
import io.qilin.security.limit.LimitKey;
import io.qilin.security.limit.LimitVerdict;
import io.qilin.security.limit.RateLimiter;
import io.qilin.security.screening.RequestScreener;
import io.qilin.security.screening.ScreenedRequest;
import io.qilin.security.screening.Verdict;
import io.qilin.security.signing.ApiKey;
import io.qilin.security.signing.ApiKeyRefusal;
import io.qilin.security.signing.ApiKeyVerdict;
import io.qilin.security.signing.ApiKeys;
import io.qilin.security.signing.BodyHash;
import io.qilin.security.signing.HeaderField;
import io.qilin.security.signing.RequestVerifier;
import io.qilin.security.signing.SignableRequest;
import io.qilin.security.signing.SignatureRefusal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a request in the one right order ({@link GatewayStep}): lengths, then the rates of all and of the address, so that
 * a flood costs nothing more; then the API key and the rate of its owner; then signature and nonce; and last the search for
 * attacks, which is the dearest. The first check that refuses ends it, and a check that fails refuses.
 *
 * <p>There is no default that lets requests pass: each part is given, or switched off by name with a reason that {@link
 * #withoutParts()} shows. The signature must be made with the API key that the request carries. Safe to share between threads as far
 * as its parts are.
 */
public final class Gateway {
  /** The header of the API key. */
  public static final String API_KEY_HEADER = "x-api-key";

  private static final double THRESHOLD = 5;

  private final RequestSizes sizes;
  private final RateLimiter global;
  private final ClientAddresses addresses;
  private final RateLimiter perAddress;
  private final Optional<ApiKeys> keys;
  private final Function<ScreenedRequest, String> scope;
  private final Optional<RateLimiter> perOwner;
  private final ToLongFunction<ScreenedRequest> weight;
  private final Optional<RequestVerifier> signatures;
  private final RequestScreener screener;
  private final SortedMap<String, String> without;

  private Gateway(Builder from) {
    this.sizes = from.sizes;
    this.global = from.global;
    this.addresses = from.addresses;
    this.perAddress = from.perAddress;
    this.keys = Optional.ofNullable(from.keys);
    this.scope = from.scope;
    this.perOwner = Optional.ofNullable(from.perOwner);
    this.weight = from.weight;
    this.signatures = Optional.ofNullable(from.signatures);
    this.screener = from.screener;
    this.without = Collections.unmodifiableSortedMap(new TreeMap<>(from.without));
  }

  /**
   * Starts a gateway.
   *
   * @param global the rate of all callers together
   * @param perAddress the rate of one address
   * @param addresses finds the address that counts
   * @param screener searches for attacks
   */
  public static Builder builder(
      RateLimiter global,
      RateLimiter perAddress,
      ClientAddresses addresses,
      RequestScreener screener) {
    return new Builder(global, perAddress, addresses, screener);
  }

  /** The parts that are switched off, each with the reason. */
  public SortedMap<String, String> withoutParts() {
    return without;
  }

  /**
   * Checks a request. Does not throw for anything that a request may hold.
   *
   * @param request as it came in
   * @param peer the other end of the connection
   */
  public GatewayVerdict admit(ScreenedRequest request, InetAddress peer) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(peer, "peer");
    Visit visit = new Visit(request, peer);
    try {
      return visit.checked();
    } catch (QilinException e) {
      boolean security = e.code().number() >= ErrorCode.AUTHENTICATION.number();
      return refused(
          visit.step,
          security ? e.code() : ErrorCode.SECURITY_UNAVAILABLE,
          "QILIN-" + e.code().number());
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return refused(visit.step, ErrorCode.SECURITY_UNAVAILABLE, e.getClass().getSimpleName());
    }
  }

  private static GatewayVerdict refused(GatewayStep step, ErrorCode code, String reason) {
    return new GatewayVerdict.Refused(step, code, Optional.empty(), reason);
  }

  /** One request on its way through the checks. For one thread. */
  private final class Visit {
    private final ScreenedRequest request;
    private final InetAddress peer;
    private GatewayStep step = GatewayStep.SIZE;

    private Visit(ScreenedRequest request, InetAddress peer) {
      this.request = request;
      this.peer = peer;
    }

    private GatewayVerdict checked() {
      Optional<String> tooLong = tooLong();
      if (tooLong.isPresent()) {
        return refused(step, ErrorCode.INPUT_REJECTED, tooLong.get());
      }
      step = GatewayStep.GLOBAL_LIMIT;
      LimitVerdict all = global.take(LimitKey.global("gateway"), 1);
      if (!all.admitted()) {
        return tooOften(all);
      }
      step = GatewayStep.ADDRESS_LIMIT;
      LimitKey address = addresses.key(peer, values(addresses.headerName()));
      LimitVerdict own = perAddress.take(address, 1);
      if (!own.admitted()) {
        return tooOften(own);
      }
      return keys.isPresent() ? keyed(address, keys.get()) : screened(address, Optional.empty());
    }

    private Optional<String> tooLong() {
      if (request.headers().size() > sizes.headers()) {
        return Optional.of(request.headers().size() + " headers");
      }
      long chars = (long) request.method().length() + request.target().length();
      for (ScreenedRequest.Header header : request.headers()) {
        chars += header.name().length() + header.value().length();
      }
      if (chars > sizes.headerChars()) {
        return Optional.of(chars + " characters of headers");
      }
      int body = request.bodyLength();
      return body > sizes.bodyBytes() ? Optional.of(body + " bytes of body") : Optional.empty();
    }

    private GatewayVerdict tooOften(LimitVerdict verdict) {
      Optional<Duration> wait =
          verdict.fold(Optional::empty, refused -> Optional.of(refused.retryAfter()));
      return new GatewayVerdict.Refused(step, ErrorCode.RATE_LIMITED, wait, "too many requests");
    }

    private GatewayVerdict keyed(LimitKey address, ApiKeys known) {
      step = GatewayStep.API_KEY;
      List<String> shown = values(API_KEY_HEADER);
      if (shown.size() > 1) {
        return refused(step, ErrorCode.AUTHENTICATION, ApiKeyRefusal.MALFORMED.name());
      }
      ApiKeyVerdict verdict =
          known.verify(shown.isEmpty() ? null : shown.get(0), scope.apply(request));
      return verdict.fold(
          key -> owned(address, key),
          no -> refused(
              step,
              no.reason() == ApiKeyRefusal.UNAVAILABLE
                  ? ErrorCode.SECURITY_UNAVAILABLE
                  : no.reason() == ApiKeyRefusal.SCOPE
                      ? ErrorCode.AUTHORIZATION
                      : ErrorCode.AUTHENTICATION,
              no.reason().name()));
    }

    private GatewayVerdict owned(LimitKey address, ApiKey key) {
      step = GatewayStep.PRINCIPAL_LIMIT;
      if (perOwner.isPresent()) {
        LimitVerdict verdict =
            perOwner.get().take(LimitKey.apiKey(key.id()), weight.applyAsLong(request));
        if (!verdict.admitted()) {
          return tooOften(verdict);
        }
      }
      step = GatewayStep.SIGNATURE;
      return signatures.isEmpty()
          ? screened(address, Optional.of(key))
          : signatures
              .get()
              .verify(signable())
              .fold(
                  keyId -> keyId.equals(key.id())
                      ? screened(address, Optional.of(key))
                      : refused(step, ErrorCode.AUTHENTICATION, "signed with another key"),
                  no -> refused(
                      step,
                      no.reason() == SignatureRefusal.UNAVAILABLE
                          ? ErrorCode.SECURITY_UNAVAILABLE
                          : ErrorCode.AUTHENTICATION,
                      no.reason().name()));
    }

    private SignableRequest signable() {
      List<HeaderField> fields = new ArrayList<>();
      for (ScreenedRequest.Header header : request.headers()) {
        fields.add(new HeaderField(header.name(), header.value()));
      }
      return SignableRequest.of(
          request.method(), request.target(), fields, BodyHash.of(request.body()));
    }

    private GatewayVerdict screened(LimitKey address, Optional<ApiKey> key) {
      step = GatewayStep.SCREENING;
      Verdict verdict = screener.screen(request);
      return switch (verdict.outcome()) {
        case PASS ->
          new GatewayVerdict.Admitted(
              address, key, verdict.score() / (verdict.score() + THRESHOLD));
        case REFUSE_ATTACK -> refused(step, ErrorCode.THREAT, "score " + verdict.score());
        case REFUSE_LIMIT -> refused(step, ErrorCode.INPUT_REJECTED, "a limit of the screening");
        case REFUSE_FAILURE ->
          refused(step, ErrorCode.SECURITY_UNAVAILABLE, "the screening failed");
      };
    }

    private List<String> values(String name) {
      return request.headers().stream()
          .filter(header -> header.name().toLowerCase(Locale.ROOT).equals(name))
          .map(ScreenedRequest.Header::value)
          .toList();
    }
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    private final RateLimiter global;
    private final RateLimiter perAddress;
    private final ClientAddresses addresses;
    private final RequestScreener screener;
    private final SortedMap<String, String> without = new TreeMap<>();
    private RequestSizes sizes = RequestSizes.DEFAULT;
    private @Nullable ApiKeys keys;
    private Function<ScreenedRequest, String> scope = request -> "";
    private @Nullable RateLimiter perOwner;
    private ToLongFunction<ScreenedRequest> weight = request -> 1;
    private @Nullable RequestVerifier signatures;

    private Builder(
        RateLimiter global,
        RateLimiter perAddress,
        ClientAddresses addresses,
        RequestScreener screener) {
      this.global = Objects.requireNonNull(global, "global");
      this.perAddress = Objects.requireNonNull(perAddress, "perAddress");
      this.addresses = Objects.requireNonNull(addresses, "addresses");
      this.screener = Objects.requireNonNull(screener, "screener");
    }

    /** The longest request; {@link RequestSizes#DEFAULT} unless set. */
    public Builder sizes(RequestSizes longest) {
      sizes = Objects.requireNonNull(longest, "sizes");
      return this;
    }

    /**
     * The API keys, and the rate of each key's owner.
     *
     * @param scope what a request needs its key for
     * @param rate of one key
     * @param cost permits of a request, at least 1
     */
    public Builder apiKeys(
        ApiKeys known,
        Function<ScreenedRequest, String> scope,
        RateLimiter rate,
        ToLongFunction<ScreenedRequest> cost) {
      keys = Objects.requireNonNull(known, "known");
      this.scope = Objects.requireNonNull(scope, "scope");
      perOwner = Objects.requireNonNull(rate, "rate");
      weight = Objects.requireNonNull(cost, "cost");
      return this;
    }

    /** Works without API keys, and so without signatures. */
    public Builder withoutApiKeys(String reason) {
      switchedOff("api-keys", reason);
      return withoutSignatures(reason);
    }

    /** Who checks signatures. */
    public Builder signatures(RequestVerifier verifier) {
      signatures = Objects.requireNonNull(verifier, "verifier");
      return this;
    }

    /** Works without signatures. */
    public Builder withoutSignatures(String reason) {
      switchedOff("signatures", reason);
      return this;
    }

    private void switchedOff(String part, String reason) {
      if (reason.isBlank()) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "say why the gateway works without " + part);
      }
      without.put(part, reason);
    }

    /**
     * The gateway.
     *
     * @throws QilinException INVALID_CONFIGURATION if API keys or signatures are neither given nor switched off, or both
     */
    public Gateway build() {
      decided("api-keys", keys != null);
      decided("signatures", signatures != null);
      return new Gateway(this);
    }

    private void decided(String part, boolean given) {
      if (given == without.containsKey(part)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "give the gateway its " + part + " or switch them off with a reason, one of both");
      }
    }
  }
}
