package io.qilin.spring.agents;

import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.analyst.LimitUpMemo;
import io.qilin.agents.debate.Debate;
import io.qilin.agents.debate.DebateGraph;
import io.qilin.agents.debate.DebateModels;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.monitor.DeskEvents;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Portfolio;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/** The desk: the ten built-in analysts, those of plug-ins and of the application, with weights from properties. */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnClass(ResearchDesk.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(DeskProperties.class)
public class DeskAutoConfiguration {
  /** For Spring. */
  public DeskAutoConfiguration() {}

  /** The desk, unless the application has one of its own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(ResearchDesk.class)
  static class Desk {
    /** Limit-up facts that the analysts share. */
    @Bean
    @ConditionalOnMissingBean
    LimitUpMemo qilinLimitUpMemo() {
      return new LimitUpMemo();
    }

    @Bean
    Voters qilinVoters(
        DeskProperties properties,
        LimitUpMemo memo,
        ResourceLoader resources,
        ObjectProvider<Analyst> beans) {
      ClassLoader loader = Optional.ofNullable(resources.getClassLoader())
          .orElseGet(ClassLoader::getSystemClassLoader);
      return Voters.of(properties, memo, loader, beans.orderedStream().toList());
    }

    /** Decides as the properties and the application's beans of {@link DeskCustomizer} say. */
    @Bean
    ResearchDesk qilinResearchDesk(
        DeskProperties properties,
        Voters voters,
        LimitUpMemo memo,
        QilinHost host,
        ObjectProvider<LlmClient> models,
        ObjectProvider<ObservationRegistry> observations,
        ObjectProvider<DeskEvents> events,
        ObjectProvider<DeskCustomizer> customizers) {
      ResearchDesk.Builder desk = ResearchDesk.builder(voters.riskManager())
          .memo(memo)
          .top(properties.top())
          .minScore(properties.minScore())
          .minCoverage(properties.minCoverage())
          .minSafety(properties.minSafety())
          .portfolio(
              Portfolio.ofCash(Money.ofFen(properties.cash().movePointRight(2).longValueExact())))
          .deadline(properties.deadline());
      voters
          .weights()
          .forEach((id, weight) ->
              desk.analyst(Objects.requireNonNull(voters.analysts().get(id)), weight));
      if (properties.parallel()) {
        desk.executor(host.executor());
      }
      debate(properties, host, models).ifPresent(desk::debate);
      observations.ifUnique(desk::observations);
      events.ifAvailable(desk::events);
      customizers.orderedStream().forEach(one -> one.customize(desk));
      return desk.build();
    }

    private static Optional<Debate> debate(
        DeskProperties properties, QilinHost host, ObjectProvider<LlmClient> models) {
      if (properties.debate() == DeskProperties.Speakers.OFF) {
        return Optional.empty();
      }
      Debate.Builder debate = Debate.builder(DebateGraph.tradingAgents(1, 1));
      if (properties.debate() == DeskProperties.Speakers.MODELS) {
        LlmClient client = models.getIfUnique();
        if (client == null) {
          throw new PropertyRefused(
              "qilin.desk.debate",
              "models",
              "there is no language model, or several: set qilin.llm.models, or make one bean of"
                  + " LlmClient the primary one");
        }
        debate.models(DebateModels.of(client, host.executor(), host.ticker())).seed(host.seed());
      }
      return Optional.of(debate.build());
    }

    /** Shows the desk. */
    @Bean
    DeskPart qilinDeskPart(ResearchDesk desk, Voters voters) {
      return new DeskPart(desk, voters);
    }
  }
}
