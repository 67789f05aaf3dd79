package io.qilin.mlops.job;

import java.util.Optional;

/**
 * How a service is doing, for a health check.
 *
 * @param parallelism how many jobs may run at once
 * @param running how many run
 * @param lost how many places are taken by bodies that were given up and have not ended; at parallelism nothing runs any more
 *     and the process should be restarted
 * @param subscribers how many follow a job
 * @param storeFailure why the last round could not read or write; empty when it could
 */
public record JobCapacity(
    int parallelism, int running, int lost, int subscribers, Optional<String> storeFailure) {
  /** How many more may be begun. */
  public int free() {
    return Math.max(0, parallelism - running - lost);
  }
}
