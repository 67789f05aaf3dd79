package io.qilin.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;

/**
 * Names a property below {@code qilin} that is not known, a slip of the pen mostly. Spring Boot's own analyzer prints the
 * value as well, which may be a secret under a misspelt name.
 */
public final class UnknownPropertyAnalyzer
    extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> implements Ordered {
  /** For {@code spring.factories}. */
  public UnknownPropertyAnalyzer() {}

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
    List<String> lines = new ArrayList<>();
    for (ConfigurationProperty property : cause.getUnboundProperties()) {
      String name = property.getName().toString();
      if (!name.startsWith("qilin.")) {
        return null;
      }
      @Nullable Origin origin = property.getOrigin();
      lines.add("    Property: " + name + (origin == null ? "" : "\n    Origin: " + origin));
    }
    return new FailureAnalysis(
        "Qilin does not know a property:\n\n" + String.join("\n\n", lines),
        "Correct the name or remove the property. Qilin's properties with their defaults are listed"
            + " in the README of qilin-spring-boot-autoconfigure; names of a provider's own settings"
            + " go below 'settings'.",
        rootFailure);
  }
}
