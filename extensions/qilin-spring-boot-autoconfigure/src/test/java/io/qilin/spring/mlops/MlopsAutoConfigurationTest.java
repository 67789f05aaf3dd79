package io.qilin.spring.mlops;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.ExperimentTracker;
import io.qilin.api.model.ModelRegistry;
import io.qilin.mlops.job.Job;
import io.qilin.mlops.job.JobBody;
import io.qilin.mlops.job.JobId;
import io.qilin.mlops.job.JobRequest;
import io.qilin.mlops.job.JobService;
import io.qilin.mlops.job.TrainingExecutor;
import io.qilin.mlops.store.Database;
import io.qilin.spring.Contexts;
import io.qilin.spring.PartState;
import io.qilin.spring.PropertyRefused;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MlopsAutoConfigurationTest {
  @TempDir
  private Path folder;

  private ApplicationContextRunner runner() {
    return Contexts.runner().withPropertyValues("qilin.mlops.directory=" + folder.resolve("store"));
  }

  @Test
  void whenNoDirectoryIsNamed_thenNothingIsKept() {
    Contexts.runner().run(context -> {
      assertThat(context).doesNotHaveBean(ModelRegistry.class);
      assertThat(context).doesNotHaveBean(Database.class);
    });
  }

  @Test
  void whenADirectoryIsNamed_thenExperimentsOutliveTheContext() {
    runner().run(context -> {
      context.getBean(ExperimentTracker.class).createExperiment("trend", Map.of());
      assertThat(context.getBean(ModelRegistry.class).names()).isEmpty();
      assertThat(context.getBean(StorePart.class).state().level()).isEqualTo(PartState.Level.UP);
    });
    assertThat(folder.resolve("store").resolve("qilin.db")).exists();
    runner()
        .run(context -> assertThat(context.getBean(ExperimentTracker.class).findExperiment("trend"))
            .isPresent());
  }

  @Test
  void whenTheStoreIsClosed_thenItIsDown() {
    runner().run(context -> {
      context.getBean(Database.class).close();
      assertThat(context.getBean(StorePart.class).state().level()).isEqualTo(PartState.Level.DOWN);
    });
  }

  @Test
  void whenTheApplicationHasAJob_thenItRuns() {
    CountDownLatch ran = new CountDownLatch(1);
    runner()
        .withBean("train", JobBody.class, () -> job -> {
          ran.countDown();
          return Map.of();
        })
        .run(context -> {
          JobService jobs = context.getBean(JobService.class);
          JobId id = jobs.submit(JobRequest.builder("train", "first").build());
          assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
          Job job = jobs.job(id);
          assertThat(job.request().kind()).isEqualTo("train");
        });
  }

  @Test
  void whenTheApplicationHasNoJob_thenThereIsNoService() {
    runner().run(context -> assertThat(context).doesNotHaveBean(TrainingExecutor.class));
  }

  @Test
  void whenTheDirectoryCannotBeMade_thenTheStartNamesTheProperty() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    runner()
        .withPropertyValues("qilin.mlops.directory=" + file.resolve("store"))
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOfSatisfying(
                PropertyRefused.class,
                e -> assertThat(e.property()).isEqualTo("qilin.mlops.directory")));
  }

  @Test
  void whenTheDataSourceIsMissing_thenTheStartNamesTheProperty() {
    runner()
        .withPropertyValues("qilin.mlops.database=data-source")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOfSatisfying(
                PropertyRefused.class,
                e -> assertThat(e.property()).isEqualTo("qilin.mlops.database")));
  }

  @Test
  void whenTheApplicationHasADataSource_thenItIsAskedOnlyIfTheProperySaysSo() {
    AskedSource source = new AskedSource();
    runner()
        .withBean(DataSource.class, () -> source)
        .run(context -> assertThat(source.asked).isFalse());
    runner()
        .withBean(DataSource.class, () -> source)
        .withPropertyValues("qilin.mlops.database=data-source")
        .run(context -> {
          assertThat(context).hasFailed();
          assertThat(source.asked).isTrue();
        });
  }

  /** A database that is down. */
  private static final class AskedSource implements DataSource {
    private volatile boolean asked;

    @Override
    public Connection getConnection() throws SQLException {
      asked = true;
      throw new SQLException("the database is down", "08001");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(java.io.Writer.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }

  @Test
  void whenTheApplicationHasARegistry_thenOursBacksOff() {
    ModelRegistry own = (ModelRegistry) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {ModelRegistry.class},
        (self, method, given) -> switch (method.getName()) {
          case "toString" -> "own";
          case "hashCode" -> 1;
          case "equals" -> self == given[0];
          default -> java.util.List.of();
        });
    runner().withBean("own", ModelRegistry.class, () -> own).run(context -> {
      assertThat(context).getBean(ModelRegistry.class).isSameAs(own);
      assertThat(context).hasSingleBean(ExperimentTracker.class);
    });
  }
}
