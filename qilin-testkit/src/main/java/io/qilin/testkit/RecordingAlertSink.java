package io.qilin.testkit;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every alert, in the order of arrival, for a test to look at. Thread-safe. */
public final class RecordingAlertSink implements AlertSink {
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  /** A sink without alerts. */
  public RecordingAlertSink() {}

  @Override
  public void alert(Alert alert) {
    alerts.add(Objects.requireNonNull(alert, "alert"));
  }

  /** What has arrived so far, oldest first: a copy. */
  public List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  /** Forgets all alerts. */
  public void clear() {
    alerts.clear();
  }
}
