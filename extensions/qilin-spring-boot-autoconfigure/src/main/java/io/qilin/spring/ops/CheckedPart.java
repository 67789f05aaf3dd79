package io.qilin.spring.ops;

import io.qilin.ops.health.HealthResult;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.Map;
import java.util.function.Supplier;

/** Shows a part that tells its health itself. */
final class CheckedPart implements QilinPart {
  private final String name;
  private final boolean required;
  private final Supplier<HealthResult> health;
  private final Supplier<Map<String, Object>> description;

  CheckedPart(
      String name,
      boolean required,
      Supplier<HealthResult> health,
      Supplier<Map<String, Object>> description) {
    this.name = name;
    this.required = required;
    this.health = health;
    this.description = description;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean required() {
    return required;
  }

  @Override
  public PartState state() {
    return States.from(health.get());
  }

  @Override
  public Map<String, Object> description() {
    return description.get();
  }
}
