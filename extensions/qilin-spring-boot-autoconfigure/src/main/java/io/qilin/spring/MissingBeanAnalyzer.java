package io.qilin.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Names the property without which a bean of Qilin is not made, where an application injects it. */
public final class MissingBeanAnalyzer
    extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> implements Ordered {
  private static final String LLM = "qilin.llm.models";
  private static final String MLOPS = "qilin.mlops.directory";
  private static final String AUDIT = "qilin.security.audit.directory";

  /** By name, as the modules may be missing. */
  static final Map<String, String> PROPERTIES = Map.ofEntries(
      Map.entry("io.qilin.api.source.MarketDataSource", "qilin.data.source"),
      Map.entry("io.qilin.data.failover.SourceChain", "qilin.data.source"),
      Map.entry("io.qilin.api.llm.LlmClient", LLM),
      Map.entry("io.qilin.agents.llm.LlmRouter", LLM),
      Map.entry("io.qilin.agents.llm.LlmBudget", "qilin.llm.budget.tokens-per-day"),
      Map.entry("io.qilin.api.model.ModelRegistry", MLOPS),
      Map.entry("io.qilin.api.model.ExperimentTracker", MLOPS),
      Map.entry("io.qilin.mlops.artifact.ArtifactStore", MLOPS),
      Map.entry("io.qilin.mlops.store.Database", MLOPS),
      Map.entry("io.qilin.mlops.job.JobService", MLOPS),
      Map.entry("io.qilin.security.audit.AuditTrail", AUDIT),
      Map.entry("io.qilin.security.audit.AuditLog", AUDIT),
      Map.entry("io.qilin.security.pipeline.SecurityPipeline", "qilin.security.pipeline.enabled"),
      Map.entry("io.qilin.ops.quota.StrategyQuotas", "qilin.ops.quotas.workers"));

  /** For {@code spring.factories}. */
  public MissingBeanAnalyzer() {}

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, NoSuchBeanDefinitionException cause) {
    Class<?> type = cause.getBeanType();
    String property = type == null ? null : PROPERTIES.get(type.getName());
    if (type == null || property == null || cause instanceof NoUniqueBeanDefinitionException) {
      return null;
    }
    return new FailureAnalysis(
        "The application needs a bean of " + type.getName() + ", and there is none.",
        "Set " + property + ", or define a bean of this type. The README of"
            + " qilin-spring-boot-autoconfigure lists what each bean of Qilin needs.",
        rootFailure);
  }
}
