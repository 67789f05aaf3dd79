package io.qilin.spring.actuate;

import io.qilin.ops.health.HealthRegistry;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;

/** The health of Qilin's parts for Spring Boot 3. */
final class QilinHealthContributor implements CompositeHealthContributor {
  private final HealthRegistry registry;
  private final List<String> parts;

  QilinHealthContributor(HealthRegistry registry, List<String> parts) {
    this.registry = registry;
    this.parts = List.copyOf(parts);
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return parts.contains(name) ? indicator(name) : null;
  }

  @Override
  public Iterator<NamedContributor<HealthContributor>> iterator() {
    return parts.stream()
        .map(name -> NamedContributor.<HealthContributor>of(name, indicator(name)))
        .iterator();
  }

  private HealthIndicator indicator(String name) {
    return () -> {
      ReportedHealth found = ReportedHealth.of(registry, name);
      return Health.status(found.status()).withDetails(found.details()).build();
    };
  }
}
