package io.qilin.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** Contexts with all of Qilin's auto-configurations, as Spring Boot finds them. */
public final class Contexts {
  private Contexts() {}

  /** A context that is not refreshed yet, and as patient as a busy machine asks for. */
  public static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(qilins())
        .withPropertyValues(
            "qilin.data.deadline=1m", "qilin.data.open-within=1m", "qilin.ops.health.timeout=1m");
  }

  /** All that the imports file names. */
  public static AutoConfigurations qilins() {
    ClassLoader loader = Contexts.class.getClassLoader();
    List<Class<?>> all = new ArrayList<>();
    for (String name : ImportCandidates.load(AutoConfiguration.class, loader)) {
      if (name.startsWith("io.qilin.") && !name.contains("Boot4")) {
        all.add(ClassUtils.resolveClassName(name, loader));
      }
    }
    return AutoConfigurations.of(all.toArray(Class[]::new));
  }
}
