package io.qilin.spring.actuate;

import io.qilin.ops.health.HealthRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The health of Qilin's parts for Spring Boot 4, where these types lie in a module of their own. */
final class Boot4HealthContributor implements CompositeHealthContributor {
  private final HealthRegistry registry;
  private final List<String> parts;

  Boot4HealthContributor(HealthRegistry registry, List<String> parts) {
    this.registry = registry;
    this.parts = List.copyOf(parts);
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return parts.contains(name) ? indicator(name) : null;
  }

  @Override
  public Stream<Entry> stream() {
    return parts.stream().map(name -> new Entry(name, indicator(name)));
  }

  private HealthIndicator indicator(String name) {
    return () -> {
      ReportedHealth found = ReportedHealth.of(registry, name);
      return Health.status(found.status()).withDetails(found.details()).build();
    };
  }
}
