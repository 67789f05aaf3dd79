package io.qilin.spring;

import io.qilin.api.alert.AlertSink;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** Where the application's alerts go. */
public final class AlertSinks {
  private AlertSinks() {}

  /** The only sink or the primary one, or else all of them in their order; empty if there is none. */
  public static Optional<AlertSink> of(ObjectProvider<AlertSink> beans) {
    AlertSink only = beans.getIfUnique();
    if (only != null) {
      return Optional.of(only);
    }
    List<AlertSink> all = beans.orderedStream().toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(alert -> all.forEach(sink -> sink.alert(alert)));
  }
}
