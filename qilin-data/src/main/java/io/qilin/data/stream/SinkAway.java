package io.qilin.data.stream;

import io.qilin.api.error.QilinException;

/** A sink did not take a message that it may take later. */
final class SinkAway extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sink;
  private final QilinException failure;

  SinkAway(String sink, QilinException failure) {
    super(failure.getMessage(), failure);
    this.sink = sink;
    this.failure = failure;
  }

  /** The name of the sink. */
  String sink() {
    return sink;
  }

  /** What it said. */
  QilinException failure() {
    return failure;
  }
}
