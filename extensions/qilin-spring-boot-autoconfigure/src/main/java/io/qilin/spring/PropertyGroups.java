package io.qilin.spring;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/** The groups of properties below {@code qilin}. A name in none of them would be bound by nobody, and missed by nobody. */
final class PropertyGroups {
  private static final ConfigurationPropertyName QILIN = ConfigurationPropertyName.of("qilin");
  private static final Set<String> GROUPS =
      Set.of("enabled", "host", "data", "factors", "llm", "desk", "mlops", "security", "ops");
  private static final Set<String> SECURITY = Set.of("audit", "pipeline");

  private PropertyGroups() {}

  /**
   * Looks for names in no group. Environment variables and system properties are left out, as they are where Spring Boot
   * looks for names that are not known.
   *
   * @throws UnboundConfigurationPropertiesException with those that it finds
   */
  static void check(Environment environment) {
    Set<ConfigurationProperty> unknown = new LinkedHashSet<>();
    UnboundElementsSourceFilter looked = new UnboundElementsSourceFilter();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (looked.apply(source) && source instanceof IterableConfigurationPropertySource names) {
        names.stream()
            .filter(PropertyGroups::unknown)
            .map(source::getConfigurationProperty)
            .filter(Objects::nonNull)
            .forEach(unknown::add);
      }
    }
    if (!unknown.isEmpty()) {
      throw new UnboundConfigurationPropertiesException(unknown);
    }
  }

  private static boolean unknown(ConfigurationPropertyName name) {
    if (!QILIN.isAncestorOf(name)) {
      return false;
    }
    String group = name.getElement(1, Form.DASHED);
    return !GROUPS.contains(group)
        || (group.equals("security")
            && (name.getNumberOfElements() < 3
                || !SECURITY.contains(name.getElement(2, Form.DASHED))));
  }
}
