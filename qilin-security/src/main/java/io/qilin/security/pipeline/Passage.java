package io.qilin.security.pipeline;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.access.AccessContext;
import io.qilin.security.access.AccessRequest;
import io.qilin.security.access.Decision;
import io.qilin.security.access.Identity;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditOutcome;
import io.qilin.security.threat.CallOutcome;
import io.qilin.security.threat.ThreatAssessment;
import io.qilin.security.threat.ThreatCall;
import io.qilin.security.threat.ThreatDetector;
import io.qilin.security.threat.ThreatVerdict;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through all steps before the action. Runs once, on any thread; what it found out so far may be read from
 * another thread, which gives up when time is over.
 */
final class Passage implements Callable<Identity> {
  private static final String UNKNOWN = "?";
  /** Before the address of a caller who is not known yet; no subject of an identity that a person can type begins so. */
  private static final String ORIGIN = "\u0000";

  /** RFC 8176. */
  private static final String ONE_TIME_PASSWORD = "otp";

  private final PipelineParts parts;
  private final SecuredCall<?> call;
  private final String correlationId;
  private volatile SecurityStep step = SecurityStep.ORIGIN;
  private volatile boolean abandoned;
  private volatile String subject = UNKNOWN;
  private volatile Instant came = Instant.EPOCH;
  /** What was found, for the record; replaced as a whole. */
  private volatile Map<String, String> findings = Map.of();

  Passage(PipelineParts parts, SecuredCall<?> call, String correlationId) {
    this.parts = parts;
    this.call = call;
    this.correlationId = correlationId;
  }

  SecurityStep step() {
    return step;
  }

  String subject() {
    return subject;
  }

  Map<String, String> findings() {
    return findings;
  }

  /** When the call came; the epoch if no clock told it. */
  Instant came() {
    return came;
  }

  /** Says that nobody waits any more: no intent is recorded after it. */
  void abandon() {
    abandoned = true;
  }

  /** Tells the signals how the call ended. */
  void learn(CallOutcome outcome) {
    parts.loginThreats().learn(threatCall(came, ORIGIN + call.address()), outcome);
    if (!subject.equals(UNKNOWN)) {
      parts.threats().learn(threatCall(came, subject), outcome);
    }
  }

  /** What signals know of the call, at a moment. */
  private ThreatCall threatCall(Instant now, String who) {
    return new ThreatCall(
        now,
        who,
        call.address(),
        call.deviceId(),
        call.place(),
        call.action(),
        call.resource(),
        call.screening());
  }

  /**
   * Proves everything and records the intent.
   *
   * @throws Refusal at the first step that does not let the call pass
   */
  @Override
  public Identity call() {
    try {
      return pass();
    } catch (Refusal refusal) {
      throw refusal;
    } catch (NotAuthenticated e) {
      throw new Refusal(step, ErrorCode.AUTHENTICATION, e.reason(), e);
    } catch (QilinException e) {
      throw new Refusal(step, ownCode(e.code()), "QILIN-" + e.code().number(), e);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw unavailable(e.getClass().getSimpleName(), e);
    }
  }

  private Identity pass() {
    Instant now = given(parts.clock().instant(), "the clock answered null");
    came = now;
    boolean more = assess(parts.loginThreats(), now, ORIGIN + call.address());
    enter(SecurityStep.AUTHENTICATE);
    Identity identity =
        given(parts.authenticator().authenticate(call), "the authenticator answered null");
    subject = identity.subject();
    enter(SecurityStep.DEVICE);
    double trust = parts.device().trust(identity, call);
    note("device.trust", Double.toString(trust));
    if (!(trust >= parts.minTrust() && trust <= 1)) {
      throw refused(ErrorCode.AUTHENTICATION, "device trust " + trust);
    }
    enter(SecurityStep.CONTEXT);
    double risk = parts.context().risk(identity, call);
    note("context.risk", Double.toString(risk));
    if (!(risk >= 0 && risk <= parts.maxRisk())) {
      throw refused(ErrorCode.AUTHORIZATION, "context risk " + risk);
    }
    enter(SecurityStep.AUTHORIZE);
    Decision decision = decide(identity, trust, risk);
    if (decision instanceof Decision.Deny) {
      throw refused(ErrorCode.AUTHORIZATION, "the policy denies it");
    }
    boolean fresh = decision instanceof Decision.StepUp;
    enter(SecurityStep.THREAT);
    more |= assess(parts.threats(), now, identity.subject());
    if (more || fresh) {
      identity = stepUp(identity, now);
    }
    if (fresh && !decide(identity, trust, risk).allowed()) {
      throw refused(ErrorCode.AUTHORIZATION, "the policy denies it with a second factor too");
    }
    enter(SecurityStep.AUDIT);
    if (abandoned) {
      throw unavailable("nobody waits any more", null);
    }
    parts.audit().record(entry(AuditOutcome.INTENT).build());
    return identity;
  }

