package io.qilin.mlops.tuning;

/** A trial with what it reported. */
record StoredTrial(TrialResult result, Reports reports) {
  static StoredTrial begun(int number, TrialValues values) {
    return new StoredTrial(
        new TrialResult(number, TrialState.RUNNING, values, Double.NaN, ""), new Reports());
  }

  int number() {
    return result.number();
  }

  TrialState state() {
    return result.state();
  }

  TrialValues values() {
    return result.values();
  }

  /** Whether it gave or reported a value that says something about its values. */
  boolean says() {
    return state() == TrialState.COMPLETE
        || (state() == TrialState.PRUNED && !Double.isNaN(result.value()));
  }

  StoredTrial ended(TrialState state, double value, String failure, Reports told) {
    return new StoredTrial(new TrialResult(number(), state, values(), value, failure), told);
  }
}
