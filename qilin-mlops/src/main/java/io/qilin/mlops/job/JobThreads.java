package io.qilin.mlops.job;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The host's threads that a service uses. The host keeps and ends them, after the service is closed. None may run work in the
 * thread that hands it over.
 *
 * @param bodies runs the bodies of jobs; it must have a thread for each job that may run at once, and one more for each body
 *     that may hang
 * @param subscribers calls subscribers; a subscriber that blocks keeps one of its threads, and only that
 * @param rounds one thread is enough: claims jobs, renews the lease, writes the logs, looks for those whose time is up
 */
public record JobThreads(Executor bodies, Executor subscribers, ScheduledExecutorService rounds) {
  /** Checks that all are there. */
  public JobThreads {
    Objects.requireNonNull(bodies, "bodies");
    Objects.requireNonNull(subscribers, "subscribers");
    Objects.requireNonNull(rounds, "rounds");
  }
}
