package io.qilin.security.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.access.AccessRequest;
import io.qilin.security.access.Decision;
import io.qilin.security.access.Identity;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditOutcome;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityPipelineTest {
  private final PipelineFixture fixture = new PipelineFixture();

  @Test
  void whenAllAgree_thenTheActionRunsBetweenIntentAndOutcome() {
    List<String> order = new ArrayList<>();
    fixture.audit = entry -> {
      order.add(entry.outcome().name());
      fixture.recorded.add(entry);
    };

    String answer = fixture
        .pipeline()
        .execute(
            PipelineFixture.call().build(),
            (payload, identity) -> {
              order.add("action on " + payload);
              return "plain";
            },
            (plain, identity) -> {
              order.add("guard of " + plain);
              return "masked";
            });

    assertThat(answer).isEqualTo("masked");
    assertThat(order)
        .containsExactly("INTENT", "action on canary-payload", "guard of plain", "SUCCEEDED");
    AuditEntry intent = fixture.recorded.get(0);
    assertThat(intent.identity().text()).isEqualTo("zhang");
    assertThat(intent.action().text()).isEqualTo("read");
    assertThat(intent.resource().text()).isEqualTo("factors/alpha158");
    assertThat(intent.correlationId().text()).isEqualTo("c-1");
    assertThat(intent.attributes())
        .containsKeys(
            "address",
            "device",
            "device.trust",
            "context.risk",
            "access.rule",
            "threat.threat",
            "without.deadline");
    assertThat(fixture.recorded.toString()).doesNotContain("canary");
    assertThat(fixture.observed).containsExactly("OUTCOME");
    assertThat(fixture.alerted).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.5, true", "0.4999, false", "1, true"})
  void whenTheTrustInADeviceIsAtItsBound_thenTheBoundPasses(double trust, boolean passes) {
    fixture.device = (identity, call) -> trust;
    assertOutcome(passes, ErrorCode.AUTHENTICATION, "DEVICE AUTHENTICATION");
  }

  @ParameterizedTest
  @CsvSource({"0.7, true", "0.7001, false", "0, true"})
  void whenTheRiskOfAContextIsAtItsBound_thenTheBoundPasses(double risk, boolean passes) {
    fixture.context = (identity, call) -> risk;
    assertOutcome(passes, ErrorCode.AUTHORIZATION, "CONTEXT AUTHORIZATION");
  }

  @ParameterizedTest
  @CsvSource({"0.39, true", "0.71, false"})
  void whenTheOriginIsScored_thenItEndsBeforeAnybodyIsAuthenticated(double score, boolean passes) {
    fixture.loginScore = call -> score;
    assertOutcome(passes, ErrorCode.THREAT, "ORIGIN THREAT");
    if (!passes) {
      assertThat(fixture.handled).containsExactly("?");
      assertThat(fixture.alerted).hasSize(1);
      assertThat(fixture.alerted.get(0).code()).isEqualTo(ErrorCode.THREAT);
    }
  }

  @Test
  void whenTheScoreIsAboveTheLimit_thenTheHandlerIsToldBeforeTheRefusal() {
    fixture.score = call -> 0.71;
    assertOutcome(false, ErrorCode.THREAT, "THREAT THREAT");
    assertThat(fixture.handled).containsExactly("zhang");
  }

  @Test
  void whenTheHandlerFails_thenTheCallIsStillRefusedForItsThreat() {
    fixture.score = call -> 0.71;
    fixture.handler = (call, subject, found) -> {
      throw new IllegalStateException("out of order");
    };
    assertOutcome(false, ErrorCode.THREAT, "THREAT THREAT");
    assertThat(fixture.recorded.get(0).attributes()).containsKey("threat.handler");
  }

  @Test
  void whenCredentialsProveNobody_thenTheCodeSaysSoAndTheSignalsLearn() {
    fixture.authenticator = call -> {
      throw new QilinException(ErrorCode.AUTHENTICATION, "the token has expired: canary");
    };
    assertOutcome(false, ErrorCode.AUTHENTICATION, "AUTHENTICATE AUTHENTICATION");
    assertThat(fixture.recorded.get(0).identity().text()).isEqualTo("?");
  }

  @Test
  void whenThePolicyDenies_thenTheRuleStandsInTheRecordOnly() {
    fixture.authorizer = request -> new Decision.Deny("no-trading", "traders only");
    assertOutcome(false, ErrorCode.AUTHORIZATION, "AUTHORIZE AUTHORIZATION");
    assertThat(fixture.recorded.get(0).attributes().get("access.rule").text())
        .isEqualTo("no-trading");
  }

  @Test
  void whenThePolicyIsAsked_thenItKnowsActionDeviceAddressAndRisk() {
    List<AccessRequest> asked = new ArrayList<>();
    fixture.authorizer = request -> {
      asked.add(request);
      return new Decision.Allow("r", "ok");
    };
    fixture.run(PipelineFixture.call().attribute("networkZone", "office").build());

    AccessRequest request = asked.get(0);
    assertThat(request.action()).isEqualTo("read");
    assertThat(request.resource()).isEqualTo("factors/alpha158");
    assertThat(request.context().at()).isEqualTo(PipelineFixture.NOW);
    assertThat(request.context().address()).contains("203.0.113.7");
    assertThat(request.context().deviceId()).contains("phone");
    assertThat(request.context().figures())
        .containsEntry("deviceTrust", 0.9)
        .containsEntry("risk", 0.1);
    assertThat(request.context().attributes()).containsEntry("networkZone", "office");
  }

  @Test
  void whenPolicyOrScoreAskForASecondFactor_thenOnlyARightOneLetsTheCallPass() {
    fixture.score = call -> 0.5;
    assertOutcome(false, ErrorCode.STEP_UP_REQUIRED, "STEP_UP STEP_UP_REQUIRED");
    assertRefused(
        PipelineFixture.call().secondFactor(Secret.of("654321")), ErrorCode.AUTHENTICATION);
    assertThat(
            fixture.run(PipelineFixture.call().secondFactor(Secret.of("123456")).build()))
        .isEqualTo("canary-payload for zhang");
  }

  @Test
  void whenThePolicyAsksForASecondFactor_thenItIsAskedAgainAboutTheFreshIdentity() {
    fixture.authorizer = request -> request.identity().methods().contains("otp")
        ? new Decision.Allow("r", "fresh")
        : new Decision.StepUp("r", "old", Set.of("otp"), Duration.ofMinutes(5));
    assertRefused(PipelineFixture.call(), ErrorCode.STEP_UP_REQUIRED);
    assertThat(
            fixture.run(PipelineFixture.call().secondFactor(Secret.of("123456")).build()))
        .isNotEmpty();

    fixture.authorizer =
        request -> new Decision.StepUp("r", "never enough", Set.of("otp"), Duration.ofMinutes(5));
    assertRefused(
        PipelineFixture.call().secondFactor(Secret.of("123456")), ErrorCode.AUTHORIZATION);
  }

  @Test
  void whenAScoreAsksBeforeLogin_thenASecondFactorIsNeededToo() {
    fixture.loginScore = call -> 0.5;
    assertRefused(PipelineFixture.call(), ErrorCode.STEP_UP_REQUIRED);
  }

  @Test
  void whenTheIntentCannotBeRecorded_thenNothingIsDone() {
    fixture.audit = entry -> {
      throw new QilinException(ErrorCode.AUDIT_UNAVAILABLE, "disk full");
    };
    assertOutcome(false, ErrorCode.AUDIT_UNAVAILABLE, "AUDIT AUDIT_UNAVAILABLE");
    assertThat(fixture.alerted).isNotEmpty();
  }

  @Test
  void whenTheOutcomeCannotBeRecorded_thenTheCallerAndAPersonLearnIt() {
    fixture.audit = entry -> {
      if (entry.outcome() == AuditOutcome.SUCCEEDED) {
        throw new QilinException(ErrorCode.AUDIT_UNAVAILABLE, "disk full");
      }
      fixture.recorded.add(entry);
    };
    assertThatThrownBy(fixture::run)
        .isInstanceOf(CallRefused.class)
        .hasMessageContaining("QILIN-6010");
    assertThat(fixture.done).hasValue(1);
    assertThat(fixture.alerted.get(0).message()).contains("was done").contains("c-1");
    assertThat(fixture.observed).containsExactly("OUTCOME AUDIT_UNAVAILABLE");
  }

  @Test
  void whenTheActionFails_thenItsFailureIsRecordedAndReachesTheCaller() {
    IllegalArgumentException failure = new IllegalArgumentException("canary");
    assertThatThrownBy(() -> fixture
            .pipeline()
            .execute(
                PipelineFixture.call().build(),
                (payload, identity) -> {
                  throw failure;
                },
                (answer, identity) -> answer))
        .isSameAs(failure);
    assertThat(fixture.recorded)
        .extracting(AuditEntry::outcome)
        .containsExactly(AuditOutcome.INTENT, AuditOutcome.FAILED);
    assertThat(fixture.recorded.get(1).attributes().get("failure").text())
        .isEqualTo("IllegalArgumentException");
    assertThat(fixture.recorded.toString()).doesNotContain("canary");
    assertThat(fixture.observed).containsExactly("EXECUTE");
  }

  @Test
  void whenAFailureCannotBeRecorded_thenItCarriesThatItWasNot() {
    fixture.audit = entry -> {
      if (entry.outcome() == AuditOutcome.FAILED) {
        throw new QilinException(ErrorCode.AUDIT_UNAVAILABLE, "disk full");
      }
    };
    assertThatThrownBy(() -> fixture
            .pipeline()
            .execute(
                PipelineFixture.call().build(),
                (payload, identity) -> {
                  throw new IllegalArgumentException("no");
                },
                (answer, identity) -> answer))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasSize(1).hasOnlyElementsOfType(CallRefused.class));
  }

  @Test
  void whenAnAnswerCannotBeProtected_thenItIsWithheldAndTheRecordSaysSo() {
    for (BoundaryGuard<String> guard :
        List.<BoundaryGuard<String>>of((answer, identity) -> null, (answer, identity) -> {
          throw new IllegalStateException("no key");
        })) {
      PipelineFixture own = new PipelineFixture();
      assertThatThrownBy(() -> own.pipeline()
              .execute(PipelineFixture.call().build(), (payload, identity) -> "plain", guard))
          .isInstanceOf(CallRefused.class)
          .hasMessageContaining("QILIN-6013");
      assertThat(own.recorded.get(1).outcome()).isEqualTo(AuditOutcome.SUCCEEDED);
      assertThat(own.recorded.get(1).attributes().get("answer").text()).isEqualTo("withheld");
      assertThat(own.alerted).hasSize(1);
      assertThat(own.observed).containsExactly("PROTECT SECURITY_UNAVAILABLE");
    }
  }

  @Test
  void whenTheExecutorRefuses_thenTheCallIsRefused() {
    fixture.executor = java.util.Optional.of(task -> {
      throw new RejectedExecutionException("full");
    });
    assertThatThrownBy(fixture::run).isInstanceOf(CallRefused.class);
    assertThat(fixture.done).hasValue(0);
  }

  @Test
  void whenTheCallerIsInterrupted_thenTheCallEndsWellAndTheInterruptIsKept() {
    Thread.currentThread().interrupt();
    assertThat(fixture.run()).isNotEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fixture.recorded)
        .extracting(AuditEntry::outcome)
        .containsExactly(AuditOutcome.INTENT, AuditOutcome.SUCCEEDED);
  }

  @Test
  void whenAlertsAndObserversFail_thenTheCallDoesNotCare() {
    fixture.observer = (last, refusal, nanos) -> {
      throw new IllegalStateException("out of order");
    };
    assertThat(fixture.run()).isNotEmpty();
    fixture.score = call -> 0.9;
    fixture.alerts = alert -> {
      throw new IllegalStateException("out of order");
    };
    assertRefused(PipelineFixture.call(), ErrorCode.THREAT);
  }

  @Test
  void whenNoCorrelationIdIsGiven_thenOneOf128BitsIsDrawn() {
    SecuredCall<String> call = SecuredCall.builder(
            Secret.of("x"), "read", "factors", "payload", "203.0.113.7")
        .build();
    fixture.run(call);
    fixture.run(call);
    assertThat(fixture.recorded)
        .extracting(entry -> entry.correlationId().text())
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
    assertThat(fixture.recorded.get(0).correlationId())
        .isEqualTo(fixture.recorded.get(1).correlationId());
    assertThat(fixture.recorded.get(0).correlationId())
        .isNotEqualTo(fixture.recorded.get(2).correlationId());
  }

  @Test
  void whenAStepIsMissing_thenThePipelineDoesNotExist() {
    assertThatThrownBy(() -> SecurityPipeline.builder(
                entry -> {}, Clock.systemUTC(), System::nanoTime, new SecureRandom())
            .build())
        .hasMessageContaining("QILIN-1")
        .hasMessageContaining(
            "authenticate, device, context, authorize, threats, secondFactor, alerts, deadline");
  }

  @Test
  void whenAStepIsSwitchedOff_thenEveryRecordSaysWhy() {
    SecurityPipeline.Builder builder = SecurityPipeline.builder(
        entry -> fixture.recorded.add(entry), fixture.clock, System::nanoTime, new SecureRandom());
    assertThatThrownBy(() -> builder.withoutDevice(" ")).hasMessageContaining("device");
    SecurityPipeline pipeline = builder
        .authenticate(call -> Identity.of("zhang"))
        .withoutDevice("one machine")
        .withoutContext("one room")
        .withoutSecondFactor("none yet")
        .withoutDeadline("a test")
        .authorize(request -> new Decision.Allow("r", "ok"))
        .threats(calm(), calm(), (call, subject, found) -> {})
        .alerts(alert -> {})
        .build();
    pipeline.execute(
        PipelineFixture.call().build(), (payload, identity) -> 1, (answer, identity) -> answer);
    assertThat(fixture.recorded.get(0).attributes().get("without.device").text())
        .isEqualTo("one machine");
    assertThat(fixture.recorded.get(1).attributes().get("without.second-factor").text())
        .isEqualTo("none yet");
  }

  private static io.qilin.security.threat.ThreatDetector calm() {
    return io.qilin.security.threat.ThreatDetector.builder(
            io.qilin.security.threat.ThreatBands.DEFAULT)
        .signal(new io.qilin.security.threat.CredentialStuffing(100), 1)
        .build();
  }

  @Test
  void whenACallIsMadeOfNonsense_thenItCannotExist() {
    Secret secret = Secret.of("x");
    assertThatThrownBy(() -> SecuredCall.builder(secret, "", "r", 1, "a"))
        .hasMessageContaining("action");
    assertThatThrownBy(() -> SecuredCall.builder(secret, "a", "r".repeat(257), 1, "a"))
        .hasMessageContaining("resource");
    assertThatThrownBy(() -> SecuredCall.builder(secret, "a", "r", 1, ""))
        .hasMessageContaining("address");
    SecuredCall.Builder<Integer> call = SecuredCall.builder(secret, "a", "r".repeat(256), 1, "a");
    for (int k = 0; k < 32; k++) {
      call.attribute("n" + k, "v");
    }
    assertThatThrownBy(() -> call.attribute("one-more", "v")).hasMessageContaining("32");
    assertThat(PipelineFixture.call().build().toString()).contains("read").doesNotContain("canary");
  }

  private void assertOutcome(boolean passes, ErrorCode code, String observed) {
    if (passes) {
      assertThat(fixture.run()).isNotEmpty();
      return;
    }
    assertRefused(PipelineFixture.call(), code);
    assertThat(fixture.observed).containsExactly(observed);
    assertThat(fixture.recorded)
        .extracting(AuditEntry::outcome)
        .doesNotContain(AuditOutcome.INTENT);
  }

  private void assertRefused(SecuredCall.Builder<String> call, ErrorCode code) {
    assertThatThrownBy(() -> fixture.run(call.build()))
        .isInstanceOfSatisfying(CallRefused.class, e -> {
          assertThat(e.code()).isEqualTo(code);
          assertThat(e.correlationId()).isEqualTo("c-1");
        })
        .hasNoCause()
        .hasMessageNotContaining("canary");
    assertThat(fixture.done.get()).isLessThanOrEqualTo(1);
  }
}
