package io.qilin.api.alert;

/** Where alerts go. Must not throw and must not block for long; called on the thread that noticed. */
@FunctionalInterface
public interface AlertSink {
  /** Takes one alert. */
  void alert(Alert alert);
}
