package io.qilin.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** A condition that holds if one of some properties is set, or one below it. */
public abstract class PropertiesBelow extends SpringBootCondition {
  private final List<String> names;

  /** Any of these. */
  protected PropertiesBelow(String... names) {
    this.names = List.of(names);
  }

  @Override
  public final ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Qilin's properties");
    for (ConfigurationPropertySource source :
        ConfigurationPropertySources.get(context.getEnvironment())) {
      for (String text : names) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(text);
        if (source.getConfigurationProperty(name) != null
            || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
          return ConditionOutcome.match(message.because(text + " is set"));
        }
      }
    }
    return ConditionOutcome.noMatch(message.because("none of " + names + " is set"));
  }
}
