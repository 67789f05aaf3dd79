package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A listener that keeps what it hears. */
final class Heard<T> implements ConfigListener<T> {
  private final BlockingQueue<ConfigEvent<T>> events = new LinkedBlockingQueue<>();

  @Override
  public void on(ConfigEvent<T> event) {
    events.add(event);
  }

  ConfigEvent.Changed<T> changed() throws InterruptedException {
    return next().fold(changed -> changed, refused -> {
      throw new AssertionError("expected a change, heard " + refused);
    });
  }

  ConfigEvent.Refused<T> refused() throws InterruptedException {
    return next()
        .fold(
            changed -> {
              throw new AssertionError("expected a refusal, heard " + changed);
            },
            refused -> refused);
  }

  /** The next change, whatever was refused before. */
  ConfigEvent.Changed<T> nextChange() throws InterruptedException {
    ConfigEvent<T> event = next();
    while (!(event instanceof ConfigEvent.Changed<T> changed)) {
      event = next();
    }
    return changed;
  }

  ConfigEvent<T> next() throws InterruptedException {
    @Nullable ConfigEvent<T> event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event within 30 s").isNotNull();
    return event;
  }

  int waiting() {
    return events.size();
  }

  /** Waits for what has no event of its own. */
  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);
    for (int i = 0; i < 6_000 && !holds.getAsBoolean(); i++) {
      never.await(5, TimeUnit.MILLISECONDS);
    }
    assertThat(holds.getAsBoolean()).as(what).isTrue();
  }
}
