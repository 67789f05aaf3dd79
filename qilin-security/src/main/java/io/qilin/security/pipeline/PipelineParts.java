package io.qilin.security.pipeline;

import io.qilin.api.alert.AlertSink;
import io.qilin.security.access.Authorizer;
import io.qilin.security.audit.AuditTrail;
import io.qilin.security.threat.ThreatDetector;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** What a pipeline is made of. */
record PipelineParts(
    Authenticator authenticator,
    DeviceVerifier device,
    double minTrust,
    ContextVerifier context,
    double maxRisk,
    Authorizer authorizer,
    ThreatDetector loginThreats,
    ThreatDetector threats,
    ThreatHandler threatHandler,
    StepUpVerifier secondFactor,
    AuditTrail audit,
    Map<String, String> disabled,
    AlertSink alerts,
    PipelineObserver observer,
    Clock clock,
    LongSupplier ticker,
    SecureRandom random,
    Optional<Executor> executor,
    Duration deadline) {}
