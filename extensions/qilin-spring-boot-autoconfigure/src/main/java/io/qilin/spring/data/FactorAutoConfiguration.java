package io.qilin.spring.data;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;
import io.qilin.api.factor.FactorSet;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.factor.Alpha101;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.Alpha360;
import io.qilin.core.factor.FactorEngine;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Factors: the operators that the application adds, and the engine. */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(FactorProperties.class)
public class FactorAutoConfiguration {
  /** For Spring. */
  public FactorAutoConfiguration() {}

  /**
   * The application's beans of {@link FactorOperator}.
   *
   * @throws QilinException if two have one name, or one has the name of a built-in operator
   */
  @Bean
  @ConditionalOnMissingBean
  FactorOperators qilinFactorOperators(ObjectProvider<FactorOperator> beans) {
    return FactorOperators.of(beans.orderedStream().toList());
  }

  /** Computes factors as the properties say. */
  @Bean
  @ConditionalOnMissingBean
  FactorEngine qilinFactorEngine(
      FactorProperties properties, FactorOperators operators, QilinHost host) {
    FactorEngine.Builder engine = FactorEngine.builder()
        .mode(properties.mode())
        .missing(properties.missing())
        .operators(operators);
    if (properties.parallel()) {
      engine.executor(host.executor());
    }
    if (properties.maxCost() != null) {
      engine.maxCost(properties.maxCost());
    }
    return engine.build();
  }

  /** Shows the sets that come with Qilin and the application's beans of {@link FactorSet}. */
  @Bean
  FactorPart qilinFactorPart(ObjectProvider<FactorSet> beans, FactorOperators operators) {
    List<FactorSet> sets =
        new ArrayList<>(List.of(Alpha158.factors(), Alpha360.factors(), Alpha101.factors()));
    sets.addAll(beans.orderedStream().toList());
    return new FactorPart(sets, operators.names());
  }
}