  /** Asks the policy; what it says is recorded. */
  private Decision decide(Identity identity, double trust, double risk) {
    AccessContext context =
        AccessContext.at(came).withAddress(call.address()).withFigure(AccessContext.RISK, risk);
    for (Map.Entry<String, String> one : call.attributes().entrySet()) {
      context = context.withAttribute(one.getKey(), one.getValue());
    }
    if (call.deviceId().isPresent()) {
      context = context.withDevice(call.deviceId().get(), trust);
    }
    Decision decision = given(
        parts
            .authorizer()
            .decide(new AccessRequest(identity, call.action(), call.resource(), context)),
        "the policy answered null");
    note("access.rule", decision.rule());
    note("access.reason", decision.reason());
    return decision;
  }

  /** Whether the score asks for a second factor. */
  private boolean assess(ThreatDetector detector, Instant now, String who) {
    ThreatCall seen = threatCall(now, who);
    ThreatAssessment found = detector.assess(seen);
    note("threat." + step.name().toLowerCase(Locale.ROOT), Double.toString(found.score()));
    if (found.verdict() == ThreatVerdict.DENY) {
      tell(found);
      throw refused(ErrorCode.THREAT, "threat score " + found.score());
    }
    return found.verdict() == ThreatVerdict.STEP_UP;
  }

  private void tell(ThreatAssessment found) {
    try {
      parts.threatHandler().handle(call, subject, found);
    } catch (RuntimeException e) {
      note("threat.handler", "failed: " + e.getClass().getSimpleName());
    }
  }

  /** The identity, with the second factor that the call carries. */
  private Identity stepUp(Identity identity, Instant now) {
    enter(SecurityStep.STEP_UP);
    if (call.secondFactor().isEmpty()) {
      throw refused(ErrorCode.STEP_UP_REQUIRED, "no second factor");
    }
    if (!parts.secondFactor().verify(identity, call.secondFactor().get())) {
      throw refused(ErrorCode.AUTHENTICATION, "wrong second factor");
    }
    note("second-factor", "verified");
    Set<String> methods = new TreeSet<>(identity.methods());
    methods.add(ONE_TIME_PASSWORD);
    return identity.withAuthentication(methods, now);
  }

  /** An entry about this call with all that was found so far. */
  AuditEntry.Builder entry(AuditOutcome outcome) {
    AuditEntry.Builder builder = AuditEntry.builder(
            subject, call.action(), call.resource(), outcome)
        .correlationId(correlationId)
        .attribute("address", call.address())
        .attribute("step", step.name());
    call.deviceId().ifPresent(id -> builder.attribute("device", id));
    parts.disabled().forEach((name, why) -> builder.attribute("without." + name, why));
    findings.forEach(builder::attribute);
    return builder;
  }

  void enter(SecurityStep next) {
    step = next;
  }

  private void note(String name, String value) {
    Map<String, String> more = new TreeMap<>(findings);
    more.put(name, value);
    findings = Collections.unmodifiableMap(more);
  }

  private <T> T given(@Nullable T value, String otherwise) {
    if (value == null) {
      throw unavailable(otherwise, null);
    }
    return value;
  }

  private Refusal refused(ErrorCode code, String reason) {
    return new Refusal(step, code, reason, null);
  }

  private Refusal unavailable(String reason, @Nullable Throwable cause) {
    ErrorCode code =
        step == SecurityStep.AUDIT ? ErrorCode.AUDIT_UNAVAILABLE : ErrorCode.SECURITY_UNAVAILABLE;
    return new Refusal(step, code, reason, cause);
  }

  /** The code under which the caller sees a step's own failure: a code of another area says nothing to it. */
  private ErrorCode ownCode(ErrorCode code) {
    boolean security = code.number() >= ErrorCode.AUTHENTICATION.number();
    if (security) {
      return code;
    }
    return step == SecurityStep.AUDIT
        ? ErrorCode.AUDIT_UNAVAILABLE
        : ErrorCode.SECURITY_UNAVAILABLE;
  }
}
