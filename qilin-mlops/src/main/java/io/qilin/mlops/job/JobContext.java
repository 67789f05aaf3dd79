package io.qilin.mlops.job;

import io.qilin.mlops.training.TrainingContext;
import java.util.Map;

/**
 * What the body of a job is given. Lines, progress and figures are kept in memory, written together about five times a second,
 * and shown to subscribers once they are written; calls never wait for the store. Of a flood the oldest are left out, and
 * subscribers are told. After the run has ended or was given up the calls do nothing.
 */
public interface JobContext extends TrainingContext {
  /** Which job this is. */
  JobId jobId();

  /** Which run of the job this is, from 1; above 1 the process of the run before died. */
  int attempt();

  /** What the request says. */
  Map<String, String> parameters();
}
