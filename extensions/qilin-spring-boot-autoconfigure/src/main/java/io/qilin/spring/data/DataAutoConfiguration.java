package io.qilin.spring.data;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.failover.CopySettings;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.failover.SourceChainBuilder;
import io.qilin.data.quality.QualityGate;
import io.qilin.data.quality.StandardChecks;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.spring.AlertSinks;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Market data: the installed providers, the calendar, the quality gate, and the chain of sources that properties name. */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(DataProperties.class)
public class DataAutoConfiguration implements BeanClassLoaderAware {
  private Optional<ClassLoader> loader = Optional.empty();

  /** For Spring. */
  public DataAutoConfiguration() {}

  @Override
  public void setBeanClassLoader(ClassLoader classLoader) {
    loader = Optional.of(classLoader);
  }

  /** The providers on the class path, and the application's beans of {@link MarketDataProvider}. */
  @Bean
  @ConditionalOnMissingBean
  MarketDataProviders qilinMarketDataProviders(ObjectProvider<MarketDataProvider> beans) {
    MarketDataProviders found =
        loader.map(MarketDataProviders::discover).orElseGet(MarketDataProviders::discover);
    List<MarketDataProvider> own = beans.orderedStream().toList();
    if (own.isEmpty()) {
      return found;
    }
    List<MarketDataProvider> all = new ArrayList<>(found.all());
    all.addAll(own);
    return MarketDataProviders.of(all);
  }

  /** The trading days of the exchanges in Shanghai, Shenzhen and Beijing. */
  @Bean
  @ConditionalOnMissingBean
  TradingCalendar qilinTradingCalendar() {
    return AShareCalendar.load();
  }

  /** The standard checks and the application's beans of {@link QualityCheck}; alerts go to its {@link AlertSink}. */
  @Bean
  @ConditionalOnMissingBean
  QualityGate qilinQualityGate(
      DataProperties properties,
      ObjectProvider<QualityCheck> checks,
      ObjectProvider<AlertSink> alerts) {
    List<QualityCheck> all = new ArrayList<>(StandardChecks.all());
    all.addAll(checks.orderedStream().toList());
    QualityGate.Builder gate = QualityGate.builder()
        .checks(all)
        .policy(properties.quality().policy())
        .threshold(properties.quality().threshold());
    AlertSinks.of(alerts).ifPresent(gate::alertSink);
    return gate.build();
  }

  /** The chain of the sources in the properties. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(SourcesNamed.class)
  @ConditionalOnMissingBean(MarketDataSource.class)
  static class Chain {
    @Bean
    OpenedSources qilinOpenedSources(
        DataProperties properties, MarketDataProviders providers, QilinHost host) {
      return OpenedSources.open(properties, providers, host);
    }

    @Bean
    SourceStates qilinSourceStates() {
      return new SourceStates();
    }

    @Bean
    SourceChain qilinSourceChain(
        DataProperties properties,
        OpenedSources sources,
        QilinHost host,
        ObjectProvider<ChainListener> listeners) {
      SourceChainBuilder chain = SourceChain.builder(host.executor(), host.clock(), host.ticker())
          .seed(host.seed())
          .deadline(properties.deadline());
      Duration hedge = properties.hedgeAfter();
      SourceChainBuilder built = hedge == null ? chain.withoutHedging() : chain.hedgeAfter(hedge);
      for (OpenedSources.Opened one : sources.all()) {
        built.member(one.name(), one.source(), one.capabilities(), one.settings());
      }
      Duration fresh = properties.cache().freshFor();
      if (fresh != null) {
        built.freshFor(fresh, properties.cache().size().toBytes());
      }
      copies(properties.copies()).ifPresent(built::lastGood);
      List<ChainListener> all = listeners.orderedStream().toList();
      built.listener(event -> all.forEach(listener -> listener.accept(event)));
      try {
        return built.build();
      } catch (QilinException e) {
        throw PropertyRefused.of("qilin.data.deadline", properties.deadline(), e);
      }
    }

    private static Optional<CopySettings> copies(DataProperties.Copies copies) {
      if (!copies.enabled()) {
        return Optional.empty();
      }
      try {
        return Optional.of(new CopySettings(
            copies.size().toBytes(),
            copies.maxAge(),
            Optional.ofNullable(copies.folder()),
            copies.folderSize().toBytes()));
      } catch (QilinException e) {
        throw PropertyRefused.of("qilin.data.copies.max-age", copies.maxAge(), e);
      }
    }

    @Bean
    SourcePart qilinSourcePart(
        SourceChain chain,
        OpenedSources sources,
        SourceStates states,
        MarketDataProviders providers) {
      return new SourcePart(chain, sources, states, providers);
    }
  }
}
