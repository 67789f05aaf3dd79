package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.model.ModelId;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells events to the listener, whose failures disturb nothing. */
final class ServingNews {
  private static final Logger LOG = LoggerFactory.getLogger(ServingNews.class);

  private final Consumer<? super ServingEvent> listener;
  private final Clock clock;

  ServingNews(Consumer<? super ServingEvent> listener, Clock clock) {
    this.listener = listener;
    this.clock = clock;
  }

  void tell(
      ServingEvent.Kind kind, @Nullable ModelId model, @Nullable ErrorCode error, String detail) {
    ServingEvent event = new ServingEvent(
        kind, Optional.ofNullable(model), Optional.ofNullable(error), detail, clock.instant());
    try {
      listener.accept(event);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.warn("the listener to a served model failed at {}", kind, e);
    }
  }

  void debug(String what, Exception cause) {
    LOG.debug(what, cause);
  }
}
