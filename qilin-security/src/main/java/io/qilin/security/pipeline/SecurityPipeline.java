package io.qilin.security.pipeline;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.access.Authorizer;
import io.qilin.security.access.Identity;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditOutcome;
import io.qilin.security.audit.AuditTrail;
import io.qilin.security.threat.CallOutcome;
import io.qilin.security.threat.ThreatDetector;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a call through only after every step has said yes, in the order of {@link SecurityStep}: the origin is scored, the caller
 * authenticated, device and context verified, the action authorised by policy, the call scored again, a second factor asked for
 * where policy or score want one, and the intent recorded durably; only then the action runs, on plain data. Its answer is
 * protected before it leaves, and the outcome is recorded.
 *
 * <p><b>It fails closed.</b> There is no default for any step. A step that throws, answers null or anything but a number in its
 * range, or takes longer than the deadline, refuses the call. A call whose intent cannot be recorded is refused. The caller
 * learns a code and a correlation id ({@link CallRefused}), the audit log the step and the reason; no log and no exception holds
 * the credential, the payload or the text of a step's own failure above level DEBUG.
 *
 * <p>If the outcome of an action that was done cannot be recorded, or its answer not be protected, the caller gets {@link
 * CallRefused} although the action was done, the alert sink is told, and the intent stays in the log as one without outcome.
 *
 * <p>Steps run as one task on the executor, the action on the caller's thread. Immutable, and thread-safe as far as its parts
 * are.
 */
