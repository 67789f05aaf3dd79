package io.qilin.spring.agents;

import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.llm.BudgetCap;
import io.qilin.agents.llm.BudgetLedger;
import io.qilin.agents.llm.BudgetRun;
import io.qilin.agents.llm.BudgetedClient;
import io.qilin.agents.llm.LlmBudget;
import io.qilin.agents.llm.LlmRoute;
import io.qilin.agents.llm.LlmRouter;
import io.qilin.agents.monitor.ObservedLlmClient;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmProvider;
import io.qilin.api.secret.SecretProvider;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/** The language models that properties name, as one {@link LlmClient}: within a budget, with failover, observed. */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnClass(LlmRouter.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(LlmProperties.class)
public class LlmAutoConfiguration {
  /** For Spring. */
  public LlmAutoConfiguration() {}

  /** The models, unless the application has a client of its own. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(ModelsNamed.class)
  @ConditionalOnMissingBean(LlmClient.class)
  static class Models {
    /** Keeps the counters of the budget over restarts. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("qilin.llm.budget.ledger")
    BudgetLedger qilinBudgetLedger(LlmProperties properties) {
      try {
        return BudgetLedger.open(Objects.requireNonNull(properties.budget().ledger()));
      } catch (QilinException e) {
        throw PropertyRefused.of(
            "qilin.llm.budget.ledger", String.valueOf(properties.budget().ledger()), e);
      }
    }

    /** What all models may use in a day. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("qilin.llm.budget.tokens-per-day")
    LlmBudget qilinLlmBudget(
        LlmProperties properties, QilinHost host, ObjectProvider<BudgetLedger> ledger) {
      long tokens = Objects.requireNonNull(properties.budget().tokensPerDay());
      LlmBudget.Builder budget = LlmBudget.builder(BudgetCap.ofTokens(tokens), host.clock());
      ledger.ifAvailable(budget::ledger);
      return budget.build();
    }

    /** The models as one client, which closes them. */
    @Bean
    LlmRouter qilinLlmRouter(
        LlmProperties properties,
        QilinHost host,
        ResourceLoader resources,
        ObjectProvider<LlmProvider> providers,
        ObjectProvider<SecretProvider> secrets,
        ObjectProvider<LlmBudget> budget,
        ObjectProvider<ObservationRegistry> observations,
        ObjectProvider<RouteListener> listeners) {
      ClassLoader loader = Optional.ofNullable(resources.getClassLoader())
          .orElseGet(ClassLoader::getSystemClassLoader);
      ModelOpener opener = new ModelOpener(
          loader,
          providers.orderedStream().toList(),
          anyOf(secrets.orderedStream().toList()));
      Optional<BudgetRun> run =
          Optional.ofNullable(budget.getIfAvailable()).map(all -> all.run("application"));
      List<RouteListener> told = listeners.orderedStream().toList();
      LlmRouter.Builder router = LlmRouter.builder(host.ticker())
          .executor(host.executor())
          .mostAtOnce(properties.mostAtOnce())
          .listener(route -> tell(told, route));
      List<LlmClient> opened = new ArrayList<>();
      try {
        for (int i = 0; i < properties.models().size(); i++) {
          LlmProperties.Model model = properties.models().get(i);
          LlmClient client = opener.open(model, "qilin.llm.models[" + i + "]");
          opened.add(client);
          LlmClient within = run.isPresent() ? BudgetedClient.of(client, run.get()) : client;
          router.member(model.called(), observed(within, observations), model.weight());
        }
        return router.build();
      } catch (QilinException e) {
        opened.forEach(LlmClient::close);
        throw e;
      }
    }

    /** The first that has a secret gives it. */
    private static SecretProvider anyOf(List<SecretProvider> all) {
      return name -> all.stream().flatMap(one -> one.secret(name).stream()).findFirst();
    }

    private static void tell(List<RouteListener> listeners, LlmRoute route) {
      listeners.forEach(listener -> listener.accept(route));
    }

    private static LlmClient observed(
        LlmClient client, ObjectProvider<ObservationRegistry> observations) {
      ObservationRegistry registry = observations.getIfUnique(() -> ObservationRegistry.NOOP);
      return registry == ObservationRegistry.NOOP
          ? client
          : new ObservedLlmClient(client, registry, Optional.empty());
    }

    /** Shows the models. */
    @Bean
    LlmPart qilinLlmPart(LlmRouter router, ObjectProvider<LlmBudget> budget) {
      return new LlmPart(router, Optional.ofNullable(budget.getIfAvailable()));
    }
  }
}
