package io.qilin.security.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.secret.Secret;
import io.qilin.security.access.Identity;
import io.qilin.security.mfa.Enrolment;
import io.qilin.security.mfa.MemoryMfaStore;
import io.qilin.security.mfa.OtpSettings;
import io.qilin.security.mfa.SecondFactor;
import io.qilin.security.token.JwsAlgorithm;
import io.qilin.security.token.TokenGrant;
import io.qilin.security.token.TokenIssuer;
import io.qilin.security.token.TokenKey;
import io.qilin.security.token.TokenKeys;
import io.qilin.security.token.TokenVerifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenAuthenticatorTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final SecureRandom random = new SecureRandom();
  private final TokenKeys keys =
      TokenKeys.of(TokenKey.secret("k1", JwsAlgorithm.HS256, random.generateSeed(32)));
  private final TokenIssuer issuer = TokenIssuer.of(keys, "qilin", "desk", clock, random);
  private final Authenticator authenticator = new TokenAuthenticator(
      TokenVerifier.builder(keys, "qilin", "desk", clock).withoutRevocation().build());

  private SecuredCall<Integer> call(String credential) {
    return SecuredCall.builder(Secret.of(credential), "read", "factors", 1, "203.0.113.7")
        .build();
  }

  @Test
  void whenATokenIsGenuine_thenItGivesAnIdentityWithoutPermissions() {
    String token = issuer
        .issue(TokenGrant.builder("t-1")
            .userId("zhang")
            .roles(List.of("analyst"))
            .permissions(List.of("trade:**"))
            .mfaHint()
            .authenticated(List.of("pwd"), NOW)
            .build())
        .text()
        .reveal();
    Identity identity = authenticator.authenticate(call("Bearer " + token));
    assertThat(identity.subject()).isEqualTo("zhang");
    assertThat(identity.roleHints()).containsExactly("analyst");
    assertThat(identity.methods()).containsExactly("pwd");
    assertThat(identity.authenticatedAt()).contains(NOW);
    assertThat(identity.attributes()).containsOnlyKeys(TokenAuthenticator.MFA_HINT);
  }

  @Test
  void whenATokenIsNotAccepted_thenTheReasonIsForTheAuditLogOnly() {
    PipelineFixture fixture = new PipelineFixture();
    fixture.authenticator = authenticator;
    assertThatThrownBy(() -> fixture.run(PipelineFixture.call().build()))
        .isInstanceOfSatisfying(
            CallRefused.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION))
        .hasNoCause();
    assertThat(fixture.recorded.get(0).attributes().get("reason").text()).matches("[A-Z_]+");
    assertThatThrownBy(() -> new NotAuthenticated("the token 123"))
        .hasMessageContaining("one fixed word");
    assertThat(new NotAuthenticated("EXPIRED").reason()).isEqualTo("EXPIRED");
    assertThat(new NotAuthenticated("EXPIRED")).hasMessageNotContaining("EXPIRED");
  }

  @Test
  void whenNobodyIsEnrolled_thenNoCodeIsRight() {
    SecondFactor factor = SecondFactor.of(new MemoryMfaStore(), clock, random, OtpSettings.DEFAULT);
    StepUpVerifier verifier = StepUpVerifier.codes(factor);
    assertThat(verifier.verify(Identity.of("zhang"), Secret.of("123456"))).isFalse();
    Enrolment enrolled = factor.enrol("zhang", "Qilin");
    assertThat(verifier.verify(Identity.of("zhang"), Secret.of("123456"))).isFalse();
    assertThat(enrolled).isNotNull();
  }
}
