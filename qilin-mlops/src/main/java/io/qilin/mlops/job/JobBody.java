package io.qilin.mlops.job;

import java.util.Map;

/** The work of one kind of job. Runs of different jobs may call it at the same time. */
@FunctionalInterface
public interface JobBody {
  /**
   * Does the work. It asks {@link JobContext#cancellation} at least every 100 ms and heeds an interrupt; one that does neither
   * is given up after its time and keeps its thread until it ends.
   *
   * @return the result, at most 1,000 texts and 1 Mi characters
   * @throws Exception anything: the job is FAILED, or CANCELLED if that was asked for
   */
  Map<String, String> run(JobContext context) throws Exception;
}
