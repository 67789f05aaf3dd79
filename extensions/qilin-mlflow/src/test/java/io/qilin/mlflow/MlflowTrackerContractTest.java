package io.qilin.mlflow;

import io.qilin.api.model.ExperimentTracker;
import io.qilin.testkit.ExperimentTrackerTck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** MLflow keeps the contract of a tracker. */
class MlflowTrackerContractTest extends ExperimentTrackerTck {
  private Fixture fixture;

  @BeforeEach
  void open() {
    fixture = new Fixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Override
  protected ExperimentTracker tracker() {
    return fixture.tracker;
  }

  @Override
  protected String prefix() {
    return "tck-";
  }
}
