package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.util.ArrayList;
import java.util.List;

/** A sink with the name under which signals and dead letters speak of it. */
record NamedSink<M>(String name, StreamSink<M> sink) {
  /** The sinks under a name with their numbers from 0 on. */
  static <M> List<NamedSink<M>> numbered(String kind, List<StreamSink<M>> sinks) {
    List<NamedSink<M>> named = new ArrayList<>(sinks.size());
    for (int i = 0; i < sinks.size(); i++) {
      named.add(new NamedSink<>(kind + "-" + i, sinks.get(i)));
    }
    return named;
  }

  /**
   * Gives it a message.
   *
   * @throws SinkAway if it fails with a code that says that the same call may succeed later
   */
  boolean offer(StreamMessage<M> message) throws SinkAway {
    try {
      return sink.accept(message);
    } catch (QilinException e) {
      if (e.code().retryable()) {
        throw new SinkAway(name, e);
      }
      throw e;
    }
  }
}
