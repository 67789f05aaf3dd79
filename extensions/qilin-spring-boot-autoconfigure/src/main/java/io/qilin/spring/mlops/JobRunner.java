package io.qilin.spring.mlops;

import io.qilin.mlops.job.JobBody;
import io.qilin.mlops.job.JobService;
import io.qilin.mlops.job.JobSettings;
import io.qilin.mlops.job.JobThreads;
import io.qilin.mlops.store.Database;
import io.qilin.spring.HostPool;
import io.qilin.spring.QilinHost;
import java.util.Map;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The threads of training jobs, ended after the service was closed. */
final class JobRunner implements AutoCloseable {
  private final HostPool bodies;
  private final ThreadPoolTaskScheduler rounds = new ThreadPoolTaskScheduler();

  JobRunner(MlopsProperties.Jobs properties) {
    // A second thread for each: a body that hangs keeps its own.
    bodies = new HostPool("qilin-job-", 2 * properties.parallelism());
    rounds.setThreadNamePrefix("qilin-rounds-");
    rounds.setPoolSize(1);
    rounds.setDaemon(true);
    rounds.initialize();
  }

  /** A service of the application's bodies, by the names of their beans. */
  JobService open(
      Database database,
      QilinHost host,
      MlopsProperties.Jobs properties,
      Map<String, JobBody> kinds) {
    JobService.Builder service = JobService.builder(
            database,
            host.clock(),
            host.ticker(),
            new JobThreads(bodies.executor(), host.executor(), rounds.getScheduledExecutor()))
        .settings(JobSettings.DEFAULT.withParallelism(properties.parallelism()));
    kinds.forEach(service::body);
    return service.open();
  }

  @Override
  public void close() {
    rounds.shutdown();
    bodies.close();
  }
}
