package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A sink that is never entered by two threads: while a call that was given up is still in it, another is refused, and it is
 * not closed.
 */
final class SoleUse<T> implements StreamSink<T> {
  private final StreamSink<T> sink;
  private final AtomicBoolean used = new AtomicBoolean();

  SoleUse(StreamSink<T> sink) {
    this.sink = sink;
  }

  private void enter(String toDo) {
    if (!used.compareAndSet(false, true)) {
      throw new QilinException(
          ErrorCode.TIMEOUT,
          "the sink cannot " + toDo + " while a call that was given up is still in it");
    }
  }

  @Override
  public boolean accept(StreamMessage<T> message) {
    enter("take a message");
    try {
      return sink.accept(message);
    } finally {
      used.set(false);
    }
  }

  @Override
  public void flush() {
    enter("flush");
    try {
      sink.flush();
    } finally {
      used.set(false);
    }
  }

  @Override
  public void close() {
    enter("be closed");
    try {
      sink.close();
    } finally {
      used.set(false);
    }
  }
}
