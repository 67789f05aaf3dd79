package io.qilin.security.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.limit.ClientAddresses;
import io.qilin.security.limit.LimitKey;
import io.qilin.security.limit.LimitStore;
import io.qilin.security.limit.LimitVerdict;
import io.qilin.security.limit.RateLimiter;
import io.qilin.security.screening.RequestScreener;
import io.qilin.security.screening.ScreenedRequest;
import io.qilin.security.signing.ApiKeys;
import io.qilin.security.signing.IssuedApiKey;
import io.qilin.security.signing.MemoryApiKeyStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private static final LimitStore OPEN = (key, weight) -> LimitVerdict.Admitted.NOW;
  private static final LimitStore CLOSED =
      (key, weight) -> new LimitVerdict.Refused(Duration.ofMillis(1500));

  private final ApiKeys keys =
      ApiKeys.of(new MemoryApiKeyStore(), Clock.systemUTC(), new SecureRandom());
  private final IssuedApiKey issued = keys.issue("desk-1", Set.of("orders"), Duration.ofDays(1));
  private final List<String> asked = new ArrayList<>();

  private LimitStore noting(String name, LimitStore store) {
    return (key, weight) -> {
      asked.add(name + " " + key.kind() + " " + weight);
      return store.take(key, weight);
    };
  }

  private Gateway gateway(LimitStore all, LimitStore address, LimitStore owner) {
    return Gateway.builder(
            RateLimiter.of(noting("all", all)),
            RateLimiter.of(noting("address", address)),
            ClientAddresses.direct(),
            RequestScreener.DEFAULT)
        .apiKeys(keys, request -> "orders", RateLimiter.of(noting("owner", owner)), request -> 3)
        .withoutSignatures("the test of the order has none")
        .build();
  }

  private ScreenedRequest.Builder request() {
    return ScreenedRequest.builder("POST", "/orders?side=buy")
        .header("Host", "qilin.test")
        .header("X-API-Key", issued.secret().reveal())
        .header("Content-Type", "application/json")
        .body("{\"symbol\": \"600519.SH\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static InetAddress peer() {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static GatewayVerdict.Refused refused(GatewayVerdict verdict) {
    return verdict.fold(
        admitted -> {
          throw new AssertionError("admitted");
        },
        no -> no);
  }

  @Test
  void whenAllIsWell_thenTheRequestGoesOnAndEachLimitWasAskedOnceInOrder() {
    GatewayVerdict.Admitted admitted =
        gateway(OPEN, OPEN, OPEN).admit(request().build(), peer()).orThrow();
    assertThat(admitted.key()).contains(issued.key());
    assertThat(admitted.address()).isEqualTo(new LimitKey(LimitKey.Kind.ADDRESS, "203.0.113.7"));
    assertThat(admitted.screening()).isGreaterThanOrEqualTo(0).isLessThan(0.5);
    assertThat(asked).containsExactly("all GLOBAL 1", "address ADDRESS 1", "owner API_KEY 3");
  }

  @Test
  void whenARequestIsTooLong_thenNothingElseIsAsked() {
    Gateway gateway = gateway(CLOSED, CLOSED, CLOSED);
    ScreenedRequest body = request().body(new byte[(1 << 20) + 1]).build();
    ScreenedRequest header = request().header("X-Long", "x".repeat(8192)).build();
    ScreenedRequest.Builder many = request();
    for (int k = 0; k < 98; k++) {
      many.header("X-" + k, "v");
    }
    for (ScreenedRequest one : List.of(body, header, many.build())) {
      GatewayVerdict.Refused no = refused(gateway.admit(one, peer()));
      assertThat(no.step()).isEqualTo(GatewayStep.SIZE);
      assertThat(no.code()).isEqualTo(ErrorCode.INPUT_REJECTED);
    }
    assertThat(asked).isEmpty();
    assertThat(refused(gateway.admit(request().body(new byte[1 << 20]).build(), peer()))
            .step())
        .isEqualTo(GatewayStep.GLOBAL_LIMIT);
  }

  @Test
  void whenALimitIsReached_thenItsStepRefusesAndSaysWhenToComeAgain() {
    GatewayVerdict verdict = gateway(OPEN, CLOSED, OPEN).admit(request().build(), peer());
    GatewayVerdict.Refused no = refused(verdict);
    assertThat(no.step()).isEqualTo(GatewayStep.ADDRESS_LIMIT);
    assertThat(no.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(no.retryAfter()).contains(Duration.ofMillis(1500));
    assertThat(asked).containsExactly("all GLOBAL 1", "address ADDRESS 1");
    assertThatThrownBy(verdict::orThrow)
        .hasMessageContaining("QILIN-6002")
        .hasMessageContaining("try again in 2 s");
    assertThat(refused(gateway(CLOSED, OPEN, OPEN).admit(request().build(), peer()))
            .step())
        .isEqualTo(GatewayStep.GLOBAL_LIMIT);
    assertThat(refused(gateway(OPEN, OPEN, CLOSED).admit(request().build(), peer()))
            .step())
        .isEqualTo(GatewayStep.PRINCIPAL_LIMIT);
  }

  @Test
  void whenAKeyIsMissingWrongDoubledOrOfAnotherScope_thenItIsRefusedInType() {
    Gateway gateway = gateway(OPEN, OPEN, OPEN);
    ScreenedRequest none =
        ScreenedRequest.builder("GET", "/").header("Host", "qilin.test").build();
    assertKey(gateway, none, ErrorCode.AUTHENTICATION, "MISSING");
    ScreenedRequest wrong = ScreenedRequest.builder("GET", "/")
        .header("Host", "qilin.test")
        .header("X-API-Key", "rubbish")
        .build();
    assertKey(gateway, wrong, ErrorCode.AUTHENTICATION, "MALFORMED");
    ScreenedRequest twice =
        request().header("x-api-key", issued.secret().reveal()).build();
    assertKey(gateway, twice, ErrorCode.AUTHENTICATION, "MALFORMED");
    Gateway other = Gateway.builder(
            RateLimiter.of(OPEN),
            RateLimiter.of(OPEN),
            ClientAddresses.direct(),
            RequestScreener.DEFAULT)
        .apiKeys(keys, request -> "admin", RateLimiter.of(OPEN), request -> 1)
        .withoutSignatures("test")
        .build();
    assertKey(other, request().build(), ErrorCode.AUTHORIZATION, "SCOPE");
  }

  private static void assertKey(
      Gateway gateway, ScreenedRequest request, ErrorCode code, String reason) {
    GatewayVerdict.Refused no = refused(gateway.admit(request, peer()));
    assertThat(no.step()).isEqualTo(GatewayStep.API_KEY);
    assertThat(no.code()).isEqualTo(code);
    assertThat(no.reason()).isEqualTo(reason);
  }

  @Test
  void whenARequestIsAnAttack_thenOnlyTheLastStepSaysSo() {
    ScreenedRequest attack = request()
        .body("{\"symbol\": \"' UNION SELECT password FROM users --\"}"
            .getBytes(StandardCharsets.UTF_8))
        .build();
    GatewayVerdict.Refused no = refused(gateway(OPEN, OPEN, OPEN).admit(attack, peer()));
    assertThat(no.step()).isEqualTo(GatewayStep.SCREENING);
    assertThat(no.code()).isEqualTo(ErrorCode.THREAT);
    assertThat(asked).hasSize(3);
  }

  @Test
  void whenAPartFails_thenTheRequestIsRefused() {
    for (LimitStore broken : List.<LimitStore>of(
        (key, weight) -> null,
        (key, weight) -> {
          throw new IllegalStateException("canary");
        },
        (key, weight) -> {
          throw new AssertionError("canary");
        })) {
      for (Gateway gateway : List.of(
          gateway(broken, OPEN, OPEN), gateway(OPEN, broken, OPEN), gateway(OPEN, OPEN, broken))) {
        GatewayVerdict.Refused no = refused(gateway.admit(request().build(), peer()));
        assertThat(no.code()).isEqualTo(ErrorCode.SECURITY_UNAVAILABLE);
        assertThat(no.reason()).doesNotContain("canary");
      }
    }
    Gateway scopeless = Gateway.builder(
            RateLimiter.of(OPEN),
            RateLimiter.of(OPEN),
            ClientAddresses.direct(),
            RequestScreener.DEFAULT)
        .apiKeys(
            keys,
            request -> {
              throw new IllegalStateException("canary");
            },
            RateLimiter.of(OPEN),
            request -> 1)
        .withoutSignatures("test")
        .build();
    assertThat(refused(scopeless.admit(request().build(), peer())).code())
        .isEqualTo(ErrorCode.SECURITY_UNAVAILABLE);
  }

  @Test
  void whenAPartIsNeitherGivenNorSwitchedOff_thenThereIsNoGateway() {
    Gateway.Builder builder = Gateway.builder(
        RateLimiter.of(OPEN),
        RateLimiter.of(OPEN),
        ClientAddresses.direct(),
        RequestScreener.DEFAULT);
    assertThatThrownBy(builder::build).hasMessageContaining("api-keys");
    assertThatThrownBy(() -> builder.withoutApiKeys(" ")).hasMessageContaining("say why");
    Gateway open = builder.withoutApiKeys("an internal network").build();
    assertThat(open.withoutParts()).containsOnlyKeys("api-keys", "signatures");
    assertThat(open.admit(request().build(), peer()).orThrow().key()).isEmpty();
    assertThatThrownBy(() -> Gateway.builder(
                RateLimiter.of(OPEN),
                RateLimiter.of(OPEN),
                ClientAddresses.direct(),
                RequestScreener.DEFAULT)
            .apiKeys(keys, request -> "a", RateLimiter.of(OPEN), request -> 1)
            .build())
        .hasMessageContaining("signatures");
    assertThatThrownBy(() -> new RequestSizes(-1, 0, 0)).hasMessageContaining("-1");
  }
}
