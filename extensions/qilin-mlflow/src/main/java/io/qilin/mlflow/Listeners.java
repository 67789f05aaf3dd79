package io.qilin.mlflow;

import io.qilin.api.model.ModelEvent;
import io.qilin.api.model.ModelRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of changes; one that throws disturbs nobody. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<Place> places = new CopyOnWriteArrayList<>();

  /** One listener, so that the same one can be there twice. */
  private static final class Place {
    final Consumer<? super ModelEvent> listener;

    Place(Consumer<? super ModelEvent> listener) {
      this.listener = listener;
    }
  }

  ModelRegistry.Registration add(Consumer<? super ModelEvent> listener) {
    Place place = new Place(listener);
    places.add(place);
    return () -> places.remove(place);
  }

  void tell(List<ModelEvent> events) {
    for (ModelEvent event : events) {
      for (Place place : places) {
        try {
          place.listener.accept(event);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
          LOG.warn("a listener to the registry failed at {} {}", event.kind(), event.id(), e);
        }
      }
    }
  }
}
