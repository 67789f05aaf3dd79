package io.qilin.data.stream;

import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Calls the host's code once for each message, for example to wake agents. A message whose id is among the last 65,536 is
 * passed over. The memory ends with the process: after a restart the host is called again for what came since the last
 * checkpoint, so what must happen once for ever belongs in a sink of its own.
 *
 * @param <T> what a message carries
 */
public final class CallbackSink<T> implements StreamSink<T> {
  private static final int REMEMBERED = 1 << 16;

  private final Consumer<StreamMessage<T>> callback;
  private final RecentIds seen = new RecentIds(REMEMBERED);

  private CallbackSink(Consumer<StreamMessage<T>> callback) {
    this.callback = Objects.requireNonNull(callback, "callback");
  }

  /** A sink that calls; if the call throws, the message counts as not taken. */
  public static <T> CallbackSink<T> of(Consumer<StreamMessage<T>> callback) {
    return new CallbackSink<>(callback);
  }

  @Override
  public boolean accept(StreamMessage<T> message) {
    if (seen.contains(message.id())) {
      return false;
    }
    callback.accept(message);
    seen.add(message.id());
    return true;
  }

  @Override
  public void flush() {
    // Nothing of it is durable.
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
