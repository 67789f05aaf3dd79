package io.qilin.spring;

import io.qilin.api.error.QilinException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Says why Qilin keeps an application from starting: the property, its value, where it was set, and how to mend it. */
public final class QilinFailureAnalyzer extends AbstractFailureAnalyzer<QilinException>
    implements Ordered {
  private final Environment environment;

  /**
   * An analyzer of one application.
   *
   * @param environment where properties were set
   */
  public QilinFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  /** Before Spring Boot's own, which know less. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, QilinException cause) {
    @Nullable PropertyRefused refused = findCause(rootFailure, PropertyRefused.class);
    @Nullable BindException unbound = findCause(rootFailure, BindException.class);
    if (refused == null && unbound != null) {
      // The value is not shown: it may be a secret.
      String property = unbound.getName().toString();
      return new FailureAnalysis(
          "Qilin refused a property:\n\n    Property: " + property + origin(property),
          "Change the value of " + property + " or remove it: " + cause.getMessage(),
          rootFailure);
    }
    if (refused == null) {
      return new FailureAnalysis(
          "Qilin refused the start: " + cause.getMessage(),
          "See what the message asks for; the code " + cause.code() + " is described in Qilin's"
              + " list of errors.",
          rootFailure);
    }
    String description = "Qilin refused a property:\n\n    Property: " + refused.property()
        + "\n    Value: " + refused.value() + origin(refused.property());
    return new FailureAnalysis(
        description,
        "Change the value of " + refused.property() + ": " + refused.mend(),
        rootFailure);
  }

  private String origin(String property) {
    if (!ConfigurationPropertyName.isValid(property)) {
      return "";
    }
    ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      @Nullable Origin origin = Origin.from(source.getConfigurationProperty(name));
      if (origin != null) {
        return "\n    Origin: " + origin;
      }
    }
    return "";
  }
}
