package io.qilin.spring.mlops;

import io.qilin.spring.PropertyRefused;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where models and experiments are kept.
 *
 * @param directory the folder of files, and of the database if it is embedded; made if it is not there;
 *     nothing is kept unless set
 * @param database where the tables are
 * @param jobs training jobs
 */
@ConfigurationProperties(prefix = "qilin.mlops", ignoreUnknownFields = false)
public record MlopsProperties(
    @Nullable Path directory,
    @DefaultValue("sqlite") Store database,
    @DefaultValue Jobs jobs) {
  /** Where the tables are. */
  public enum Store {
    /** In the file {@code qilin.db} of the directory. */
    SQLITE,
    /** In the database of the application's {@code DataSource}: PostgreSQL 12 or later. */
    DATA_SOURCE
  }

  /**
   * Training jobs, which run if the application has beans of {@link io.qilin.mlops.job.JobBody}.
   *
   * @param parallelism how many run at once
   */
  public record Jobs(@DefaultValue("1") int parallelism) {}

  /**
   * Checks the values.
   *
   * @throws PropertyRefused if one is out of range
   */
  public MlopsProperties {
    PropertyRefused.unless(
        jobs.parallelism() >= 1 && jobs.parallelism() <= 1000,
        "qilin.mlops.jobs.parallelism",
        jobs.parallelism(),
        "jobs at once are 1 to 1000");
  }

  /** The directory, where there is one. */
  Path folder() {
    return Objects.requireNonNull(directory);
  }
}