public final class SecurityPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(SecurityPipeline.class);
  private static final int ID_BYTES = 16;

  private final PipelineParts parts;

  private SecurityPipeline(PipelineParts parts) {
    this.parts = parts;
  }

  /**
   * Starts a pipeline.
   *
   * @param audit where intents, refusals and outcomes are recorded
   * @param clock for stamps and hours; monotonic time is the ticker's
   * @param ticker nanoseconds that never go back
   * @param random for correlation ids
   */
  public static Builder builder(
      AuditTrail audit, Clock clock, LongSupplier ticker, SecureRandom random) {
    return new Builder(audit, clock, ticker, random);
  }

  /**
   * Lets a call through, or refuses it.
   *
   * @param guard protects the answer before it leaves
   * @return the protected answer
   * @throws CallRefused with AUTHENTICATION, AUTHORIZATION, THREAT, STEP_UP_REQUIRED, AUDIT_UNAVAILABLE or
   *     SECURITY_UNAVAILABLE, or another code of security that a step gave
   */
  public <P, R> R execute(SecuredCall<P> call, SecuredAction<P, R> action, BoundaryGuard<R> guard) {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(guard, "guard");
    long start = parts.ticker().getAsLong();
    String id = call.correlationId().orElseGet(this::newId);
    Passage passage = new Passage(parts, call, id);
    Identity identity = cleared(passage, id, start);
    passage.enter(SecurityStep.EXECUTE);
    R answer;
    try {
      answer = action.run(call.payload(), identity);
    } catch (RuntimeException | Error failure) {
      failed(passage, id, start, failure);
      throw failure;
    }
    passage.enter(SecurityStep.PROTECT);
    R guarded = guarded(passage, id, start, answer, identity, guard);
    passage.enter(SecurityStep.OUTCOME);
    outcome(passage, id, start, passage.entry(AuditOutcome.SUCCEEDED));
    observe(SecurityStep.OUTCOME, Optional.empty(), start);
    return guarded;
  }

  private Identity cleared(Passage passage, String id, long start) {
    try {
      return within(passage);
    } catch (Refusal refusal) {
      throw refuse(passage, id, start, refusal);
    } catch (TimeoutException e) {
      passage.abandon();
      throw refuse(passage, id, start, late(passage.step()));
    }
  }

  private static Refusal late(SecurityStep step) {
    ErrorCode code = step == SecurityStep.AUDIT || step == SecurityStep.OUTCOME
        ? ErrorCode.AUDIT_UNAVAILABLE
        : ErrorCode.SECURITY_UNAVAILABLE;
    return new Refusal(step, code, "no answer within the deadline", null);
  }

  /** Runs a task within the deadline, and gives up on it afterwards. An interrupt is kept for the caller. */
  private <T> T within(Callable<T> work) throws TimeoutException {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      parts.executor().orElse(Runnable::run).execute(task);
    } catch (RuntimeException e) {
      throw new Refusal(
          SecurityStep.EXECUTE, ErrorCode.SECURITY_UNAVAILABLE, "the executor refused", e);
    }
    long end = parts.ticker().getAsLong() + parts.deadline().toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(Math.max(0, end - parts.ticker().getAsLong()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refusal refusal
          ? refusal
          : new Refusal(
              SecurityStep.EXECUTE,
              ErrorCode.SECURITY_UNAVAILABLE,
              "an error of the runtime",
              e.getCause());
    } finally {
      task.cancel(true);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Records a refusal, tells everybody, and makes what the caller gets. */
  private CallRefused refuse(Passage passage, String id, long start, Refusal refusal) {
    SecurityStep at = refusal.step() == SecurityStep.EXECUTE ? passage.step() : refusal.step();
    log(at, id, refusal);
    ErrorCode code = refusal.code();
    try {
      AuditEntry entry = passage
          .entry(AuditOutcome.DENIED)
          .attribute("refused.at", at.name())
          .attribute("code", Integer.toString(code.number()))
          .attribute("reason", refusal.reason())
          .build();
      CallOutcome outcome =
          code == ErrorCode.AUTHENTICATION ? CallOutcome.NOT_AUTHENTICATED : CallOutcome.REFUSED;
      within(ending(passage, SecurityStep.AUDIT, entry, outcome));
    } catch (Refusal | TimeoutException unrecorded) {
      code = ErrorCode.AUDIT_UNAVAILABLE;
      log(SecurityStep.AUDIT, id, unrecorded);
    }
    if (code.severity() == ErrorCode.Severity.CRITICAL) {
      alert(passage.came(), code, "a call was refused at " + at + "; correlation id " + id);
    }
    observe(at, Optional.of(code), start);
    return new CallRefused(code, id);
  }

  /** Records how a call ended and tells the signals, which nobody waits for longer than the deadline either. */
  private Callable<Boolean> ending(
      Passage passage, SecurityStep step, AuditEntry entry, CallOutcome outcome) {
    return () -> {
      try {
        parts.audit().record(entry);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new Refusal(step, ErrorCode.AUDIT_UNAVAILABLE, e.getClass().getSimpleName(), e);
      } finally {
        learn(passage, outcome);
      }
      return true;
    };
  }

  private <R> R guarded(
      Passage passage, String id, long start, R answer, Identity identity, BoundaryGuard<R> guard) {
    @Nullable Throwable cause = null;
    try {
      R made = guard.protect(answer, identity);
      if (made != null || answer == null) {
        return made;
      }
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      cause = e;
    }
    log(
        SecurityStep.PROTECT,
        id,
        new Refusal(
            SecurityStep.PROTECT, ErrorCode.SECURITY_UNAVAILABLE, "the guard failed", cause));
    outcome(
        passage, id, start, passage.entry(AuditOutcome.SUCCEEDED).attribute("answer", "withheld"));
    alert(
        passage.came(),
        ErrorCode.SECURITY_UNAVAILABLE,
        "an answer was withheld, as it could not be protected; correlation id " + id);
    observe(SecurityStep.PROTECT, Optional.of(ErrorCode.SECURITY_UNAVAILABLE), start);
    throw new CallRefused(ErrorCode.SECURITY_UNAVAILABLE, id);
  }

  private void failed(Passage passage, String id, long start, Throwable failure) {
    try {
      outcome(
          passage,
          id,
          start,
          passage
              .entry(AuditOutcome.FAILED)
              .attribute("failure", failure.getClass().getSimpleName()));
    } catch (CallRefused unrecorded) {
      failure.addSuppressed(unrecorded);
      return;
    }
    observe(SecurityStep.EXECUTE, Optional.empty(), start);
  }

  /** Records how an action ended. */
  private void outcome(Passage passage, String id, long start, AuditEntry.Builder entry) {
    try {
      within(ending(passage, SecurityStep.OUTCOME, entry.build(), CallOutcome.ALLOWED));
    } catch (Refusal | TimeoutException e) {
      log(SecurityStep.OUTCOME, id, e);
      alert(
          passage.came(),
          ErrorCode.AUDIT_UNAVAILABLE,
          "an action was done, but its outcome could not be recorded; correlation id " + id);
      observe(passage.step(), Optional.of(ErrorCode.AUDIT_UNAVAILABLE), start);
      throw new CallRefused(ErrorCode.AUDIT_UNAVAILABLE, id);
    }
  }

  /** Tells the signals; one that cannot learn is a reason to look, not to refuse what is already decided. */
  private void learn(Passage passage, CallOutcome outcome) {
    try {
      passage.learn(outcome);
    } catch (RuntimeException e) {
      LOG.warn("threat signals could not learn: {}", e.getClass().getSimpleName());
      LOG.debug("threat signals could not learn", e);
      alert(passage.came(), ErrorCode.SECURITY_UNAVAILABLE, "threat signals could not learn");
    }
  }

  private void alert(Instant at, ErrorCode code, String message) {
    try {
      parts.alerts().alert(new Alert(at, code, "security", message));
    } catch (RuntimeException e) {
      LOG.error("the alert sink failed at: {}", message, e);
    }
  }

  private void observe(SecurityStep last, Optional<ErrorCode> refusal, long start) {
    try {
      parts.observer().finished(last, refusal, parts.ticker().getAsLong() - start);
    } catch (RuntimeException e) {
      LOG.warn("the observer of the pipeline failed", e);
    }
  }

  private static void log(SecurityStep step, String id, Exception why) {
    String reason =
        why instanceof Refusal refusal ? refusal.reason() : why.getClass().getSimpleName();
    LOG.warn("refused at {}: {}; correlation id {}", step, reason, QilinException.quote(id));
    LOG.debug("refused at {}; correlation id {}", step, QilinException.quote(id), why);
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    parts.random().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Collects the steps; every one must be given or switched off by name with a reason. Not thread-safe. */
  public static final class Builder {
    private final AuditTrail audit;
    private final Clock clock;
    private final LongSupplier ticker;
    private final SecureRandom random;
    private final SortedMap<String, String> disabled = new TreeMap<>();
    private @Nullable Authenticator authenticator;
    private @Nullable DeviceVerifier device;
    private double minTrust = 0.5;
    private @Nullable ContextVerifier context;
    private double maxRisk = 0.7;
    private @Nullable Authorizer authorizer;
    private @Nullable ThreatDetector loginThreats;
    private @Nullable ThreatDetector threats;
    private @Nullable ThreatHandler threatHandler;
    private @Nullable StepUpVerifier secondFactor;
    private @Nullable AlertSink alerts;
    private PipelineObserver observer = (last, refusal, nanos) -> {};
    private Optional<Executor> executor = Optional.empty();
    private Duration deadline = Duration.ofSeconds(2);
    private boolean timed;

    private Builder(AuditTrail audit, Clock clock, LongSupplier ticker, SecureRandom random) {
      this.audit = Objects.requireNonNull(audit, "audit");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.random = Objects.requireNonNull(random, "random");
    }

    /** Who proves identities. */
    public Builder authenticate(Authenticator by) {
      authenticator = by;
      return this;
    }

    /** Who verifies devices, and the least trust in [0, 1] that passes; 0.5 is usual. */
    public Builder device(DeviceVerifier by, double leastTrust) {
      device = by;
      minTrust = leastTrust;
      return this;
    }

    /** Verifies no device. The reason stands in every record. */
    public Builder withoutDevice(String reason) {
      return without("device", reason, () -> device((identity, call) -> 1, 1));
    }

    /** Who verifies contexts, and the most risk in [0, 1] that passes; 0.7 is usual. */
    public Builder context(ContextVerifier by, double mostRisk) {
      context = by;
      maxRisk = mostRisk;
      return this;
    }

    /** Verifies no context. The reason stands in every record. */
    public Builder withoutContext(String reason) {
      return without("context", reason, () -> context((identity, call) -> 0, 0));
    }

    /** Who authorises. */
    public Builder authorize(Authorizer by) {
      authorizer = by;
      return this;
    }

    /**
     * Who scores calls, and who is told before one is refused for its score.
     *
     * @param beforeLogin scores the origin, when nobody is authenticated; its subject stands for the address
     * @param afterLogin scores the call of a known identity
     */
    public Builder threats(
        ThreatDetector beforeLogin, ThreatDetector afterLogin, ThreatHandler handler) {
      loginThreats = beforeLogin;
      threats = afterLogin;
      threatHandler = handler;
      return this;
    }

    /** Who checks second factors. */
    public Builder secondFactor(StepUpVerifier by) {
      secondFactor = by;
      return this;
    }

    /** Has no second factor: a call that needs one is refused. The reason stands in every record. */
    public Builder withoutSecondFactor(String reason) {
      return without("second-factor", reason, () -> secondFactor((identity, code) -> false));
    }

    /** Where a person is called. */
    public Builder alerts(AlertSink to) {
      alerts = to;
      return this;
    }

    /** Who counts calls; nobody unless set. */
    public Builder observer(PipelineObserver by) {
      observer = Objects.requireNonNull(by, "observer");
      return this;
    }

    /**
     * Where the steps run, and how long they may take together, the recording of the intent included; the recording of the
     * outcome may take as long once more.
     */
    public Builder deadline(Duration longest, Executor on) {
      deadline = longest;
      executor = Optional.of(on);
      timed = true;
      return this;
    }

    /** Runs the steps on the caller's thread: one that hangs holds the caller for ever. The reason stands in every record. */
    public Builder withoutDeadline(String reason) {
      return without("deadline", reason, () -> timed = true);
    }

    private Builder without(String what, String reason, Runnable set) {
      if (reason.isBlank()) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "say why the pipeline works without " + what + "; the reason is recorded");
      }
      disabled.put(what, reason);
      set.run();
      return this;
    }

    /**
     * The pipeline.
     *
     * @throws QilinException INVALID_CONFIGURATION if a step is neither given nor switched off, or a bound is out of range
     */
    public SecurityPipeline build() {
      List<String> missing = missing();
      if (!missing.isEmpty()) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "a security pipeline lacks " + String.join(", ", missing)
                + "; there is no default that lets calls pass");
      }
      if (!(minTrust > 0 && minTrust <= 1) || !(maxRisk >= 0 && maxRisk < 1)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "least trust is in (0, 1] and most risk in [0, 1), were " + minTrust + " and "
                + maxRisk);
      }
      if (deadline.isNegative()
          || deadline.isZero()
          || deadline.compareTo(Duration.ofMinutes(5)) > 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "a deadline is longer than nothing and at most five minutes, was " + deadline);
      }
      disabled.forEach((what, why) ->
          LOG.warn("the security pipeline works without {}: {}", what, QilinException.quote(why)));
      return new SecurityPipeline(new PipelineParts(
          Objects.requireNonNull(authenticator),
          Objects.requireNonNull(device),
          minTrust,
          Objects.requireNonNull(context),
          maxRisk,
          Objects.requireNonNull(authorizer),
          Objects.requireNonNull(loginThreats),
          Objects.requireNonNull(threats),
          Objects.requireNonNull(threatHandler),
          Objects.requireNonNull(secondFactor),
          audit,
          Map.copyOf(disabled),
          Objects.requireNonNull(alerts),
          observer,
          clock,
          ticker,
          random,
          executor,
          deadline));
    }

    private List<String> missing() {
      List<String> missing = new ArrayList<>();
      note(missing, "authenticate", authenticator != null);
      note(missing, "device", device != null);
      note(missing, "context", context != null);
      note(missing, "authorize", authorizer != null);
      note(missing, "threats", loginThreats != null && threats != null && threatHandler != null);
      note(missing, "secondFactor", secondFactor != null);
      note(missing, "alerts", alerts != null);
      note(missing, "deadline", timed);
      return missing;
    }

    private static void note(List<String> missing, String step, boolean given) {
      if (!given) {
        missing.add(step);
      }
    }
  }
}
