package io.qilin.mlops.tuning;

/** What is tuned for. Called for several trials at the same time if the executor has several threads. */
@FunctionalInterface
public interface Objective {
  /**
   * Trains and judges a model with the trial's values. The same trial gives the same value if all that is drawn comes from
   * {@link Trial#seed}.
   *
   * @return how good it is; what is not finite counts as a failed trial; what is given after {@link Trial#report} said to stop
   *     is not looked at
   * @throws Exception anything: the trial counts as failed
   */
  double evaluate(Trial trial) throws Exception;
}
