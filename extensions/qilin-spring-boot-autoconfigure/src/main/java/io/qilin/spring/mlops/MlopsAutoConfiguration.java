package io.qilin.spring.mlops;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.ModelRegistry;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.job.JobBody;
import io.qilin.mlops.job.JobService;
import io.qilin.mlops.job.TrainingExecutor;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.tracking.EmbeddedTracker;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Models, experiments and training jobs below {@code qilin.mlops.directory}; nothing without it. The tables are in an
 * embedded database, or in that of the application's {@link DataSource} if {@code qilin.mlops.database=data-source}: tables
 * in somebody's database are made only when asked for.
 */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnClass(EmbeddedRegistry.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(MlopsProperties.class)
public class MlopsAutoConfiguration {
  /** For Spring. */
  public MlopsAutoConfiguration() {}

  /** What is kept below the directory. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("qilin.mlops.directory")
  static class Stores {
    /** The tables. */
    @Bean
    @ConditionalOnMissingBean
    Database qilinDatabase(MlopsProperties properties, ObjectProvider<DataSource> sources) {
      if (properties.database() == MlopsProperties.Store.SQLITE) {
        Path folder = folder(properties, properties.folder());
        try {
          return Database.sqlite(folder.resolve("qilin.db"));
        } catch (QilinException e) {
          throw PropertyRefused.of("qilin.mlops.directory", properties.folder(), e);
        }
      }
      DataSource source = sources.getIfUnique();
      if (source == null) {
        throw new PropertyRefused(
            "qilin.mlops.database",
            "data-source",
            "there is no bean of DataSource, or several: define one, make one of them primary, or use"
                + " sqlite");
      }
      return Database.of(source);
    }

    private static Path folder(MlopsProperties properties, Path folder) {
      try {
        return Files.createDirectories(folder);
      } catch (IOException e) {
        throw new PropertyRefused(
            "qilin.mlops.directory",
            properties.folder(),
            "the folder cannot be made (" + e.getClass().getSimpleName()
                + "): name one that this process may write");
      }
    }

    /** The files of models and experiments. */
    @Bean
    @ConditionalOnMissingBean
    ArtifactStore qilinArtifactStore(MlopsProperties properties, QilinHost host) {
      return ArtifactStore.open(
          folder(properties, properties.folder().resolve("artifacts")), host.clock());
    }

    /** The models. */
    @Bean
    @ConditionalOnMissingBean(ModelRegistry.class)
    EmbeddedRegistry qilinModelRegistry(Database database, ArtifactStore files, QilinHost host) {
      return EmbeddedRegistry.builder(database, files, host.clock(), host.ticker())
          .open();
    }

    /** The experiments. */
    @Bean
    @ConditionalOnMissingBean(ExperimentTracker.class)
    EmbeddedTracker qilinExperimentTracker(Database database, ArtifactStore files, QilinHost host) {
      return EmbeddedTracker.open(database, files, host.clock(), new SecureRandom());
    }

    /** Shows the store. */
    @Bean
    StorePart qilinStorePart(Database database, MlopsProperties properties) {
      return new StorePart(database, properties.database());
    }

    /** Training jobs, if the application has any. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(JobBody.class)
    @ConditionalOnMissingBean(TrainingExecutor.class)
    static class Jobs {
      @Bean
      JobRunner qilinJobRunner(MlopsProperties properties) {
        return new JobRunner(properties.jobs());
      }

      @Bean
      JobService qilinJobService(
          JobRunner runner,
          Database database,
          QilinHost host,
          MlopsProperties properties,
          Map<String, JobBody> bodies) {
        return runner.open(database, host, properties.jobs(), bodies);
      }
    }
  }
}
